package dev.quayside.pgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quayside.common.Secret;
import dev.quayside.pgp.PgpException.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.S2K;
import org.bouncycastle.bcpg.SymmetricKeyAlgorithmTags;
import org.bouncycastle.openpgp.PGPEncryptedDataGenerator;
import org.bouncycastle.openpgp.PGPSessionKey;
import org.bouncycastle.openpgp.operator.bc.BcPBEDataDecryptorFactory;
import org.bouncycastle.openpgp.operator.bc.BcPBEKeyEncryptionMethodGenerator;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A passphrase makes the key that the standard says, and a wrong one is called wrong. */
class PassphraseKeyTest {

  private static final byte[] PLAIN = Forged.bytes(3_000, 5);
  private static final byte[] SALT = {1, 2, 3, 4, 5, 6, 7, 8};
  private static final int KEY = 32;

  @ParameterizedTest
  @ValueSource(ints = {HashAlgorithmTags.SHA1, HashAlgorithmTags.SHA256, HashAlgorithmTags.SHA512})
  void everyMethodMakesTheKeyOfTheStandard(int hash) throws Exception {
    for (S2K method :
        List.of(
            new S2K(hash),
            S2K.saltedS2K(hash, SALT),
            S2K.saltedAndIteratedS2K(hash, SALT, 0),
            S2K.saltedAndIteratedS2K(hash, SALT, 0x63))) {
      for (String passphrase :
          List.of("a", "höhe ☃", "long ".repeat(300), "longer ".repeat(3000))) {
        byte[] expected =
            new BcPBEDataDecryptorFactory(
                    passphrase.toCharArray(), new BcPGPDigestCalculatorProvider())
                .makeKeyFromPassPhrase(SymmetricKeyAlgorithmTags.AES_256, method);
        try (Secret secret = Secret.owning(passphrase.toCharArray())) {
          assertThat(PassphraseKey.derive(secret, method, KEY)).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void aHashThatIsBrokenMakesNoKey() {
    for (int hash : new int[] {HashAlgorithmTags.MD5, HashAlgorithmTags.RIPEMD160}) {
      try (Secret secret = Secret.owning("a".toCharArray())) {
        assertThatThrownBy(() -> PassphraseKey.derive(secret, new S2K(hash), KEY))
            .isInstanceOfSatisfying(
                PgpException.class,
                e -> assertThat(e.reason()).isEqualTo(Reason.REFUSED_ALGORITHM));
      }
    }
  }

  @Test
  void twoMessagesOfOnePassphraseHaveNothingInCommon() throws Exception {
    byte[] first = ours();
    byte[] second = ours();
    // Tag, length, version, cipher, method, hash, salt, count, wrapped session key.
    assertThat(Arrays.copyOf(first, 6)).containsExactly(0xC3, 46, 4, 9, 3, 8);
    assertThat(Arrays.copyOfRange(first, 6, 14)).isNotEqualTo(Arrays.copyOfRange(second, 6, 14));
    assertThat(Arrays.copyOfRange(first, 15, 48)).isNotEqualTo(Arrays.copyOfRange(second, 15, 48));
  }

  private static byte[] ours() throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    try (Secret secret = Secret.owning("a".toCharArray());
        OutputStream out = PgpEncryption.toPassphrase(message, secret)) {
      out.write(PLAIN);
    }
    return message.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anyOfTheirPassphrasesOpensAMessageOfOthers(boolean wrapped) throws Exception {
    byte[] message = message(wrapped, "first");
    assertThat(open(message, "first")).isEqualTo(PLAIN);
    assertReason(Reason.WRONG_PASSPHRASE, message, "wrong");
    byte[] both = message(true, "first", "second");
    assertThat(open(both, "first")).isEqualTo(PLAIN);
    assertThat(open(both, "second")).isEqualTo(PLAIN);
    assertReason(Reason.WRONG_PASSPHRASE, both, "wrong");
  }

  @Test
  void aRefusedMethodIsNotCalledAWrongPassphrase() throws Exception {
    byte[] message = message(true, "first");
    assertThat(message[5]).isEqualTo((byte) HashAlgorithmTags.SHA1);
    message[5] = HashAlgorithmTags.MD5;
    assertReason(Reason.REFUSED_ALGORITHM, message, "first");
  }

  @Test
  void anAlteredBeginningIsNoWrongPassphraseWhereTheSessionKeyTells() throws Exception {
    byte[] message = message(true, "first");
    // Behind the packet: tag, length of the first part, version; then the encrypted head.
    int head = 2 + message[1] + 1 + 1 + 1;
    message[head + 15] ^= 1;
    assertReason(Reason.ALTERED, message, "first");
  }

  @Test
  void aMessageForKeysAsksForAKeyAndOneForAPassphraseForThat() throws Exception {
    Forged forged = new Forged();
    byte[] toKey = forged.message(Forged.literal(PLAIN));
    assertReason(Reason.KEY_NEEDED, toKey, "first");
    assertThatThrownBy(() -> forged.open(message(true, "first")))
        .isInstanceOfSatisfying(
            PgpException.class, e -> assertThat(e.reason()).isEqualTo(Reason.PASSPHRASE_NEEDED));
  }

  @Test
  void whatWasComparedIsHandedOutAllTheSame() throws Exception {
    byte[] key = Forged.bytes(KEY, 3);
    byte[] plain = Forged.bytes(5_000, 9);
    ByteArrayOutputStream encrypted = new ByteArrayOutputStream();
    try (CfbOutput out = new CfbOutput(encrypted, key)) {
      out.write(plain);
    }
    for (int piece : new int[] {1, 5, 18, 19, 4_000}) {
      try (InputStream in =
          new FastDecryptorFactory(new PGPSessionKey(SymmetricKeyAlgorithmTags.AES_256, key), true)
              .createDataDecryptor(true, SymmetricKeyAlgorithmTags.AES_256, key)
              .getInputStream(new ByteArrayInputStream(encrypted.toByteArray()))) {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        byte[] buffer = new byte[piece + 2];
        for (int got = in.read(buffer, 1, piece); got >= 0; got = in.read(buffer, 1, piece)) {
          read.write(buffer, 1, got);
        }
        assertThat(read.toByteArray()).isEqualTo(plain);
      }
    }
  }

  private static byte[] message(boolean wrapped, String... passphrases) throws Exception {
    PGPEncryptedDataGenerator encryption =
        new PGPEncryptedDataGenerator(new FastEncryptorBuilder(new SecureRandom()));
    encryption.setForceSessionKey(wrapped);
    for (String each : passphrases) {
      encryption.addMethod(
          new BcPBEKeyEncryptionMethodGenerator(
              each.toCharArray(),
              new BcPGPDigestCalculatorProvider().get(HashAlgorithmTags.SHA1),
              0x10));
    }
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    try (OutputStream out = encryption.open(message, new byte[1 << 16])) {
      out.write(Forged.literal(PLAIN));
    }
    return message.toByteArray();
  }

  private static byte[] open(byte[] message, String passphrase) throws IOException {
    try (Secret secret = Secret.owning(passphrase.toCharArray());
        VerifiedInput plain =
            PgpDecryption.withPassphrase(new ByteArrayInputStream(message), secret)) {
      return plain.readAllBytes();
    }
  }

  private static void assertReason(Reason reason, byte[] message, String passphrase) {
    assertThatThrownBy(() -> open(message, passphrase))
        .isInstanceOfSatisfying(PgpException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
