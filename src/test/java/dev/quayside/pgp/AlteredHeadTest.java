package dev.quayside.pgp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Secret;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The head of a message stands before what its integrity check covers; no bit of it is free. */
class AlteredHeadTest {

  private static final byte[] PLAIN = "what was written".getBytes(StandardCharsets.UTF_8);

  /** Bits of which each is turned; of those after them, which are much alike, a part. */
  private static final int FIELDS = 64 * Byte.SIZE;

  private static final int STEP = 11;

  private static Gnupg gpg;
  @TempDir private static Path folder;

  /** Names the kinds of keys whose session keys hold bits that decrypting passes over. */
  enum Kind {
    CURVE("eddsa\nKey-Curve: ed25519", "ecdh\nSubkey-Curve: cv25519"),
    RSA("rsa\nKey-Length: 2048", "rsa\nSubkey-Length: 2048"),
    ELGAMAL("dsa\nKey-Length: 2048", "ELG-E\nSubkey-Length: 2048"),
    NIST("ecdsa\nKey-Curve: nistp256", "ecdh\nSubkey-Curve: nistp256");

    private final String first;
    private final String second;
    private String id = "";
    private Path certificate = Path.of("");
    private Path secret = Path.of("");

    Kind(String first, String second) {
      this.first = first;
      this.second = second;
    }
  }

  @BeforeAll
  static void makeKeys() throws Exception {
    gpg = new Gnupg();
    for (Kind kind : Kind.values()) {
      kind.id = gpg.makeKey(kind.name(), kind.first, kind.second, "");
      kind.certificate = gpg.exportPublic(kind.id, folder);
      kind.secret = gpg.exportSecret(kind.id, "", folder);
    }
  }

  @AfterAll
  static void end() throws Exception {
    gpg.close();
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void noBitOfWhatGpgWritesCanBeTurned(Kind kind) throws Exception {
    byte[] message = gpg.succeed(PLAIN, "--trust-model", "always", "-r", kind.id, "-e");
    assertThat(accepted(message, kind)).isEmpty();
  }

  @Test
  void noBitOfWhatWeWriteCanBeTurned() throws Exception {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    try (OutputStream out =
        PgpEncryption.toCertificates(message, Certificate.read(Kind.CURVE.certificate), null)) {
      out.write(PLAIN);
    }
    assertThat(accepted(message.toByteArray(), Kind.CURVE)).isEmpty();
  }

  @Test
  void noBitOfAMessageForAPassphraseCanBeTurned() throws Exception {
    byte[] message =
        gpg.succeed(
            PLAIN,
            "--passphrase-file",
            gpg.passphraseFile(GnupgInteropTest.PASSPHRASE),
            "--s2k-count",
            "65536",
            "-c");
    assertThat(
            accepted(
                message,
                altered -> {
                  try (Secret secret = Secret.owning(GnupgInteropTest.PASSPHRASE.toCharArray());
                      VerifiedInput plain =
                          PgpDecryption.withPassphrase(new ByteArrayInputStream(altered), secret)) {
                    return plain.readAllBytes();
                  }
                }))
        .isEmpty();
  }

  /** Opens a message. */
  private interface Opening {
    byte[] of(byte[] message) throws IOException;
  }

  private static List<String> accepted(byte[] message, Kind kind) throws IOException {
    SecretKeys keys = SecretKeys.read(kind.secret);
    return accepted(message, altered -> opened(altered, keys));
  }

  /** Returns which bits were turned without anybody noticing. */
  private static List<String> accepted(byte[] message, Opening opening) throws IOException {
    assertThat(opening.of(message)).isEqualTo(PLAIN);
    List<String> accepted = new ArrayList<>();
    for (int bit = 0; bit < message.length * Byte.SIZE; bit += bit < FIELDS ? 1 : STEP) {
      byte[] altered = message.clone();
      altered[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      try {
        var _ = opening.of(altered);
        accepted.add("byte " + bit / Byte.SIZE + ", bit " + bit % Byte.SIZE);
      } catch (IOException refused) {
        // As it has to be; which reason it has is told by other tests.
      }
    }
    return accepted;
  }

  private static byte[] opened(byte[] message, SecretKeys keys) throws IOException {
    try (VerifiedInput plain =
        PgpDecryption.withKeys(new ByteArrayInputStream(message), keys, null, Signers.none())) {
      return plain.readAllBytes();
    }
  }
}
