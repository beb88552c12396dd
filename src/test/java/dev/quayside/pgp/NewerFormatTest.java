package dev.quayside.pgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quayside.common.Secret;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Date;
import org.bouncycastle.bcpg.AEADAlgorithmTags;
import org.bouncycastle.bcpg.SymmetricKeyAlgorithmTags;
import org.bouncycastle.openpgp.PGPEncryptedDataGenerator;
import org.bouncycastle.openpgp.PGPLiteralData;
import org.bouncycastle.openpgp.PGPLiteralDataGenerator;
import org.bouncycastle.openpgp.operator.bc.BcPBEKeyEncryptionMethodGenerator;
import org.bouncycastle.openpgp.operator.bc.BcPGPDataEncryptorBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What newer tools encrypt in ways that are not read yet is refused by its own name. */
class NewerFormatTest {

  private static final byte[] PLAIN = "plain".getBytes(StandardCharsets.UTF_8);

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void packetsWithChunksOfTheirOwnAreNotRead(boolean librePgp) throws Exception {
    BcPGPDataEncryptorBuilder builder =
        new BcPGPDataEncryptorBuilder(SymmetricKeyAlgorithmTags.AES_256);
    builder.setWithAEAD(AEADAlgorithmTags.OCB, 6);
    if (librePgp) {
      builder.setUseV5AEAD();
    } else {
      builder.setUseV6AEAD();
    }
    PGPEncryptedDataGenerator generator = new PGPEncryptedDataGenerator(builder);
    generator.addMethod(
        new BcPBEKeyEncryptionMethodGenerator(GnupgInteropTest.PASSPHRASE.toCharArray()));
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    try (OutputStream out = generator.open(message, new byte[256])) {
      try (OutputStream literal =
          new PGPLiteralDataGenerator()
              .open(out, PGPLiteralData.BINARY, "", PLAIN.length, new Date(0))) {
        literal.write(PLAIN);
      }
    }

    assertThatThrownBy(() -> open(message.toByteArray(), GnupgInteropTest.PASSPHRASE))
        .isInstanceOfSatisfying(
            PgpException.class,
            e -> assertThat(e.reason()).isEqualTo(PgpException.Reason.NEWER_FORMAT));
  }

  /** Without a wrapped session key only two bytes tell, which one in 65,536 words gets past. */
  @Test
  void aWrongPassphraseForWhatGpgMadeIsNotCalledAnAlteration() throws Exception {
    try (Gnupg gpg = new Gnupg()) {
      for (String cipher : new String[] {"AES256", "CAST5", "TWOFISH"}) {
        byte[] message =
            gpg.succeed(
                PLAIN,
                "--force-mdc",
                "--s2k-count",
                "65536",
                "--cipher-algo",
                cipher,
                "--passphrase-file",
                gpg.passphraseFile("right"),
                "-c");
        assertThat(open(message, "right")).isEqualTo(PLAIN);
        assertThatThrownBy(() -> open(message, "wrong"))
            .as(cipher)
            .isInstanceOfSatisfying(
                PgpException.class,
                e -> assertThat(e.reason()).isEqualTo(PgpException.Reason.WRONG_PASSPHRASE));
        byte[] altered = Arrays.copyOf(message, message.length);
        altered[altered.length - 1] ^= 1;
        assertThatThrownBy(() -> open(altered, "right"))
            .as(cipher)
            .isInstanceOfSatisfying(
                PgpException.class,
                e -> assertThat(e.reason()).isEqualTo(PgpException.Reason.ALTERED));
      }
    }
  }

  private static byte[] open(byte[] message, String passphrase) throws Exception {
    try (Secret secret = Secret.owning(passphrase.toCharArray());
        VerifiedInput plain =
            PgpDecryption.withPassphrase(new ByteArrayInputStream(message), secret)) {
      return plain.readAllBytes();
    }
  }
}
