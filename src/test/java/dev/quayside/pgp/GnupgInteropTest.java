package dev.quayside.pgp;

import static dev.quayside.pgp.PgpException.Reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quayside.common.Secret;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages go both ways between us and the stock gpg of this machine. */
class GnupgInteropTest {

  static final String PASSPHRASE = "correct höhe battery 1";
  private static final byte[] DATA = data(300_007);

  private static Gnupg gpg;
  @TempDir private static Path folder;
  private static Path curvePublic;
  private static Path curveSecret;
  private static Path rsaPublic;
  private static Path rsaSecret;
  private static String curve;
  private static String rsa;

  @BeforeAll
  static void makeKeys() throws Exception {
    gpg = new Gnupg();
    curve =
        gpg.makeKey("Curve", "eddsa\nKey-Curve: ed25519", "ecdh\nSubkey-Curve: cv25519", "kurve");
    rsa = gpg.makeKey("Rsa", "rsa\nKey-Length: 2048", "rsa\nSubkey-Length: 2048", "");
    curvePublic = gpg.exportPublic(curve, folder);
    curveSecret = gpg.exportSecret(curve, "kurve", folder);
    rsaPublic = gpg.exportPublic(rsa, folder);
    rsaSecret = gpg.exportSecret(rsa, "", folder);
  }

  @AfterAll
  static void end() throws Exception {
    gpg.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 17, 4096, 3_000_000})
  void gpgOpensWhatAPassphraseProtects(int size) throws Exception {
    byte[] plain = data(size);
    byte[] message = toPassphrase(plain);
    assertThat(gpg.succeed(message, "--passphrase-file", gpg.passphraseFile(PASSPHRASE), "-d"))
        .isEqualTo(plain);
  }

  @Test
  void aPassphraseIsHashedWithSha256AtTheFullCountAndAes256() throws Exception {
    byte[] message = toPassphrase(DATA);
    String packets =
        new String(
            gpg.succeed(
                message, "--passphrase-file", gpg.passphraseFile(PASSPHRASE), "--list-packets"));
    assertThat(packets)
        .contains("symkey enc packet: version 4, cipher 9, aead 0,s2k 3, hash 8, seskey 256 bits")
        .contains("count 65011712 (255)")
        .contains("encrypted data packet")
        .contains("mdc_method: 2")
        .contains("literal data packet")
        .doesNotContain("padding")
        .doesNotContain("compressed packet");
  }

  @Test
  void gpgOpensWhatIsForCurve25519AndRsaKeysWithEachOfThem() throws Exception {
    List<Certificate> certificates = new ArrayList<>(Certificate.read(curvePublic));
    certificates.addAll(Certificate.read(rsaPublic));
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    try (OutputStream out = PgpEncryption.toCertificates(message, certificates, null)) {
      out.write(DATA);
    }
    assertThat(
            gpg.succeed(
                message.toByteArray(), "--passphrase-file", gpg.passphraseFile("kurve"), "-d"))
        .isEqualTo(DATA);
    assertThat(
            read(
                PgpDecryption.withKeys(
                    in(message.toByteArray()), SecretKeys.read(rsaSecret), null, Signers.none())))
        .isEqualTo(DATA);
    try (Secret secret = secret("kurve")) {
      assertThat(
              read(
                  PgpDecryption.withKeys(
                      in(message.toByteArray()),
                      SecretKeys.read(curveSecret),
                      secret,
                      Signers.none())))
          .isEqualTo(DATA);
    }
  }

  @Test
  void aCertificateTellsItsFingerprintAndOwner() throws Exception {
    Certificate certificate = Certificate.read(curvePublic).getFirst();
    assertThat(certificate.fingerprint()).isEqualTo(curve);
    assertThat(certificate.owner()).isEqualTo("Curve");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--compress-algo none",
        "--compress-algo zlib",
        "--compress-algo bzip2",
        "--cipher-algo AES",
        "--cipher-algo AES192",
        "--cipher-algo TWOFISH",
        "--cipher-algo CAMELLIA256",
        "--cipher-algo CAST5",
        "--cipher-algo 3DES",
        "--s2k-digest-algo SHA256",
        "--s2k-digest-algo SHA512 --s2k-count 65011712",
        "--s2k-mode 1",
        "--s2k-mode 0",
        "--armor",
      })
  void whatGpgProtectsByPassphraseIsRead(String options) throws Exception {
    List<String> arguments =
        new ArrayList<>(Arrays.stream(options.split(" ")).filter(s -> !s.isEmpty()).toList());
    arguments.addAll(
        List.of("--force-mdc", "--passphrase-file", gpg.passphraseFile(PASSPHRASE), "-c"));
    byte[] message = gpg.succeed(DATA, arguments.toArray(String[]::new));
    assertThat(open(message)).isEqualTo(DATA);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-e", "-e --compress-algo none", "-e --armor", "-es", "-e --hidden-recipient"})
  void whatGpgEncryptsToAKeyIsRead(String options) throws Exception {
    for (String key : List.of(curve, rsa)) {
      List<String> arguments = new ArrayList<>(List.of(options.split(" ")));
      arguments.addAll(options.contains("hidden") ? List.of(key) : List.of("-r", key));
      arguments.addAll(
          0, List.of("--trust-model", "always", "--passphrase-file", gpg.passphraseFile("kurve")));
      byte[] message = gpg.succeed(DATA, arguments.toArray(String[]::new));
      try (Secret secret = secret("kurve")) {
        Path file = key.equals(curve) ? curveSecret : rsaSecret;
        assertThat(
                read(
                    PgpDecryption.withKeys(
                        in(message), SecretKeys.read(file), secret, Signers.none())))
            .isEqualTo(DATA);
      }
    }
  }

  @Test
  void aMessageWithoutIntegrityProtectionIsRefused() throws Exception {
    byte[] message =
        gpg.succeed(DATA, "--rfc2440", "--passphrase-file", gpg.passphraseFile(PASSPHRASE), "-c");
    refused(message, Reason.NO_INTEGRITY);
  }

  @Test
  void aSignedButNotEncryptedMessageIsRefused() throws Exception {
    refused(gpg.succeed(DATA, "-u", rsa, "-s"), Reason.NOT_ENCRYPTED);
  }

  @Test
  void theRightMeansAreNamedWhenTheWrongOnesAreOffered() throws Exception {
    byte[] byKey = gpg.succeed(DATA, "--trust-model", "always", "-e", "-r", rsa);
    refused(byKey, Reason.KEY_NEEDED);
    try (Secret secret = secret("kurve")) {
      assertReason(
          () ->
              PgpDecryption.withKeys(
                  in(byKey), SecretKeys.read(curveSecret), secret, Signers.none()),
          Reason.NO_MATCHING_KEY);
      byte[] byPassphrase = toPassphrase(DATA);
      assertReason(
          () ->
              PgpDecryption.withKeys(
                  in(byPassphrase), SecretKeys.read(curveSecret), secret, Signers.none()),
          Reason.PASSPHRASE_NEEDED);
    }
  }

  @Test
  void aKeyThatStaysLockedDoesNotKeepAnotherFromOpening() throws Exception {
    byte[] message = gpg.succeed(DATA, "--trust-model", "always", "-e", "-r", curve, "-r", rsa);
    Path both = folder.resolve("both.asc");
    gpg.succeed(
        new byte[0],
        "--yes",
        "--passphrase-file",
        gpg.passphraseFile("kurve"),
        "--output",
        both.toString(),
        "--export-secret-keys",
        curve,
        rsa);
    try (Secret wrong = secret("falsch")) {
      assertThat(
              read(
                  PgpDecryption.withKeys(
                      in(message), SecretKeys.read(both), wrong, Signers.none())))
          .isEqualTo(DATA);
    }
  }

  @Test
  void aWrongPassphraseOfTheKeyIsToldApartFromAWrongKey() throws Exception {
    byte[] message = gpg.succeed(DATA, "--trust-model", "always", "-e", "-r", curve);
    try (Secret wrong = secret("falsch")) {
      assertReason(
          () ->
              PgpDecryption.withKeys(
                  in(message), SecretKeys.read(curveSecret), wrong, Signers.none()),
          Reason.WRONG_KEY_PASSPHRASE);
    }
    assertThat(SecretKeys.read(curveSecret).locked()).isTrue();
    assertThat(SecretKeys.read(rsaSecret).locked()).isFalse();
  }

  @Test
  void anExpiredKeyIsNotEncryptedTo() throws Exception {
    String parameters =
        "Key-Type: eddsa\n"
            + "Key-Curve: ed25519\n"
            + "Subkey-Type: ecdh\n"
            + "Subkey-Curve: cv25519\n"
            + "Name-Real: Old\n"
            + "Expire-Date: 1m\n"
            + "%no-protection\n"
            + "%commit\n";
    gpg.succeed(parameters.getBytes(), "--faked-system-time", "20200101T000000", "--gen-key");
    Path file =
        java.nio.file.Files.write(
            folder.resolve("old.pub"), gpg.succeed(new byte[0], "--export", "Old"));
    assertReason(() -> Certificate.read(file), Reason.UNUSABLE_KEY);
  }

  static byte[] toPassphrase(byte[] plain) throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    try (Secret secret = secret(PASSPHRASE);
        OutputStream out = PgpEncryption.toPassphrase(message, secret)) {
      out.write(plain);
    }
    return message.toByteArray();
  }

  private static void refused(byte[] message, Reason reason) {
    assertReason(() -> open(message), reason);
  }

  private static void assertReason(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, Reason reason) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(PgpException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private static byte[] open(byte[] message) throws IOException {
    try (Secret secret = secret(PASSPHRASE)) {
      return read(PgpDecryption.withPassphrase(in(message), secret));
    }
  }

  private static byte[] read(VerifiedInput input) throws IOException {
    try (input) {
      return input.readAllBytes();
    }
  }

  private static ByteArrayInputStream in(byte[] bytes) {
    return new ByteArrayInputStream(bytes);
  }

  private static Secret secret(String text) {
    return Secret.owning(text.toCharArray());
  }

  private static byte[] data(int size) {
    byte[] data = new byte[size];
    new Random(7).nextBytes(data);
    Arrays.fill(data, size / 3, size / 2, (byte) 'x');
    return data;
  }
}
