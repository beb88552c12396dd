package dev.quayside.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Outcome;
import dev.quayside.common.Progress;
import dev.quayside.common.StepBoundary;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Fills up or takes away the disk at each named step of making, restoring and copying an archive:
 * the target's disk, and the one with Quayside's own state. {@link UnpluggedTest} has a sample.
 */
@Tag("full")
@Tag("full-backup-disk")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DiskFamilyTest {

  /** Names what befalls a disk. */
  enum Event {
    FULL,
    UNPLUGGED,
    STATE_FULL
  }

  private final Map<String, Integer> ends = new TreeMap<>();
  @TempDir private Path root;
  private Path folder;
  private Path disk;
  private Path plug;
  private int number;
  private boolean happened;

  @BeforeEach
  void plugIn() throws Exception {
    folder = Files.createDirectory(root.resolve("case-" + number++));
    disk = Files.createDirectory(folder.resolve("disk"));
    plug = Files.createDirectory(folder.resolve("plug"));
    command("mount", "-t", "tmpfs", "-o", "size=160m", "tmpfs", disk.toString());
    command("mount", "--bind", disk.toString(), plug.toString());
    happened = false;
  }

  @AfterEach
  void pullOut() throws Exception {
    for (Path mount : List.of(plug, disk)) {
      new ProcessBuilder("umount", "-l", mount.toString()).start().waitFor();
    }
  }

  @AfterAll
  void leaveFigures() throws Exception {
    FamilyFigures.write("backup-disk", ends);
  }

  static Stream<Arguments> creations() {
    return cases(CreationStep.values());
  }

  static Stream<Arguments> restores() {
    return cases(RestoreStep.values());
  }

  static Stream<Arguments> copies() {
    return cases(CopyStep.values());
  }

  private static Stream<Arguments> cases(Enum<?>[] steps) {
    return Arrays.stream(Event.values())
        .flatMap(event -> Arrays.stream(steps).map(step -> Arguments.of(event, step)));
  }

  @ParameterizedTest
  @MethodSource("creations")
  void makingAnArchive(Event event, CreationStep step) throws Exception {
    Workbench bench = bench(event);
    List<String> source = Workbench.describe(bench.source);
    note(
        "create",
        event,
        bench.creation(at(event, step.label())).run(bench.request(), Progress.none()));
    settle(bench, event);
    soundOrNone(bench, bench.shelf.toRealPath());
    assertThat(Workbench.describe(bench.source)).isEqualTo(source);
    assertThat(bench.endings()).containsOnly("backup.create 1");
  }

  @ParameterizedTest
  @MethodSource("restores")
  void restoringOne(Event event, RestoreStep step) throws Exception {
    Workbench bench = bench(event);
    List<String> source = Workbench.describe(bench.source);
    Path archive = Files.move(bench.archive(), folder.resolve("kept.tar.zst.gpg"));
    Path place = Files.createDirectory(plug.resolve("place"));
    Path target = place.resolve("restored");
    note(
        "restore",
        event,
        bench
            .restore(at(event, step.label()))
            .run(new RestoreRequest(archive, Workbench.unlocking(), target), Progress.none()));
    settle(bench, event);
    if (!Workbench.names(place).isEmpty()) {
      assertThat(Workbench.names(place)).containsExactly("restored");
      assertThat(Workbench.describe(target.resolve("files/data"))).isEqualTo(source);
    }
    assertThat(bench.endings()).containsOnly("backup.create 1", "backup.restore 1");
  }

  @ParameterizedTest
  @MethodSource("copies")
  void copyingOne(Event event, CopyStep step) throws Exception {
    Workbench bench = bench(event);
    Path archive = bench.archive();
    byte[] whole = Files.readAllBytes(archive);
    Path second = Files.createDirectory(plug.resolve("second"));
    note(
        "copy",
        event,
        bench.copy(at(event, step.label())).run(bench.only(), second, Progress.none()));
    settle(bench, event);
    assertThat(Files.readAllBytes(archive)).isEqualTo(whole);
    soundOrNone(bench, second);
    assertThat(bench.endings()).containsOnly("backup.create 1", "backup.copy 1");
  }

  /** The data and the home lie on the large disk, or the home on the one that fills up. */
  private Workbench bench(Event event) throws Exception {
    Path where = folder.resolve("bench");
    if (event == Event.STATE_FULL) {
      Files.createDirectories(where);
      Files.createSymbolicLink(where.resolve("home"), Files.createDirectory(plug.resolve("home")));
    }
    Workbench bench = new Workbench(where);
    bench.makeEdgeTree();
    if (event != Event.STATE_FULL) {
      Files.delete(bench.shelf);
      Files.createSymbolicLink(bench.shelf, Files.createDirectory(plug.resolve("shelf")));
    }
    return bench;
  }

  private StepBoundary at(Event event, String step) {
    return reached -> {
      if (reached.equals(step)) {
        happened = true;
        try {
          if (event == Event.UNPLUGGED) {
            command("umount", "-l", plug.toString());
          } else {
            fill();
          }
        } catch (Exception e) {
          throw new IllegalStateException(e);
        }
      }
    };
  }

  private void fill() throws IOException {
    byte[] block = new byte[1 << 16];
    try (OutputStream out = Files.newOutputStream(disk.resolve("filler"))) {
      for (int size = block.length; size > 0; size /= 2) {
        fill(out, block, size);
      }
    }
  }

  private static void fill(OutputStream out, byte[] block, int size) {
    try {
      while (true) {
        out.write(block, 0, size);
      }
    } catch (IOException expected) {
      // Nothing of that size goes in any more.
    }
  }

  private void note(String what, Event event, Outcome<?> outcome) {
    assertThat(happened).as("the step was reached").isTrue();
    String end =
        switch (outcome) {
          case Outcome.Failed<?> failed -> "failed " + failed.problem().code();
          case Outcome.Refused<?> refused -> "refused " + refused.problem().code();
          case Outcome<?> other ->
              other.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
        };
    assertThat(end).doesNotContain("INTERNAL");
    ends.merge(what + ", " + event + ": " + end, 1, Integer::sum);
    if (event == Event.UNPLUGGED) {
      assertThat(plug).as("what lies where the disk was").isEmptyDirectory();
    }
  }

  /** Brings the disk back or empties it; then the next start puts everything in order. */
  private void settle(Workbench bench, Event event) throws Exception {
    if (event == Event.UNPLUGGED) {
      command("mount", "--bind", disk.toString(), plug.toString());
    } else {
      Files.delete(disk.resolve("filler"));
    }
    assertThat(new Leftovers(bench.home, bench.journal()).sweep())
        .extracting(Leftovers.Leftover::fate)
        .doesNotContain(Leftovers.Fate.STUCK, Leftovers.Fate.OUT_OF_REACH);
    assertThat(new Unfinished(bench.home).ids()).isEmpty();
  }

  private static void soundOrNone(Workbench bench, Path where) throws Exception {
    List<String> names = Workbench.names(where);
    assertThat(names).noneMatch(name -> name.startsWith("."));
    List<String> archives = names.stream().filter(name -> name.endsWith(".tar.zst.gpg")).toList();
    if (archives.isEmpty()) {
      assertThat(names).isEmpty();
      return;
    }
    assertThat(
            bench
                .verification()
                .run(where.resolve(archives.getFirst()), Workbench.unlocking(), Progress.none()))
        .isInstanceOf(Outcome.Done.class);
  }

  private static void command(String... words) throws Exception {
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s: %s", String.join(" ", words), said).isZero();
  }
}
