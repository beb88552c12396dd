package dev.quayside.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.backup.tar.RawPath;
import dev.quayside.common.Outcome;
import dev.quayside.common.Progress;
import dev.quayside.common.StepBoundary;
import dev.quayside.pgp.Gnupg;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What somebody hostile puts into a file stays inside of the folder, or nothing appears. */
class ForeignHostileTest {

  private static Gnupg gpg;
  @TempDir private Path folder;
  private ForeignBench bench;
  private List<String> around;

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
    Files.writeString(bench.inner.root.resolve("neighbour"), "mine");
    around = around();
  }

  private List<String> around() throws IOException {
    List<String> found = new ArrayList<>();
    for (String each : Workbench.describe(folder)) {
      // Not our own notes and what the test itself packs.
      boolean own =
          each.contains("bench/home") || each.contains("foreign") || each.contains("place");
      if (!own && !each.startsWith("bench FOLDER")) {
        found.add(each);
      }
    }
    return found;
  }

  static Stream<HostileCases.Case> everything() {
    return HostileCases.all().stream();
  }

  /** Taken off its sealed archive's rules, much of it is an ordinary tar stream. */
  @ParameterizedTest
  @MethodSource("everything")
  void whatIsHostileToOurArchivesNeverLeavesTheFolder(HostileCases.Case each) throws Exception {
    Path file = Files.createTempFile(bench.inner.root, "foreign", ".tar.gz");
    Files.write(file, withSomethingFirst(each.forging().forge()));

    Outcome<ForeignReceipt> outcome = bench.restore(file);

    assertThat(around()).isEqualTo(around);
    assertThat(Path.of("/tmp/evil")).doesNotExist();
    if (outcome instanceof Outcome.Attention<ForeignReceipt>) {
      inside();
    } else {
      assertThat(ForeignBench.code(outcome))
          .matches("Failed FOREIGN-.*|Refused BACKUP-NO-ROOM|Refused FOREIGN-NO-FILES");
      bench.assertNothingAppeared();
    }
  }

  /** So that it is no archive of ours any more; what cannot be expanded stays as it is. */
  private static byte[] withSomethingFirst(byte[] packed) throws IOException {
    try (InputStream tar = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      byte[] first = new Forge().folder("first").tarBytes();
      return ForeignBench.gzip(ForeignBench.joined(List.of(first, tar.readAllBytes())));
    } catch (ZipException | EOFException e) {
      return packed;
    }
  }

  /** No link in what was restored leads out of it. */
  private void inside() throws IOException {
    Path root = bench.restored.toRealPath();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : all.filter(Files::isSymbolicLink).toList()) {
        assertThat(
                path.getParent().resolve(Files.readSymbolicLink(path)).normalize().startsWith(root))
            .as(path.toString())
            .isTrue();
      }
    }
  }

  static Stream<HostileCases.Case> own() {
    return Stream.of(
        new HostileCases.Case(
            "an absolute path",
            "FOREIGN-UNSAFE-PATH",
            () -> new Forge().file("/tmp/evil", "x").end().compressed()),
        new HostileCases.Case(
            "a path that climbs",
            "FOREIGN-UNSAFE-PATH",
            () -> new Forge().file("data/./../../evil", "x").end().compressed()),
        new HostileCases.Case(
            "a hard link out",
            "FOREIGN-UNSAFE-PATH",
            () -> new Forge().hardLink("h", "./../../etc/passwd").end().compressed()),
        new HostileCases.Case(
            "a hard link to nothing",
            "FOREIGN-MISPLACED",
            () -> new Forge().hardLink("h", "none").end().compressed()),
        new HostileCases.Case(
            "a hard link to a link",
            "FOREIGN-MISPLACED",
            () ->
                new Forge().symbolicLink("l", "/etc/passwd").hardLink("h", "l").end().compressed()),
        new HostileCases.Case(
            "a file through a link",
            "FOREIGN-MISPLACED",
            () -> new Forge().symbolicLink("l", "/tmp").file("l/evil", "x").end().compressed()),
        new HostileCases.Case(
            "a folder through a link",
            "FOREIGN-MISPLACED",
            () -> new Forge().symbolicLink("l", "..").folder("l/./evil").end().compressed()),
        new HostileCases.Case(
            "a file below a file",
            "FOREIGN-MISPLACED",
            () -> new Forge().file("f", "x").file("f/evil", "x").end().compressed()),
        new HostileCases.Case(
            "a file twice",
            "FOREIGN-DUPLICATE",
            () -> new Forge().file("f", "x").file("./f", "y").end().compressed()),
        new HostileCases.Case(
            "a link over a made up folder",
            "FOREIGN-DUPLICATE",
            () -> new Forge().file("a/f", "x").symbolicLink("a", "/tmp").end().compressed()),
        new HostileCases.Case(
            "a long name",
            "FOREIGN-LONG-PATH",
            () -> new Forge().file("n".repeat(256), "x").end().compressed()),
        new HostileCases.Case(
            "a header for all",
            "FOREIGN-TAR-DAMAGED",
            () ->
                new Forge().header('g', "19 path=../../evil\n").file("f", "x").end().compressed()),
        new HostileCases.Case(
            "two long names",
            "FOREIGN-TAR-DAMAGED",
            () ->
                new Forge()
                    .header('L', "one\0")
                    .header('L', "two\0")
                    .file("f", "x")
                    .end()
                    .compressed()),
        new HostileCases.Case(
            "a long name that climbs",
            "FOREIGN-UNSAFE-PATH",
            () -> new Forge().header('L', "../evil\0").file("f", "x").end().compressed()),
        new HostileCases.Case(
            "a long link that is a NUL",
            "FOREIGN-TAR-DAMAGED",
            () -> new Forge().header('K', "\0\0").symbolicLink("l", "x").end().compressed()),
        new HostileCases.Case(
            "an unknown type",
            "FOREIGN-REFUSED-TYPE",
            () -> new Forge().special('Z', "d").end().compressed()),
        new HostileCases.Case(
            "no end mark", "FOREIGN-TAR-DAMAGED", () -> new Forge().file("f", "x").compressed()),
        new HostileCases.Case(
            "bytes after the end",
            "FOREIGN-TAR-DAMAGED",
            () -> new Forge().file("f", "x").end().raw(new byte[] {1}).compressed()),
        new HostileCases.Case(
            "something after the compression",
            "FOREIGN-COMPRESSION",
            () ->
                ForeignBench.joined(
                    List.of(
                        new Forge().file("f", "x").end().compressed(),
                        new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}))),
        new HostileCases.Case(
            "cut compression",
            "FOREIGN-COMPRESSION",
            () -> {
              byte[] all = new Forge().file("f", Workbench.random(9000, 1)).end().compressed();
              return Arrays.copyOf(all, all.length - 3000);
            }),
        new HostileCases.Case(
            "gzip in gzip in gzip",
            "FOREIGN-NESTED",
            () ->
                ForeignBench.gzip(
                    ForeignBench.gzip(new Forge().file("f", "x").end().compressed()))),
        new HostileCases.Case("nothing", "FOREIGN-EMPTY", () -> ForeignBench.gzip(new byte[0])));
  }

  @ParameterizedTest
  @MethodSource("own")
  void whatIsHostileInAnyTarStreamIsRefusedByItsName(HostileCases.Case each) throws Exception {
    Path file = bench.symmetric(each.forging().forge());

    assertThat(ForeignBench.code(bench.restore(file))).isEqualTo("Failed " + each.code());
    bench.assertNothingAppeared();
    assertThat(Path.of("/tmp/evil")).doesNotExist();
    assertThat(ForeignBench.code(bench.survey(file))).isEqualTo("Found " + each.code());
  }

  @Test
  void moreThanTheDiskHoldsIsRefusedBeforeAnythingIsWritten() throws Exception {
    Forge forge = new Forge().file("f", "");
    byte[] huge =
        forge
            .patchedFrom(
                0,
                header -> {
                  Arrays.fill(header, 125, 136, (byte) 0);
                  header[124] = (byte) 0x80;
                  header[128] = 0x7F;
                })
            .compressed();

    assertThat(ForeignBench.code(bench.restore(bench.symmetric(huge))))
        .isEqualTo("Refused BACKUP-NO-ROOM");
    bench.assertNothingAppeared();
  }

  @Test
  void namesThatAreNoTextAreKept() throws Exception {
    byte[] name = {'a', (byte) 0xFF, '%', (byte) 0x80};
    byte[] packed = new Forge().file(RawPath.of(name), new byte[] {7}).end().compressed();

    assertThat(bench.restore(bench.symmetric(packed))).isInstanceOf(Outcome.Done.class);

    assertThat(Workbench.describe(bench.restored))
        .isEqualTo(Workbench.describe(bench.unpackedByTar(packed)));
  }

  @ParameterizedTest
  @CsvSource({
    "fd377a585a0000, FOREIGN-PACKED",
    "425a6839314159, FOREIGN-PACKED",
    "504b0304140000, FOREIGN-UNKNOWN",
    "0102030405, FOREIGN-UNKNOWN",
  })
  void whatIsNotUnpackedHereIsNamed(String bytes, String code) throws Exception {
    byte[] content = Arrays.copyOf(java.util.HexFormat.of().parseHex(bytes), 3000);

    assertThat(ForeignBench.code(bench.restore(bench.symmetric(content))))
        .isEqualTo("Failed " + code);
    bench.assertNothingAppeared();
  }

  @Test
  void dumpsDoNotGoIntoAFolder() throws Exception {
    assertThat(ForeignBench.code(bench.restore(bench.symmetric("select 1;\n".getBytes()))))
        .isEqualTo("Refused FOREIGN-NO-FILES");
    bench.assertNothingAppeared();
  }

  @Test
  void aFileThatChangesBetweenTheTwoReadingsIsRefused() throws Exception {
    Path file = bench.symmetric(bench.tar("neighbour"));
    Path other = bench.symmetric(bench.tar("neighbour"));
    StepBoundary swap =
        step -> {
          if (step.equals(RestoreStep.PLAN_READ.label())) {
            try {
              Files.write(file, Files.readAllBytes(other));
            } catch (IOException e) {
              throw new java.io.UncheckedIOException(e);
            }
          }
        };

    Outcome<ForeignReceipt> outcome =
        bench
            .archives(swap)
            .restore(
                new RestoreRequest(file, Workbench.unlocking(), bench.restored), Progress.none());

    assertThat(ForeignBench.code(outcome)).isEqualTo("Refused FOREIGN-CHANGED");
    bench.assertNothingAppeared();
  }

  @ParameterizedTest
  @EnumSource(RestoreStep.class)
  void whatFailsAtAnyStepLeavesNothingOrTheWholeFolder(RestoreStep step) throws Exception {
    Path file = bench.symmetric(bench.tar("neighbour"));
    StepBoundary failing =
        reached -> {
          if (reached.equals(step.label())) {
            throw new IllegalStateException("made to fail");
          }
        };
    try {
      bench
          .archives(failing)
          .restore(
              new RestoreRequest(file, Workbench.unlocking(), bench.restored), Progress.none());
    } catch (IllegalStateException expected) {
      assertThat(expected).hasMessage("made to fail");
    }

    new Leftovers(bench.inner.home, bench.inner.journal()).sweep();
    if (step.compareTo(RestoreStep.PUBLISHED) >= 0) {
      assertThat(bench.restored.resolve("neighbour")).hasContent("mine");
      assertThat(new Unfinished(bench.inner.home).ids()).isEmpty();
    } else {
      bench.assertNothingAppeared();
    }
    assertThat(bench.inner.endings()).containsExactly("backup.restore 1");
  }

  @Test
  void cancellingLeavesNothingBehind() throws Exception {
    Files.write(bench.inner.source.resolve("big"), Workbench.random(3_000_000, 9));
    Path file = bench.symmetric(bench.tar("data"));
    Progress cancelled =
        new Progress() {
          private volatile boolean unpacking;

          @Override
          public void step(int number, int total, String text) {
            unpacking = number == 2;
          }

          @Override
          public void line(String text) {}

          @Override
          public void bytes(long done, long total) {}

          @Override
          public boolean cancelled() {
            return unpacking;
          }
        };

    assertThat(ForeignBench.code(bench.restore(file, Workbench.unlocking(), cancelled)))
        .isEqualTo("Failed BACKUP-CANCELLED");
    bench.assertNothingAppeared();
  }
}
