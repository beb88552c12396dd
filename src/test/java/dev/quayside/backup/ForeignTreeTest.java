package dev.quayside.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.quayside.backup.foreign.ContentKind;
import dev.quayside.common.Outcome;
import dev.quayside.pgp.Gnupg;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the stock {@code tar} and {@code gpg} pack comes out here as {@code tar -xp} has it. */
class ForeignTreeTest {

  private static final boolean ROOT = System.getProperty("user.name").equals("root");

  private static Gnupg gpg;
  @TempDir private Path folder;
  private ForeignBench bench;

  @BeforeAll
  static void open() throws Exception {
    gpg = new Gnupg();
  }

  @AfterAll
  static void close() throws Exception {
    gpg.close();
  }

  @BeforeEach
  void setUp() throws Exception {
    bench = new ForeignBench(folder.resolve("bench"), gpg);
    bench.inner.makeEdgeTree();
    Files.delete(bench.inner.source.resolve("absolute")); // has a test of its own
  }

  @ParameterizedTest
  @CsvSource({
    "gnu, --gzip, data",
    "gnu, '', .",
    "posix, --zstd, data",
    "posix, --gzip, ./data/",
    "oldgnu, --gzip, data",
  })
  void treesAreEqualToWhatTarMakesOfThem(String format, String compression, String what)
      throws Exception {
    Path odd = bench.inner.source.resolve("foreign owner");
    Files.writeString(odd, "o");
    if (ROOT) {
      Files.setAttribute(odd, "unix:uid", 3_000_000);
      Files.setAttribute(odd, "unix:gid", 2_999_999);
    }
    byte[] packed = bench.tar("--format=" + format, compression, what);
    Path file = bench.symmetric(packed);

    assertThat(bench.restore(file)).isInstanceOf(Outcome.Done.class);

    Path expected = bench.unpackedByTar(packed);
    assertThat(Workbench.describe(bench.restored)).isEqualTo(Workbench.describe(expected));
    assertThat(Workbench.describe(bench.restored)).hasSizeGreaterThan(25);
  }

  @Test
  void foldersThatWereNotPackedAreMadeUp() throws Exception {
    byte[] packed = bench.tar("--gzip", "data/sub/hard too", "data/text.txt");

    assertThat(bench.restore(bench.symmetric(packed))).isInstanceOf(Outcome.Done.class);

    assertThat(bench.restored.resolve("data/text.txt")).hasContent("hello");
    assertThat(FileFacts.of(bench.restored.resolve("data/sub")).mode()).isEqualTo(0755);
  }

  @Test
  void aFolderThatComesAfterWhatIsInItIsDescribedByItsEntry() throws Exception {
    byte[] packed =
        bench.tar("--no-recursion", "data/sub/hard too", "data/sub", "data/empty folder");
    Path expected = bench.unpackedByTar(packed);

    assertThat(bench.restore(bench.symmetric(packed))).isInstanceOf(Outcome.Done.class);

    assertThat(FileFacts.of(bench.restored.resolve("data/sub")).modified())
        .isEqualTo(FileFacts.of(expected.resolve("data/sub")).modified());
    assertThat(FileFacts.of(bench.restored.resolve("data/empty folder")).mode()).isEqualTo(01777);
  }

  @Test
  void linksThatLeadOutAndDevicesAreLeftOutAndListed() throws Exception {
    Files.createSymbolicLink(bench.inner.source.resolve("absolute"), Path.of("/etc/hostname"));
    Files.createSymbolicLink(bench.inner.source.resolve("sub/up"), Path.of("../../../x"));
    Files.createSymbolicLink(bench.inner.source.resolve("sub/beside"), Path.of("../text.txt"));
    Files.createSymbolicLink(bench.inner.source.resolve("sub/across"), Path.of("../../other"));
    assertThat(
            new ProcessBuilder("mkfifo", bench.inner.source.resolve("pipe").toString())
                .start()
                .waitFor())
        .isZero();
    Path file = bench.symmetric(bench.tar("--gzip", "data"));

    Outcome<ForeignReceipt> outcome = bench.restore(file);

    assertThat(ForeignBench.code(outcome)).isEqualTo("Attention FOREIGN-RESTORED-WITH-GAPS");
    ForeignReceipt receipt = ((Outcome.Attention<ForeignReceipt>) outcome).receipt();
    assertThat(receipt.outsideLinks())
        .containsExactlyInAnyOrder("data/absolute -> /etc/hostname", "data/sub/up -> ../../../x");
    assertThat(receipt.source().passedOver()).containsExactly("data/pipe");
    assertThat(Workbench.names(bench.restored.resolve("data")))
        .doesNotContain("absolute", "pipe")
        .contains("inside", "dangling");
    assertThat(Workbench.names(bench.restored.resolve("data/sub")))
        .containsExactlyInAnyOrder("across", "beside", "hard too");
  }

  @ParameterizedTest
  @CsvSource({"gnu", "posix"})
  void aSparseFileIsRefusedByItsName(String format) throws Exception {
    try (var file =
        new java.io.RandomAccessFile(bench.inner.source.resolve("hole").toFile(), "rw")) {
      file.seek(5_000_000);
      file.write(1);
    }
    Path file = bench.symmetric(bench.tar("--sparse", "--format=" + format, "data/hole"));

    Outcome<ForeignReceipt> outcome = bench.restore(file);

    assertThat(ForeignBench.code(outcome)).isEqualTo("Failed FOREIGN-REFUSED-TYPE");
    assertThat(((Outcome.Failed<ForeignReceipt>) outcome).problem().detail())
        .contains("a sparse file: data/hole");
    bench.assertNothingAppeared();
  }

  @Test
  void attributesThatAreLostAreCounted() throws Exception {
    Path marked = bench.inner.source.resolve("text.txt");
    try {
      Files.setAttribute(marked, "user:colour", "blue".getBytes());
    } catch (java.io.IOException | UnsupportedOperationException e) {
      assumeThat(e).as("a disk without extended attributes").isNull();
    }
    Path file = bench.symmetric(bench.tar("--xattrs", "--format=posix", "--gzip", "data"));

    Outcome<ForeignReceipt> outcome = bench.restore(file);

    assertThat(ForeignBench.code(outcome)).isEqualTo("Attention FOREIGN-RESTORED-WITH-GAPS");
    assertThat(((Outcome.Attention<ForeignReceipt>) outcome).receipt().source().extended())
        .isEqualTo(1);
  }

  @Test
  void aPlainFileIsRestoredAndSaidToProveNothing() throws Exception {
    byte[] packed = bench.tar("--gzip", "data");
    Path file = Files.write(folder.resolve("data.tar.gz"), packed);

    Outcome<ForeignReport> survey = bench.survey(file);
    assertThat(ForeignBench.code(survey)).isEqualTo("Attention FOREIGN-PLAIN");
    Outcome<ForeignReceipt> outcome = bench.restore(file);

    assertThat(ForeignBench.code(outcome)).isEqualTo("Attention FOREIGN-RESTORED-WITH-GAPS");
    assertThat(((Outcome.Attention<ForeignReceipt>) outcome).receipt().reduced()).isEqualTo(2);
    assertThat(Workbench.describe(bench.restored))
        .isEqualTo(
            Workbench.describe(bench.unpackedByTar(packed)).stream()
                .map(ForeignTreeTest::withoutSpecialBits)
                .toList());
  }

  @Test
  void aPlainFileWithoutGapsNeedsAttentionToo() throws Exception {
    Path file = Files.write(folder.resolve("data.tar"), bench.tar("data/text.txt"));

    assertThat(ForeignBench.code(bench.restore(file)))
        .isEqualTo("Attention FOREIGN-RESTORED-PLAIN");
  }

  private static String withoutSpecialBits(String line) {
    return line.replace(" 4755 ", " 755 ").replace(" 1777 ", " 777 ");
  }

  @Test
  void whatIsInAFileIsCountedByWhatLiesAtItsTop() throws Exception {
    Files.writeString(bench.inner.root.resolve("alone"), "12345");
    Path file = bench.symmetric(bench.tar("--gzip", "data", "alone"));

    Outcome<ForeignReport> outcome = bench.survey(file);

    ForeignReport report = ((Outcome.Done<ForeignReport>) outcome).receipt();
    assertThat(report.kind()).isEqualTo(ContentKind.TAR);
    assertThat(report.layers()).containsExactly(ContentKind.GZIP);
    assertThat(report.tops()).hasSize(2);
    assertThat(report.tops().get(1)).isEqualTo(new ForeignReport.Top("alone", false, 0, 5));
    assertThat(report.tops().getFirst().name()).isEqualTo("data");
    assertThat(report.tops().getFirst().entries()).isEqualTo(report.entries() - 2);
    bench.assertNothingAppeared();
  }

  @Test
  void severalGzipStreamsInARowAreOne() throws Exception {
    byte[] tar = bench.tar("data");
    List<byte[]> pieces = new ArrayList<>();
    for (int from = 0; from < tar.length; from += 300_000) {
      pieces.add(
          ForeignBench.gzip(
              java.util.Arrays.copyOfRange(tar, from, Math.min(tar.length, from + 300_000))));
    }
    assertThat(pieces).hasSizeGreaterThan(3);

    assertThat(bench.restore(bench.symmetric(ForeignBench.joined(pieces))))
        .isInstanceOf(Outcome.Done.class);

    assertThat(Workbench.describe(bench.restored))
        .isEqualTo(Workbench.describe(bench.unpackedByTar(tar)));
  }
}
