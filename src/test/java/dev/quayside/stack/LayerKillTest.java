package dev.quayside.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.bed.Bed;
import dev.quayside.bed.BedProgram;
import dev.quayside.common.Home;
import dev.quayside.common.StepBoundary;
import dev.quayside.journal.EntryKind;
import dev.quayside.journal.Journal;
import dev.quayside.journal.JournalCheck;
import dev.quayside.journal.JournalEntry;
import dev.quayside.stack.layer.LayerSteps;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Kills a recreate of a stack, one container of which has data to carry over, at every named step
 * and while Compose works, as root and as an ordinary user; the next start leaves all of it running
 * with all its data, and no copy.
 */
@Tag("bed")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LayerKillTest {

  private static final int USER = 12345;

  @TempDir static Path folder;

  private Bed bed;
  private LayerStack stack;
  private BedProgram program;
  private String data;

  @BeforeAll
  void start() throws Exception {
    bed = Bed.required();
    stack = new LayerStack(bed, Files.createDirectory(folder.resolve("stack")));
    program = new BedProgram(bed, folder, LayerWorld.class);
    for (boolean root : List.of(true, false)) {
      Path home = Files.createDirectory(home(root));
      int owner = root ? 0 : USER;
      Files.setAttribute(home, "unix:uid", owner);
      Files.setAttribute(home, "unix:gid", owner);
    }
  }

  @BeforeEach
  void fill() throws Exception {
    stack.inside("rm -rf /app");
    stack.fill();
    data = stack.data();
  }

  private static Path home(boolean root) {
    return folder.resolve(root ? "root" : "user");
  }

  @AfterAll
  void stop() throws Exception {
    if (stack != null) {
      stack.close();
    }
  }

  static Stream<Arguments> steps() {
    return IntStream.range(0, LayerSteps.ALL.size())
        .mapToObj(i -> Arguments.of(LayerSteps.ALL.get(i), i % 2 == 0));
  }

  @ParameterizedTest(name = "{0}, as root: {1}")
  @MethodSource("steps")
  void afterAKillAtAStepTheNextStartLeavesTheDataInARunningContainer(String step, boolean root)
      throws Exception {
    String before = stack.id();

    List<String> all = stack.states();
    assertThat(all).hasSize(4).allMatch(one -> one.endsWith(" running"));

    assertThat(run(root, step, recreate(step))).isEqualTo(StepBoundary.HALT_STATUS);
    assertThat(run(root, null, "recover")).isZero();

    assertThat(stack.states()).as("all run, under their names").isEqualTo(all);
    int at = LayerSteps.ALL.indexOf(step);
    int making = LayerSteps.ALL.indexOf("layer.compose.make");
    if (at != making) {
      assertThat(stack.id().equals(before)).isEqualTo(at < making);
    }
    assertThat(stack.data()).isEqualTo(data);
    assertNothingIsLeft(root);
  }

  /** The whole stack where it matters most; one beside the one with data everywhere. */
  private String[] recreate(String step) {
    return step.equals("layer.compose.make") || step.equals("layer.made")
        ? new String[] {"RECREATE", stack.project}
        : new String[] {"RECREATE", stack.project, LayerStack.CHAT, "meilisearch"};
  }

  @Test
  void whatIsLeftWhenTheNextUpBringsItToAnEndIsToldByThat() throws Exception {
    assertThat(run(true, "layer.making", "RECREATE", stack.project, LayerStack.CHAT))
        .isEqualTo(StepBoundary.HALT_STATUS);
    bed.docker("rm", stack.id());
    stack.change("stop_grace_period: 1s", "read_only: true");
    try {
      assertThat(run(true, null, "UP", stack.project, LayerStack.CHAT))
          .as("attention")
          .isEqualTo(4);

      assertThat(stack.state()).as("nothing can be put into it, and it runs").isEqualTo("running");
      try (Stream<Path> left = Files.list(state(true).resolve("layers-left"))) {
        assertThat(left).isNotEmpty();
      }
      try (Stream<Path> waiting = Files.list(state(true).resolve("layers"))) {
        assertThat(waiting).isEmpty();
      }
    } finally {
      stack.change("read_only: true", "stop_grace_period: 1s");
      assertThat(run(true, null, "RECREATE", stack.project, LayerStack.CHAT)).isZero();
    }
  }

  @Test
  void whatWasStartedMeanwhileIsNotWrittenOverAndTheCopyIsPutAside() throws Exception {
    assertThat(run(true, "layer.made", "RECREATE", stack.project, LayerStack.CHAT))
        .isEqualTo(StepBoundary.HALT_STATUS);
    bed.docker("start", stack.id());
    stack.inside("mkdir -p /app/uploads; echo mine >/app/uploads/file");

    assertThat(run(true, null, "recover")).isZero();

    assertThat(stack.inside("cat /app/uploads/file")).isEqualTo("mine\n");
    try (Stream<Path> left = Files.list(state(true).resolve("layers-left"))) {
      assertThat(Files.readString(left.findFirst().orElseThrow(), StandardCharsets.ISO_8859_1))
          .contains("secret-upload");
    }
  }

  @Test
  void aContainerThatWasRemovedMeanwhileIsMadeAgainAndGetsItsData() throws Exception {
    assertThat(run(false, "layer.making", "RECREATE", stack.project, LayerStack.CHAT))
        .isEqualTo(StepBoundary.HALT_STATUS);
    bed.docker("rm", stack.id());

    assertThat(run(false, null, "recover")).isZero();

    assertThat(stack.state()).isEqualTo("running");
    assertThat(stack.data()).isEqualTo(data);
    assertNothingIsLeft(false);
  }

  @Test
  void theNextRecreatePutsWaitingDataBackFirst() throws Exception {
    assertThat(run(true, "layer.made", "RECREATE", stack.project, LayerStack.CHAT))
        .isEqualTo(StepBoundary.HALT_STATUS);

    assertThat(run(true, null, "RECREATE", stack.project, LayerStack.CHAT)).isZero();

    assertThat(stack.state()).isEqualTo("running");
    assertThat(stack.data()).isEqualTo(data);
  }

  @Test
  void theNextStartPutsWaitingDataBackFirst() throws Exception {
    assertThat(run(true, "layer.made", "RECREATE", stack.project, LayerStack.CHAT))
        .isEqualTo(StepBoundary.HALT_STATUS);

    assertThat(run(true, null, "START", stack.project, LayerStack.CHAT)).isZero();

    assertThat(stack.state()).isEqualTo("running");
    assertThat(stack.data()).isEqualTo(data);
  }

  private int run(boolean root, String halt, String... words) throws Exception {
    String[] all =
        Stream.concat(Stream.of(home(root).toString()), Stream.of(words)).toArray(String[]::new);
    return program.start(root, halt, all).waitFor();
  }

  private static Path state(boolean root) {
    return Home.locate(home(root), Map.of(), folder).state();
  }

  private void assertNothingIsLeft(boolean root) throws Exception {
    Home home = Home.locate(home(root), Map.of(), folder);
    Journal journal = Journal.open(home, InstantSource.system());
    assertThat(journal.verify()).isInstanceOf(JournalCheck.Intact.class);
    Map<String, Integer> open = new TreeMap<>();
    for (JournalEntry entry : journal.entries()) {
      int change = entry.kind() == EntryKind.INTENT ? 1 : entry.kind() == EntryKind.STEP ? 0 : -1;
      open.merge(entry.intent(), change, Integer::sum);
    }
    String last = journal.entries().getLast().intent();
    assertThat(open.get(last)).as("the announcement has one outcome").isLessThanOrEqualTo(1);
    try (Stream<Path> left = Files.list(home.state().resolve("layers"))) {
      assertThat(left).isEmpty();
    }
    try (Stream<Path> all = Files.walk(home.state())) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        if (!file.toString().contains("layers-left")) {
          assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
              .as("%s", file)
              .doesNotContain("secret-upload");
        }
        if (!root) {
          Files.setAttribute(file, "unix:uid", USER);
          Files.setAttribute(file, "unix:gid", USER);
        }
      }
    }
  }
}
