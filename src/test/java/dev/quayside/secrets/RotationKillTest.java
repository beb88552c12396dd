package dev.quayside.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.bed.Bed;
import dev.quayside.common.Home;
import dev.quayside.common.StepBoundary;
import dev.quayside.journal.EntryKind;
import dev.quayside.journal.Journal;
import dev.quayside.journal.JournalCheck;
import dev.quayside.journal.JournalEntry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Kills a rotation at every named step and at random moments; what is left must be old or new,
 * never a mix.
 */
@Tag("bed")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RotationKillTest {

  private static final long SEED = 20261122;
  private static final int RANDOM_KILLS = 10;
  // A start takes about a third of a run; killing before the announcement would show nothing.
  private static final double EARLIEST = 0.3;

  @TempDir static Path folder;

  private Bed bed;
  private LitellmStack stack;
  private RotationProcess process;
  private Path root;
  private long wholeRun;
  private final Set<String> everyKey = new HashSet<>();

  @BeforeAll
  void start() throws Exception {
    bed = Bed.required();
    stack = new LitellmStack(bed, Files.createDirectory(folder.resolve("stack")));
    root = Files.createDirectory(folder.resolve("home"));
    process = new RotationProcess(bed, folder, root);
    Bed.await(
        "the gateway answers", Duration.ofSeconds(30), () -> LitellmStack.ask(stack.key()) == 200);
  }

  @AfterAll
  void stop() throws Exception {
    if (stack != null) {
      stack.close();
    }
  }

  static Stream<Arguments> steps() {
    List<String> steps = RotationSteps.FORWARD;
    return IntStream.range(0, steps.size()).mapToObj(i -> Arguments.of(steps.get(i), i % 2 == 0));
  }

  @ParameterizedTest(name = "{0}, as root: {1}")
  @MethodSource("steps")
  void afterAKillAtAStepTheNextStartLeavesOldOrNew(String step, boolean asRoot) throws Exception {
    Situation before = Situation.of(stack);
    handHomeTo(asRoot);

    assertThat(process.rotate(asRoot, step)).isEqualTo(StepBoundary.HALT_STATUS);
    assertThat(process.recover(asRoot, null)).isZero();

    boolean proven =
        RotationSteps.FORWARD.indexOf(step) >= RotationSteps.FORWARD.indexOf(RotationSteps.PROVEN);
    assertThat(stack.key().equals(before.key())).isEqualTo(!proven);
    assertWhole(before);
  }

  static Stream<Arguments> moments() {
    Random random = new Random(SEED);
    return IntStream.range(0, RANDOM_KILLS)
        .mapToObj(i -> Arguments.of(EARLIEST + random.nextDouble() * (1 - EARLIEST), i % 2 == 0));
  }

  @ParameterizedTest(name = "after {0} of a run, as root: {1}")
  @MethodSource("moments")
  void afterAKillAtAnyMomentTheNextStartLeavesOldOrNew(double part, boolean asRoot)
      throws Exception {
    long millis = (long) (part * wholeRun());
    Situation before = Situation.of(stack);
    handHomeTo(asRoot);

    Process run = process.start(asRoot, null, "rotate", LitellmStack.PROJECT, LitellmStack.KEY);
    if (!run.waitFor(millis, TimeUnit.MILLISECONDS)) {
      run.descendants().filter(RotationKillTest::isJava).forEach(ProcessHandle::destroyForcibly);
      run.destroyForcibly().waitFor();
    }
    assertThat(process.recover(asRoot, null)).isZero();

    assertWhole(before);
  }

  /** Returns how long a run takes that nobody kills, in milliseconds; measured once. */
  private long wholeRun() throws Exception {
    if (wholeRun == 0) {
      handHomeTo(true);
      long began = System.nanoTime();
      assertThat(process.rotate(true, null)).isZero();
      wholeRun = (System.nanoTime() - began) / 1_000_000;
    }
    return wholeRun;
  }

  private static boolean isJava(ProcessHandle handle) {
    return handle.info().command().orElse("").endsWith("/java");
  }

  /**
   * The user's and root's state are apart: each has its own home, so that neither owns files of the
   * other.
   */
  private void handHomeTo(boolean asRoot) throws Exception {
    process.useHome(root.resolve(asRoot ? "root" : "user"), !asRoot);
  }

  private void assertWhole(Situation before) throws Exception {
    Situation after = Situation.of(stack);
    everyKey.add(before.key());
    everyKey.add(after.key());
    assertThat(after.rest()).as("all but the key's value").isEqualTo(before.rest());
    assertThat(after.mode()).isEqualTo("rw-------");
    assertThat(after.owner()).isEqualTo(before.owner());
    assertThat(after.others()).as("containers that do not use the key").isEqualTo(before.others());
    assertThat(stack.containers().keySet())
        .filteredOn(name -> name.contains("litellm"))
        .containsExactly("dream-litellm");
    assertThat(stack.envInDashboard()).isEqualTo(Files.readString(stack.env));
    Bed.await(
        "the key in the file is accepted",
        Duration.ofSeconds(20),
        () -> LitellmStack.ask(after.key()) == 200);
    for (String key : everyKey) {
      assertThat(LitellmStack.ask(key))
          .as("another key")
          .isEqualTo(key.equals(after.key()) ? 200 : 400);
    }
    assertStateIsClean();
    assertThat(orphans()).isEmpty();
  }

  private void assertStateIsClean() throws Exception {
    Home home = Home.locate(process.home(), Map.of(), folder);
    Journal journal = Journal.open(home, InstantSource.system());
    assertThat(journal.verify()).isInstanceOf(JournalCheck.Intact.class);
    Map<String, Integer> open = new TreeMap<>();
    for (JournalEntry entry : journal.entries()) {
      int change = entry.kind() == EntryKind.INTENT ? 1 : entry.kind() == EntryKind.STEP ? 0 : -1;
      open.merge(entry.intent(), change, Integer::sum);
    }
    open.remove("");
    assertThat(open.values())
        .as("each announcement has one outcome")
        .allMatch(balance -> balance == 0);
    Path runs = home.state().resolve("rotations");
    if (Files.exists(runs)) {
      try (Stream<Path> left = Files.list(runs)) {
        assertThat(left).isEmpty();
      }
    }
    try (Stream<Path> all = Files.walk(home.state())) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertThat(everyKey).as("keys in %s", file).noneMatch(text::contains);
      }
    }
    giveBackTo(home);
  }

  private void giveBackTo(Home home) throws Exception {
    if (process.home().endsWith("user")) {
      LitellmStack.giveAway(process.home());
    }
  }

  // By the folder too: other beds on this machine may have a project of this name.
  private List<String> orphans() {
    List<String> found = new ArrayList<>();
    ProcessHandle.allProcesses()
        .map(handle -> handle.info().commandLine().orElse(""))
        .filter(line -> line.contains("--project-name " + LitellmStack.PROJECT))
        .filter(line -> line.contains(folder.toString()))
        .forEach(found::add);
    return found;
  }

  private record Situation(
      String key, String rest, String mode, Object owner, Map<String, String> others) {
    static Situation of(LitellmStack stack) throws Exception {
      Map<String, String> others = stack.containers();
      others.remove("dream-litellm");
      return new Situation(
          stack.key(),
          stack.hashWithoutKey(),
          PosixFilePermissions.toString(Files.getPosixFilePermissions(stack.env)),
          Files.getAttribute(stack.env, "unix:uid"),
          others);
    }
  }
}
