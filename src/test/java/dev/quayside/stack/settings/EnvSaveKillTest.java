package dev.quayside.stack.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Home;
import dev.quayside.common.StepBoundary;
import dev.quayside.journal.EntryKind;
import dev.quayside.journal.Journal;
import dev.quayside.journal.JournalCheck;
import dev.quayside.journal.JournalEntry;
import dev.quayside.stack.env.EnvFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Kills a save at every named step and at random moments; the file must be old or new. */
class EnvSaveKillTest {

  private static final long SEED = 20261128;
  private static final String OLD = "# kept\r\nA='zzOLDzz' # why\nB=2\n";
  private static final String NEW = "# kept\r\nA='zzNEWzz' # why\nB=2\n";
  // A start takes most of a run; a kill before the announcement would show nothing.
  private static final double EARLIEST = 0.4;
  private static long wholeRun;

  @TempDir Path folder;
  private Path file;
  private Path home;

  @BeforeEach
  void aFile() throws Exception {
    file = Files.createDirectory(folder.resolve("stack")).toRealPath().resolve(".env");
    home = folder.resolve("home");
    Files.writeString(file, OLD);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
  }

  static Stream<Arguments> steps() {
    return EnvSteps.ALL.stream()
        .flatMap(step -> Stream.of(Arguments.of(step, true), Arguments.of(step, false)));
  }

  @ParameterizedTest(name = "{0}, in place: {1}")
  @MethodSource("steps")
  void afterAKillAtAStepTheNextStartLeavesOldOrNew(String step, boolean inPlace) throws Exception {
    Object key = Files.readAttributes(file, "unix:ino").get("ino");
    assertThat(run(inPlace, step, "save", "A", "zzNEWzz").waitFor())
        .isEqualTo(StepBoundary.HALT_STATUS);
    assertThat(run(inPlace, null, "recover").waitFor()).isZero();

    boolean written = EnvSteps.ALL.indexOf(step) >= EnvSteps.ALL.indexOf(EnvSteps.WRITTEN);
    assertThat(Files.readString(file)).isEqualTo(written ? NEW : OLD);
    if (inPlace) {
      assertThat(Files.readAttributes(file, "unix:ino").get("ino")).isEqualTo(key);
    }
    assertClean();
    assertThat(versions()).hasSize(written ? 1 : 0);
  }

  static Stream<Arguments> halves() {
    return EnvSteps.IN_PLACE.stream()
        .flatMap(step -> Stream.of(Arguments.of(step, true), Arguments.of(step, false)));
  }

  /** A file of several writes, longer or shorter than before. */
  @ParameterizedTest(name = "{0}, longer: {1}")
  @MethodSource("halves")
  void afterAKillInTheMiddleOfAWriteTheNextStartLeavesOldOrNew(String step, boolean longer)
      throws Exception {
    String padding = "#" + "x".repeat(150_000) + "\n";
    String old = "A='zzOLDzz'\n" + padding + (longer ? "" : padding) + "B=2\n";
    String fresh = old.replace("zzOLDzz", longer ? "zzNEWzz" + "y".repeat(20) : "zz");
    Files.writeString(file, old);
    assertThat(run(true, step, "save", "A", longer ? "zzNEWzz" + "y".repeat(20) : "zz").waitFor())
        .isEqualTo(StepBoundary.HALT_STATUS);
    String cut = Files.readString(file);
    boolean whole = step.equals(EnvSteps.UNFORCED);
    assertThat(cut.equals(fresh))
        .as("the new content is there")
        .isEqualTo(whole || (longer && !step.equals(EnvSteps.HALF_WRITTEN)));
    assertThat(cut).isNotEqualTo(old);
    // A start that is killed itself is repeated.
    assertThat(run(true, null, "recover").waitFor()).isZero();

    boolean finished = cut.equals(fresh);
    assertThat(Files.readString(file)).isEqualTo(finished ? fresh : old);
    assertThat(versions())
        .extracting(EnvVersion::reason)
        .containsExactly(finished ? "edit" : "found");
    assertClean();
  }

  @Test
  void whatAKilledPlanLaidDownGoesAtTheNextStart() throws Exception {
    assertThat(run(false, null, "candidate").waitFor()).isEqualTo(StepBoundary.HALT_STATUS);
    Path candidates = EnvWorld.home(home).state().resolve("env-candidates");
    assertThat(candidates).isNotEmptyDirectory();
    assertThat(run(false, null, "recover").waitFor()).isZero();
    assertThat(candidates).isEmptyDirectory();
    assertThat(Files.readString(file)).isEqualTo(OLD);
  }

  @Test
  void fiftyChangesByFiftyThreadsAreAllIn() throws Exception {
    EnvEditing editing =
        new EnvEditing(
            EnvWorld.parts(EnvWorld.home(home), Path.of("/nonexistent"), StepBoundary.none()));
    List<CompletableFuture<Void>> writers = new ArrayList<>();
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 50; i++) {
        String name = "K" + i / 5 + "_" + i % 5;
        writers.add(
            CompletableFuture.runAsync(
                () -> EnvWorld.persist(editing, file, name, "value of " + name), pool));
      }
    }
    for (CompletableFuture<Void> writer : writers) {
      writer.get();
    }
    assertAllAreIn(5);
  }

  /** The lock of the kernel, not that of one Java program, keeps them apart. */
  @Test
  void twentyChangesByTenProcessesAreAllIn() throws Exception {
    List<Process> writers = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      List<String> words = new ArrayList<>(List.of("persist"));
      for (int j = 0; j < 2; j++) {
        words.add("K" + i + "_" + j);
      }
      writers.add(run(i % 2 == 0, null, words.toArray(String[]::new)));
    }
    for (Process writer : writers) {
      assertThat(writer.waitFor()).isZero();
    }
    assertAllAreIn(2);
  }

  /** Looks for the changes of ten writers. */
  private void assertAllAreIn(int each) throws Exception {
    try (EnvFile now = EnvFile.read(file)) {
      assertThat(now.brokenLine()).isZero();
      assertThat(now.entries()).hasSize(10 * each + 2);
      for (int i = 0; i < 10 * each; i++) {
        String name = "K" + i / each + "_" + i % each;
        String value = now.value(name).withChars(String::new);
        assertThat(value).isEqualTo("value of " + name);
      }
    }
    assertThat(versions()).hasSize(10 * each);
    assertClean();
  }

  static Stream<Arguments> moments() {
    Random random = new Random(SEED);
    return IntStream.range(0, 10)
        .mapToObj(i -> Arguments.of(EARLIEST + random.nextDouble() * (1 - EARLIEST), i % 2 == 0));
  }

  @ParameterizedTest(name = "after {0} of a run, in place: {1}")
  @MethodSource("moments")
  void afterAKillAtAnyMomentTheNextStartLeavesOldOrNew(double part, boolean inPlace)
      throws Exception {
    Process killed = run(inPlace, null, "save", "A", "zzNEWzz");
    if (!killed.waitFor((long) (part * wholeRun()), TimeUnit.MILLISECONDS)) {
      killed.destroyForcibly().waitFor();
    }
    assertThat(run(inPlace, null, "recover").waitFor()).isZero();

    assertThat(Files.readString(file)).isIn(OLD, NEW);
    assertThat(versions()).hasSize(Files.readString(file).equals(NEW) ? 1 : 0);
    assertClean();
  }

  /** Returns how long a run takes that nobody kills, in milliseconds; measured once. */
  private long wholeRun() throws Exception {
    if (wholeRun == 0) {
      Path other = Files.writeString(folder.resolve("other"), OLD).toRealPath();
      long began = System.nanoTime();
      assertThat(start(folder.resolve("otherHome"), other, other, null, "save", "A", "x").waitFor())
          .isZero();
      wholeRun = (System.nanoTime() - began) / 1_000_000;
    }
    return wholeRun;
  }

  private List<EnvVersion> versions() throws Exception {
    return new EnvHistory(EnvWorld.home(home)).list(EnvWorld.target(file));
  }

  private void assertClean() throws Exception {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r-----");
    try (Stream<Path> beside = Files.list(file.getParent())) {
      assertThat(beside).as("nothing is left beside the file").containsExactly(file);
    }
    Home state = EnvWorld.home(home);
    if (!Files.exists(state.state())) {
      return;
    }
    Journal journal = Journal.open(state, InstantSource.system());
    assertThat(journal.verify()).isInstanceOf(JournalCheck.Intact.class);
    Map<String, Integer> open = new TreeMap<>();
    for (JournalEntry entry : journal.entries()) {
      if (!entry.intent().isEmpty()) {
        int change = entry.kind() == EntryKind.INTENT ? 1 : entry.kind() == EntryKind.STEP ? 0 : -1;
        open.merge(entry.intent(), change, Integer::sum);
      }
    }
    assertThat(open.values()).as("each announcement has one outcome").allMatch(left -> left == 0);
    Path edits = state.state().resolve("env-edits");
    if (Files.exists(edits)) {
      try (Stream<Path> left = Files.list(edits)) {
        assertThat(left).isEmpty();
      }
    }
    try (Stream<Path> all = Files.walk(folder.resolve("home"))) {
      for (Path one : all.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(one, StandardCharsets.ISO_8859_1))
            .as("no value in %s", one)
            .doesNotContain("zzOLDzz", "zzNEWzz");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(one)))
            .as(one.toString())
            .isEqualTo("rw-------");
      }
    }
  }

  private Process run(boolean inPlace, @Nullable String halt, String... words) throws Exception {
    return start(home, file, inPlace ? file : Path.of("/nonexistent"), halt, words);
  }

  private static Process start(
      Path home, Path file, Path mounted, @Nullable String halt, String... words) throws Exception {
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xshare:auto"));
    if (halt != null) {
      command.add("-D" + StepBoundary.HALT_PROPERTY + "=" + halt);
    }
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            EnvWorld.class.getName(),
            home.toString(),
            file.toString(),
            mounted.toString()));
    command.addAll(List.of(words));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(Files.createTempFile(home.getParent(), "run", ".out").toFile())
        .start();
  }
}
