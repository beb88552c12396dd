package dev.quayside.stack.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.bed.Bed;
import dev.quayside.bed.BedStack;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Merging on the private engine: what real containers write, are restarted and are made anew. */
@Tag("bed")
class MergedLogBedTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /**
   * Writes a numbered line each 50 ms, a line of 40,000 characters first, and one with colours on
   * standard error.
   */
  private static final String COMPOSE =
      """
      services:
        one:
          image: caddy:2.11.3-alpine
          init: true
          command: ["sh", "-c", "head -c 40000 /dev/zero | tr '\\\\0' x; echo; i=0; while true; do echo one $$i; i=$$((i+1)); sleep 0.05; done"]
        two:
          image: caddy:2.11.3-alpine
          init: true
          command: ["sh", "-c", "printf '\\\\033[31mred trouble\\\\033[0m\\\\n' >&2; i=0; while true; do echo two $$i; i=$$((i+1)); sleep 0.05; done"]
      """;

  @TempDir Path folder;

  private final List<LogLine> lines = new CopyOnWriteArrayList<>();
  private ContainerRegistry registry;
  private BedStack stack;
  private MergedLog log;

  @BeforeEach
  void open() throws Exception {
    registry = ContainerRegistry.open(dev.quayside.engine.Bed::connect, InstantSource.system());
    stack = Bed.required().stack(COMPOSE, folder).up();
  }

  @AfterEach
  void close() throws Exception {
    if (log != null) {
      log.close();
    }
    registry.close();
    stack.close();
  }

  private void read(boolean follow) throws Exception {
    Bed.await("the model has both services", PATIENCE, () -> ours().size() == 2);
    String project = ours().getFirst().project();
    log =
        MergedLog.open(
            registry::engine,
            registry.feed(),
            new LogQuery(project, null, LogQuery.ALL, null, follow),
            InstantSource.system(),
            System::nanoTime,
            lines::addAll);
  }

  private List<Container> ours() {
    return registry.feed().latest().containers().stream()
        .filter(container ->
            container
                .labels()
                .getOrDefault("com.docker.compose.project.working_dir", "")
                .startsWith(folder.toString()))
        .toList();
  }

  private List<String> texts(String service) {
    return lines.stream()
        .filter(line -> line.service().equals(service))
        .map(LogLine::text)
        .toList();
  }

  private long counted(String service) {
    return texts(service).stream().filter(text -> text.startsWith(service)).count();
  }

  @Test
  void twoServicesAreMergedByTheEnginesStampsWithTornLinesJoinedAndColoursStripped()
      throws Exception {
    Bed.await(
        "both wrote", PATIENCE, () -> stack.compose("logs", "--no-log-prefix").contains("two 40"));
    read(false);
    Bed.await("all is read", PATIENCE, () -> log.ended().latest());

    assertThat(lines).isSortedAccordingTo(java.util.Comparator.comparing(LogLine::at));
    LogLine torn =
        lines.stream().filter(line -> line.text().startsWith("xxx")).findFirst().orElseThrow();
    assertThat(torn.text()).isEqualTo("x".repeat(PieceJoiner.LONGEST_LINE));
    assertThat(torn.text().length() + torn.cut()).isEqualTo(40_000);
    LogLine red = lines.stream().filter(LogLine::standardError).findFirst().orElseThrow();
    assertThat(red.text()).isEqualTo("red trouble");
    assertThat(red.severity()).isEqualTo(Severity.UNKNOWN);
    for (String service : List.of("one", "two")) {
      List<String> counted =
          texts(service).stream().filter(text -> text.startsWith(service)).toList();
      assertThat(counted)
          .hasSizeGreaterThan(20)
          .isEqualTo(IntStream.range(0, counted.size()).mapToObj(i -> service + " " + i).toList());
    }
  }

  @Test
  void aRestartedContainerGoesOnWithoutLossOrRepetition() throws Exception {
    read(true);
    Bed.await("lines come", PATIENCE, () -> counted("one") > 20);
    stack.compose("restart", "-t", "0", "one");
    Bed.await(
        "it began again",
        PATIENCE,
        () -> texts("one").stream().filter("one 5"::equals).count() == 2);
    String all = stack.compose("logs", "--no-log-prefix", "--no-color", "one");
    // Compose clears the line before each of its own.
    long begun = all.lines().filter(line -> line.endsWith("one 0")).count();
    assertThat(texts("one").stream().filter("one 0"::equals).count()).isEqualTo(begun).isEqualTo(2);
    long before =
        texts("one").subList(0, texts("one").lastIndexOf("one 0")).stream()
            .filter(text -> text.startsWith("one"))
            .distinct()
            .count();
    assertThat(
            texts("one").subList(0, texts("one").lastIndexOf("one 0")).stream()
                .filter(text -> text.startsWith("one"))
                .count())
        .isEqualTo(before);
  }

  @Test
  void aRecreatedContainerIsFollowedUnderTheSameService() throws Exception {
    read(true);
    Bed.await("lines come", PATIENCE, () -> counted("two") > 5);
    String old =
        lines.stream()
            .filter(line -> line.service().equals("two"))
            .findFirst()
            .orElseThrow()
            .container()
            .value();
    stack.compose("up", "-d", "--force-recreate", "--no-deps", "-t", "0", "two");
    Bed.await(
        "the new container is read from its first line",
        PATIENCE,
        () ->
            lines.stream()
                .anyMatch(line ->
                    line.service().equals("two")
                        && !line.container().value().equals(old)
                        && line.text().equals("two 0")));
    assertThat(counted("one")).isPositive();
  }
}
