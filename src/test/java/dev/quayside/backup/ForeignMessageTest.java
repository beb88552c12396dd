package dev.quayside.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Outcome;
import dev.quayside.common.Progress;
import dev.quayside.pgp.Gnupg;
import dev.quayside.pgp.Sequoia;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trees packed by {@code tar} and encrypted by the stock tools, each way they know, come back. */
class ForeignMessageTest {

  private static final String KEY_PASSPHRASE = "kurve";

  private static Gnupg gpg;
  @TempDir private static Path keys;
  private static String curve;
  private static String rsa;
  private static Path curveSecret;
  private static Path rsaSecret;
  @TempDir private Path folder;
  private ForeignBench bench;
  private byte[] packed;
  private List<String> expected;

  @BeforeAll
  static void open() throws Exception {
    gpg = new Gnupg();
    curve =
        gpg.makeKey(
            "Curve", "eddsa\nKey-Curve: ed25519", "ecdh\nSubkey-Curve: cv25519", KEY_PASSPHRASE);
    rsa = gpg.makeKey("Rsa", "rsa\nKey-Length: 3072", "rsa\nSubkey-Length: 3072", "");
    curveSecret = gpg.exportSecret(curve, KEY_PASSPHRASE, keys);
    rsaSecret = gpg.exportSecret(rsa, "", keys);
  }

  @AfterAll
  static void close() throws Exception {
    gpg.close();
  }

  @BeforeEach
  void setUp() throws Exception {
    bench = new ForeignBench(folder.resolve("bench"), gpg);
    Path source = bench.inner.source;
    Files.write(source.resolve("random"), Workbench.random(70_000, 5));
    Files.writeString(source.resolve("text"), "text\n".repeat(5000));
    Files.createSymbolicLink(source.resolve("link"), Path.of("text"));
    Files.setAttribute(source.resolve("text"), "unix:mode", 0640);
    packed = bench.tar("--gzip", "--format=posix", "data");
    expected = Workbench.describe(bench.unpackedByTar(packed));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--s2k-count 65536",
        "--s2k-count 65011712 --s2k-digest-algo SHA512 --cipher-algo AES256",
        "--s2k-count 65536 --cipher-algo AES --compress-algo none",
        "--s2k-count 65536 --cipher-algo AES192 --compress-algo zlib",
        "--s2k-count 65536 --cipher-algo TWOFISH --compress-algo bzip2",
        "--s2k-count 65536 --cipher-algo CAMELLIA128 --s2k-digest-algo SHA256",
        "--s2k-count 65536 --cipher-algo CAMELLIA256 --s2k-digest-algo SHA384",
        "--s2k-count 65536 --cipher-algo CAST5 --force-mdc",
        "--s2k-count 65536 --cipher-algo 3DES --force-mdc --s2k-digest-algo SHA224",
        "--s2k-mode 1",
        "--s2k-mode 0",
        "--s2k-count 65536 --armor",
      })
  void byPassphrase(String options) throws Exception {
    restores(bench.symmetric(packed, options.split(" ")), Workbench.unlocking());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-r CURVE",
        "-r RSA --compress-algo none",
        "-r CURVE -r RSA",
        "-R RSA -R CURVE",
        "-r RSA -r CURVE --armor --compress-algo bzip2",
        "-r CURVE -c",
      })
  void toKeysWithEachOfThem(String options) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            Arrays.asList(options.replace("CURVE", curve).replace("RSA", rsa).split(" ")));
    arguments.addAll(
        List.of(
            "--trust-model",
            "always",
            "--s2k-count",
            "65536",
            "--passphrase-file",
            gpg.passphraseFile(Workbench.PASSPHRASE),
            "-e"));
    Path file = bench.written(gpg.succeed(packed, arguments.toArray(String[]::new)));

    if (options.contains("CURVE")) {
      restores(file, new Unlocking(Workbench.passphrase(KEY_PASSPHRASE), curveSecret));
    }
    if (options.contains("RSA")) {
      restores(file, new Unlocking(Workbench.passphrase("none is needed"), rsaSecret));
    }
    if (options.endsWith(" -c")) {
      restores(file, Workbench.unlocking());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"cv25519", "rsa3k"})
  void bySequoiaToSeveralKeys(String suite) throws Exception {
    Sequoia sq = new Sequoia(keys);
    Path secret = keys.resolve(suite + ".sq");
    Files.deleteIfExists(secret);
    generate(suite, secret);
    Path other = gpg.exportPublic(curve, folder);
    byte[] message =
        sq.succeed(
            packed,
            "encrypt",
            "--binary",
            "--compression",
            "none",
            "--recipient-cert",
            secret.toString(),
            "--recipient-cert",
            other.toString());

    restores(bench.written(message), new Unlocking(Workbench.passphrase(""), secret));
    restores(
        bench.written(message), new Unlocking(Workbench.passphrase(KEY_PASSPHRASE), curveSecret));
  }

  private static void generate(String suite, Path secret) throws Exception {
    Process process =
        new ProcessBuilder(
                "sq",
                "key",
                "generate",
                "--cipher-suite",
                suite,
                "--userid",
                "<made@up>",
                "--export",
                secret.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void withoutIntegrityProtectionNothingIsUnpacked() throws Exception {
    Path file =
        bench.written(
            gpg.succeed(
                packed,
                "--rfc2440",
                "--passphrase-file",
                gpg.passphraseFile(Workbench.PASSPHRASE),
                "-c"));

    refused(file, "BACKUP-NO-INTEGRITY");
  }

  @Test
  void whatIsAlteredCutOrLongerIsRefusedWhereverItIs() throws Exception {
    byte[] good =
        Files.readAllBytes(
            bench.symmetric(packed, "--compress-algo", "none", "--s2k-count", "65536"));
    for (int at : new int[] {40, good.length / 2, good.length - 30, good.length - 1}) {
      byte[] bad = good.clone();
      bad[at] ^= 4;
      assertThat(ForeignBench.code(bench.restore(bench.written(bad))))
          .as("at " + at)
          .isIn(
              "Failed BACKUP-ALTERED", "Failed BACKUP-CUT-SHORT", "Failed BACKUP-WRONG-PASSPHRASE");
      bench.assertNothingAppeared();
    }
    refused(bench.written(Arrays.copyOf(good, good.length - 1000)), "BACKUP-CUT-SHORT");
    refused(bench.written(Arrays.copyOf(good, good.length + 1)), "BACKUP-TRAILING-DATA");
    Path wrong = bench.symmetric(packed);
    assertThat(
            ForeignBench.code(
                bench.restore(
                    wrong, Unlocking.passphrase(Workbench.passphrase("not it")), Progress.none())))
        .isEqualTo("Failed BACKUP-WRONG-PASSPHRASE");
  }

  @Test
  void anAlteredMessageWithADamagedInsideIsCalledAltered() throws Exception {
    byte[] damaged = packed.clone();
    damaged[damaged.length / 2] ^= 1;
    byte[] message = Files.readAllBytes(bench.symmetric(damaged));

    refused(bench.written(message), "FOREIGN-COMPRESSION");
    message[message.length - 1] ^= 1;
    refused(bench.written(message), "BACKUP-ALTERED");
  }

  private void refused(Path file, String code) throws Exception {
    assertThat(ForeignBench.code(bench.restore(file))).isEqualTo("Failed " + code);
    bench.assertNothingAppeared();
  }

  private void restores(Path file, Unlocking unlocking) throws Exception {
    Outcome<ForeignReceipt> outcome = bench.restore(file, unlocking, Progress.none());

    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    assertThat(Workbench.describe(bench.restored)).isEqualTo(expected);
    StagingFolder.remove(bench.restored);
  }
}
