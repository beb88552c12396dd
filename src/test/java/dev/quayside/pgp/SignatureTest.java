package dev.quayside.pgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bouncycastle.openpgp.PGPEncryptedDataGenerator;
import org.bouncycastle.openpgp.PGPLiteralData;
import org.bouncycastle.openpgp.PGPLiteralDataGenerator;
import org.bouncycastle.openpgp.PGPSignatureGenerator;
import org.bouncycastle.openpgp.operator.bc.BcPublicKeyKeyEncryptionMethodGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signatures go both ways between us, gpg and sq, and a false one is a refusal. */
class SignatureTest {

  private static final byte[] DATA = data();

  private static Gnupg gpg;
  @TempDir private static Path folder;
  private static String curve;
  private static Path curvePublic;
  private static Path curveSecret;
  private static SigningKey ours;

  @BeforeAll
  static void makeKeys() throws Exception {
    gpg = new Gnupg();
    curve = gpg.makeKey("Curve", "eddsa\nKey-Curve: ed25519", "ecdh\nSubkey-Curve: cv25519", "");
    curvePublic = gpg.exportPublic(curve, folder);
    curveSecret = gpg.exportSecret(curve, "", folder);
    ours = SigningKey.create("Quayside test", InstantSource.system());
  }

  @AfterAll
  static void end() throws Exception {
    gpg.close();
  }

  @Test
  void gpgAndSequoiaVerifyWhatWeSign() throws Exception {
    gpg.succeed(ours.certificate(), "--import");

    Gnupg.Answer answer = gpg.run(signed(DATA, ours), List.of("--status-fd", "2", "-d"));

    assertThat(answer.status()).isZero();
    assertThat(answer.output()).isEqualTo(DATA);
    assertThat(answer.errors())
        .contains("GOODSIG")
        .contains("VALIDSIG " + ours.fingerprint())
        .contains(" 4 0 22 8 00 "); // version 4, Ed25519, SHA-256, binary
    Path certificate = Files.write(folder.resolve("ours.asc"), ours.certificate());
    Sequoia sq = new Sequoia(folder);
    String[] verified = {
      "decrypt", "--recipient-key", curveSecret + "", "--signer-cert", certificate + ""
    };
    assertThat(sq.succeed(signed(DATA, ours), verified)).isEqualTo(DATA);
    assertThat(sq.run(signed(DATA, null), verified).status()).isNotZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4096, 3_000_000})
  void whatWeSignIsKnownToBeOursAtTheEndAndNotBefore(int size) throws Exception {
    byte[] plain = new byte[size];
    new Random(size).nextBytes(plain);

    try (VerifiedInput in = open(signed(plain, ours), Signers.of(List.of(ours.certificate())))) {
      assertThat(in.readNBytes(size / 2)).hasSize(size / 2);
      assertThat(in.signer()).isNull();
      in.finish();
      assertThat(in.signer()).isEqualTo(ours.fingerprint());
    }
  }

  @Test
  void aSignatureOfSomebodyUnknownAndNoneAreWorthNothing() throws Exception {
    SigningKey other = SigningKey.create("Somebody else", InstantSource.system());
    assertThat(signer(signed(DATA, other), Signers.of(List.of(ours.certificate())))).isEqualTo("-");
    assertThat(signer(signed(DATA, ours), Signers.none())).isEqualTo("-");
    assertThat(signer(signed(DATA, null), Signers.of(List.of(ours.certificate())))).isEqualTo("-");
  }

  @Test
  void theKeyIsTheSameAfterItWasKept() throws Exception {
    SigningKey kept = SigningKey.read(ours.secretKey(), InstantSource.system());
    assertThat(kept.fingerprint()).isEqualTo(ours.fingerprint());
    assertThat(signer(signed(DATA, kept), Signers.of(List.of(ours.certificate()))))
        .isEqualTo(ours.fingerprint());
  }

  @Test
  void aFalseSignatureOfAKnownKeyIsRefused() throws Exception {
    byte[] other = DATA.clone();
    other[100] ^= 1;
    Signers known = Signers.of(List.of(ours.certificate()));
    assertThat(signer(forged(DATA, DATA, true), known)).isEqualTo(ours.fingerprint());
    assertBad(forged(DATA, other, true), known);
    assertBad(forged(DATA, DATA, false), known);
    assertThat(signer(forged(DATA, other, true), Signers.none())).isEqualTo("-");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-es", "-es --compress-algo none", "-es --digest-algo SHA512"})
  void whatGpgSignsIsVerified(String options) throws Exception {
    String rsa =
        gpg.makeKey(
            "Rsa" + options.length(), "rsa\nKey-Length: 2048", "rsa\nSubkey-Length: 2048", "");
    for (String key : List.of(curve, rsa)) {
      assertThat(signer(byGpg(options, key), Signers.of(List.of(exported(key))))).isEqualTo(key);
    }
  }

  @Test
  void aSignatureWithAWeakHashIsWorthNothing() throws Exception {
    byte[] message = byGpg("-es --digest-algo SHA1 --allow-weak-digest-algos", curve);
    assertThat(signer(message, Signers.of(List.of(exported(curve))))).isEqualTo("-");
  }

  @Test
  void aSignatureFromBeforeTheKeyWasMadeIsWorthNothing() throws Exception {
    InstantSource past = InstantSource.fixed(Instant.parse("2020-01-01T00:00:00Z"));
    SigningKey early = SigningKey.read(ours.secretKey(), past);
    assertThat(signer(signed(DATA, early), Signers.of(List.of(ours.certificate())))).isEqualTo("-");
  }

  private static byte[] byGpg(String options, String key) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("--trust-model", "always", "-u", key));
    arguments.addAll(List.of(options.split(" ")));
    arguments.addAll(List.of("-r", curve));
    return gpg.succeed(DATA, arguments.toArray(String[]::new));
  }

  private static byte[] exported(String key) throws Exception {
    return gpg.succeed(new byte[0], "--export", key);
  }

  private static void assertBad(byte[] message, Signers known) {
    assertThatThrownBy(() -> signer(message, known))
        .isInstanceOfSatisfying(
            PgpException.class,
            e -> assertThat(e.reason()).isEqualTo(PgpException.Reason.BAD_SIGNATURE));
  }

  private static byte[] signed(byte[] plain, SigningKey signer) throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    try (OutputStream out =
        PgpEncryption.toCertificates(message, Certificate.read(curvePublic), signer)) {
      out.write(plain);
    }
    return message.toByteArray();
  }

  /** Encrypts {@code written} with a signature of ours over {@code signed}, or with none at all. */
  private static byte[] forged(byte[] written, byte[] signed, boolean closed) throws Exception {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    PGPEncryptedDataGenerator encryption =
        new PGPEncryptedDataGenerator(new FastEncryptorBuilder(new SecureRandom()));
    encryption.addMethod(
        new BcPublicKeyKeyEncryptionMethodGenerator(
            Certificate.read(curvePublic).getFirst().encryptionKeys().getFirst()));
    try (OutputStream out = encryption.open(message, new byte[1 << 16])) {
      PGPSignatureGenerator signature = ours.begin(out);
      signature.update(signed);
      try (OutputStream literal =
          new PGPLiteralDataGenerator()
              .open(out, PGPLiteralData.BINARY, "", PGPLiteralData.NOW, new byte[1 << 16])) {
        literal.write(written);
      }
      if (closed) {
        signature.generate().encode(out);
      }
    }
    return message.toByteArray();
  }

  private static VerifiedInput open(byte[] message, Signers signers) throws IOException {
    return PgpDecryption.withKeys(
        new ByteArrayInputStream(message), SecretKeys.read(curveSecret), null, signers);
  }

  /** Reads everything and returns who signed it; a dash for nobody known. */
  private static String signer(byte[] message, Signers signers) throws IOException {
    try (VerifiedInput in = open(message, signers)) {
      assertThat(in.readAllBytes()).hasSize(DATA.length);
      return in.signer() == null ? "-" : in.signer();
    }
  }

  private static byte[] data() {
    byte[] data = new byte[300_007];
    new Random(8).nextBytes(data);
    return data;
  }
}
