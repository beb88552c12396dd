package dev.quayside.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.bed.Bed;
import dev.quayside.bed.BedStack;
import dev.quayside.engine.Connection;
import dev.quayside.engine.ContainerRegistry;
import dev.quayside.engine.ContainerState;
import dev.quayside.engine.Endpoint;
import dev.quayside.engine.socket.SocketConnector;
import dev.quayside.exposure.status.ServiceStatus;
import dev.quayside.exposure.status.StatusFeed;
import dev.quayside.exposure.status.StatusFeeds;
import dev.quayside.exposure.status.StatusSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the engine under a running status feed and starts it again. */
@Tag("bed")
class EngineLossProofTest {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final String STACK =
      """
      services:
        keeper:
          image: quayside-bed/base:1
          command: ["sleep", "100000"]
          init: true
          restart: always
        victim:
          image: quayside-bed/plain:1
          restart: always
          ports: ["127.0.0.1:18950:8080"]
        leaver:
          image: quayside-bed/base:1
          command: ["sleep", "100000"]
          init: true
      """;

  @TempDir private Path folder;
  private final Bed bed = Bed.required();
  private final List<StatusSnapshot> seen = new CopyOnWriteArrayList<>();

  @Test
  void aKilledEngineIsLostAndAfterwardsEveryRowIsRightAndThereOnlyOnce() throws Exception {
    SocketConnector connector = new SocketConnector(bed.environment());
    try (BedStack stack = bed.stack(STACK, folder).up();
        ContainerRegistry registry =
            ContainerRegistry.open(
                () -> connector.connect(new Endpoint.Unix(bed.socket())), InstantSource.system());
        StatusFeed feed =
            StatusFeeds.open(
                registry.feed(),
                registry::engine,
                List::of,
                bed.environment(),
                InstantSource.system(),
                System::nanoTime);
        var _ = feed.feed().observe(seen::add)) {
      String project = stack.directory().getFileName().toString();
      Bed.await("three rows", PATIENCE, () -> connected(feed) && rows(feed, project).size() == 3);
      Map<String, ServiceStatus> before = rows(feed, project);
      Set<String> known = ids(feed);

      engine("kill");
      Bed.await("the loss is told", PATIENCE, () -> lost(feed.feed().latest()));
      assertThat(ids(feed)).as("what was known stays in view").isEqualTo(known);
      // Ends while nobody is there to tell of it; its restart policy brings it back with the
      // engine.
      kill(before.get("victim"));
      engine("start");

      Bed.await(
          "the rows are as the engine says", PATIENCE, () -> connected(feed) && settled(feed));
      bed.docker("rm", "-f", before.get("leaver").container().name());
      stack.compose("up", "-d", "leaver");
      // The engine brings back what has to run again some time after it answers.
      Bed.await(
          "the new container has its row, and the old one runs again",
          PATIENCE,
          () ->
              settled(feed)
                  && rows(feed, project).size() == 3
                  && rows(feed, project).get("victim").container().state()
                      == ContainerState.RUNNING);

      Map<String, ServiceStatus> after = rows(feed, project);
      assertThat(id(after, "keeper")).isEqualTo(id(before, "keeper"));
      assertThat(id(after, "victim")).isEqualTo(id(before, "victim"));
      assertThat(id(after, "leaver")).isNotEqualTo(id(before, "leaver"));
      assertThat(after.get("victim").container().state()).isEqualTo(ContainerState.RUNNING);
      assertThat(after.get("victim").container().facts().startedAt())
          .isAfter(before.get("victim").container().facts().startedAt());
      Inspected victim = Inspected.all(bed).get(id(after, "victim"));
      assertThat(after.get("victim").container().facts().pid()).hasValue(victim.pid());
      noRowTwice();
      assertThat(seen.stream().map(EngineLossProofTest::word).distinct())
          .containsSubsequence("Connected", "Lost");
      assertThat(word(seen.getLast())).isEqualTo("Connected");
    } finally {
      engine("start");
    }
  }

  private void noRowTwice() {
    for (StatusSnapshot snapshot : seen) {
      List<String> ids = all(snapshot).stream().map(row -> row.container().id().value()).toList();
      assertThat(ids).doesNotHaveDuplicates();
    }
  }

  /** Says whether rows and engine agree on which containers there are and how they are. */
  private boolean settled(StatusFeed feed) throws IOException, InterruptedException {
    Map<String, String> shown = new TreeMap<>();
    for (ServiceStatus row : all(feed.feed().latest())) {
      if (row.container().facts() == null) {
        return false;
      }
      shown.put(
          row.container().id().value(), row.container().state().name().toLowerCase(Locale.ROOT));
    }
    Map<String, String> real = new TreeMap<>();
    Inspected.all(bed).values().forEach(one -> real.put(one.id(), one.state()));
    return shown.equals(real);
  }

  private void engine(String verb) throws IOException, InterruptedException {
    String script = bed.environment().get("QUAYSIDE_BED_SCRIPT");
    Process process =
        new ProcessBuilder(script, "engine", verb)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("engine.log").toFile())
            .start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  private static void kill(ServiceStatus row) {
    long pid = row.container().facts().pid().orElseThrow();
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
  }

  private static boolean connected(StatusFeed feed) {
    StatusSnapshot snapshot = feed.feed().latest();
    return snapshot.connection() instanceof Connection.Connected && snapshot.complete();
  }

  private static boolean lost(StatusSnapshot snapshot) {
    return snapshot.connection() instanceof Connection.Lost;
  }

  private static String word(StatusSnapshot snapshot) {
    return snapshot.connection().getClass().getSimpleName();
  }

  private static String id(Map<String, ServiceStatus> rows, String service) {
    return rows.get(service).container().id().value();
  }

  private static Set<String> ids(StatusFeed feed) {
    return all(feed.feed().latest()).stream()
        .map(row -> row.container().id().value())
        .collect(Collectors.toSet());
  }

  private static List<ServiceStatus> all(StatusSnapshot snapshot) {
    return snapshot.stacks().stream().flatMap(stack -> stack.services().stream()).toList();
  }

  /** Returns the project's rows with their facts by service. */
  private static Map<String, ServiceStatus> rows(StatusFeed feed, String project) {
    return all(feed.feed().latest()).stream()
        .filter(row -> project.equals(row.container().project()) && row.container().facts() != null)
        .collect(Collectors.toMap(row -> row.container().service(), row -> row));
  }
}
