package dev.quayside.pgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.List;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.bcpg.SymmetricKeyAlgorithmTags;
import org.junit.jupiter.api.Test;

/** What is weak is neither written nor counted, and what cannot be read back is not written. */
class PgpPolicyTest {

  @Test
  void nothingIsEncryptedToAWeakKey() {
    assertThat(PgpPolicy.encryptsTo(PublicKeyAlgorithmTags.RSA_GENERAL, 2047)).isFalse();
    assertThat(PgpPolicy.encryptsTo(PublicKeyAlgorithmTags.RSA_GENERAL, 2048)).isTrue();
    assertThat(PgpPolicy.encryptsTo(PublicKeyAlgorithmTags.ECDH, 256)).isTrue();
    assertThat(PgpPolicy.encryptsTo(PublicKeyAlgorithmTags.ELGAMAL_ENCRYPT, 4096)).isFalse();
  }

  @Test
  void aWeakSignatureDoesNotCount() {
    int hash = HashAlgorithmTags.SHA256;
    assertThat(PgpPolicy.signsWith(PublicKeyAlgorithmTags.RSA_GENERAL, 2047, hash)).isFalse();
    assertThat(PgpPolicy.signsWith(PublicKeyAlgorithmTags.RSA_GENERAL, 2048, hash)).isTrue();
    assertThat(PgpPolicy.signsWith(PublicKeyAlgorithmTags.EDDSA_LEGACY, 256, hash)).isTrue();
    assertThat(PgpPolicy.signsWith(PublicKeyAlgorithmTags.DSA, 3072, hash)).isFalse();
    assertThat(
            PgpPolicy.signsWith(PublicKeyAlgorithmTags.EDDSA_LEGACY, 256, HashAlgorithmTags.SHA1))
        .isFalse();
  }

  @Test
  void onlyAesIsTheJdksOwn() throws Exception {
    assertThat(PgpPolicy.aes(SymmetricKeyAlgorithmTags.AES_256)).isTrue();
    assertThat(PgpPolicy.aes(SymmetricKeyAlgorithmTags.TWOFISH)).isFalse();
    assertThat(PgpPolicy.readable(SymmetricKeyAlgorithmTags.CAST5)).isTrue();
    assertThat(PgpPolicy.readable(SymmetricKeyAlgorithmTags.IDEA)).isFalse();
    assertThat(PgpPolicy.keyLength(SymmetricKeyAlgorithmTags.AES_192)).isEqualTo(24);
    assertThatThrownBy(() -> PgpPolicy.keyLength(SymmetricKeyAlgorithmTags.IDEA))
        .isInstanceOf(PgpException.class);
  }

  @Test
  void noMessageIsWrittenThatIsNotReadBack() throws Exception {
    Forged forged = new Forged();
    Certificate certificate = forged.certificate();
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    OutputStream out =
        PgpEncryption.toCertificates(message, Collections.nCopies(32, certificate), null);
    out.write(1);
    out.write(new byte[] {2, 3});
    out.close();
    int length = message.size();
    out.close();
    assertThat(message.size()).isEqualTo(length);
    try (VerifiedInput in = forged.open(message.toByteArray())) {
      assertThat(in.readAllBytes()).containsExactly(1, 2, 3);
    }
    assertUnusable(Collections.nCopies(33, certificate));
    assertUnusable(List.of());
  }

  @Test
  void noMessageIsWrittenWithoutProtectionOfItsIntegrity() {
    FastEncryptorBuilder builder = new FastEncryptorBuilder(new SecureRandom());
    assertThat(builder.setWithIntegrityPacket(true)).isSameAs(builder);
    assertThatThrownBy(() -> builder.setWithIntegrityPacket(false))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  private static void assertUnusable(List<Certificate> certificates) {
    assertThatThrownBy(
            () -> PgpEncryption.toCertificates(OutputStream.nullOutputStream(), certificates, null))
        .isInstanceOfSatisfying(
            PgpException.class,
            e -> assertThat(e.reason()).isEqualTo(PgpException.Reason.UNUSABLE_KEY));
  }
}
