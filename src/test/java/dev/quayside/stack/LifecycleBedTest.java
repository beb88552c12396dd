package dev.quayside.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.bed.Bed;
import dev.quayside.bed.BedStack;
import dev.quayside.catalogue.Catalogue;
import dev.quayside.common.Home;
import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.common.Progress;
import dev.quayside.common.StepBoundary;
import dev.quayside.engine.Connection;
import dev.quayside.engine.Endpoint;
import dev.quayside.engine.Engine;
import dev.quayside.engine.EngineSnapshot;
import dev.quayside.engine.EngineSource;
import dev.quayside.engine.compose.Compose;
import dev.quayside.engine.docker.DockerControl;
import dev.quayside.engine.socket.SocketConnector;
import dev.quayside.journal.Journal;
import dev.quayside.journal.JournalEntry;
import dev.quayside.journal.JournaledCompose;
import dev.quayside.journal.JournaledEngine;
import dev.quayside.stack.LifecycleRequest.Action;
import dev.quayside.stack.ServiceResult.Reached;
import dev.quayside.stack.layer.LayerKeeper;
import dev.quayside.telemetry.GpuReading;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@Tag("bed")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LifecycleBedTest {

  private static final String COMPOSE =
      """
      services:
        checked:
          image: quayside-bed/plain:1
          healthcheck:
            test: ["CMD", "wget", "-q", "-O", "/dev/null", "http://127.0.0.1:8080/health"]
            interval: 1s
        plain:
          image: quayside-bed/plain:1
          depends_on: [checked]
        gated:
          image: quayside-bed/plain:1
          profiles: [extra]
        kept:
          image: quayside-bed/plain:1
          profiles: [model]
        ends:
          image: quayside-bed/base:1
          profiles: [broken]
          command: ["sh", "-c", "exit 3"]
        once:
          image: quayside-bed/base:1
          profiles: [once, awaiting]
          command: ["sh", "-c", "exit 0"]
        awaits:
          image: quayside-bed/plain:1
          profiles: [awaiting]
          depends_on:
            once:
              condition: service_completed_successfully
        slow:
          image: quayside-bed/plain:1
          profiles: [gates]
          command: ["sh", "-c", "sleep 3; exec /standin/serve"]
          stop_grace_period: 1s
          healthcheck:
            test: ["CMD", "wget", "-q", "-O", "/dev/null", "http://127.0.0.1:8080/health"]
            interval: 1s
            start_period: 30s
        behind:
          image: quayside-bed/plain:1
          profiles: [gates]
          depends_on: {slow: {condition: service_healthy}}
        sick:
          image: quayside-bed/plain:1
          profiles: [sick]
          healthcheck: {test: ["CMD", "false"], interval: 1s, retries: 1}
        after-sick:
          image: quayside-bed/plain:1
          profiles: [sick]
          depends_on: {sick: {condition: service_healthy}}
        last:
          image: quayside-bed/plain:1
          profiles: [sick]
          depends_on: [after-sick]
        owner:
          image: quayside-bed/plain:1
          profiles: [shared]
          stop_signal: SIGKILL
        sharer:
          image: quayside-bed/plain:1
          profiles: [shared]
          network_mode: "service:owner"
          command: ["sleep", "1000"]
          stop_signal: SIGKILL
        named:
          image: quayside-bed/plain:1
          profiles: [named]
          container_name: ${API_KEY:-unset}
      """;

  @TempDir static Path folder;

  private Bed bed;
  private BedStack stack;
  private String project;
  private EngineSource engines;
  private Journal journal;
  private Lifecycle lifecycle;

  @BeforeAll
  void start() throws Exception {
    bed = Bed.required();
    stack = bed.stack(COMPOSE, folder);
    project = stack.directory().getFileName().toString();
    Endpoint endpoint = new Endpoint.Unix(bed.socket());
    engines = () -> new SocketConnector(bed.environment()).connect(endpoint);
    Home home = Home.locate(folder.resolve("home"), Map.of(), folder);
    journal = Journal.open(home, InstantSource.system());
    Compose compose = Compose.on(endpoint, bed.environment());
    JournaledEngine control = new JournaledEngine(DockerControl.of(endpoint, bed.environment()));
    LayerKeeper layers = new LayerKeeper(control, Catalogue.load(), home, StepBoundary.none());
    lifecycle =
        new Lifecycle(
            engines,
            control,
            compose,
            new Recreation(
                new JournaledCompose(compose), layers, Catalogue.load(), System::nanoTime),
            journal,
            Catalogue.load(),
            GpuReading.NotYet::new,
            System::nanoTime);
  }

  @BeforeEach
  void bringUp() throws Exception {
    stack.compose("--profile", "extra", "up", "-d");
    stack.compose("--profile", "model", "create", "kept");
  }

  @AfterAll
  void stop() throws Exception {
    if (stack != null) {
      stack.close();
    }
  }

  @Test
  void allServicesAreRestartedAndContainersKeptStoppedAreLeftAlone() throws Exception {
    Map<String, String> before = ids();
    LifecycleReceipt receipt = done(run(Action.RESTART));
    assertThat(states(receipt))
        .containsEntry("checked", Reached.HEALTHY)
        .containsEntry("plain", Reached.RUNNING)
        .containsEntry("gated", Reached.RUNNING)
        .containsEntry("kept", Reached.LEFT_ALONE);
    assertThat(ids()).as("a restart keeps the containers").isEqualTo(before);
  }

  @Test
  void stopAndStartConcernOnlyTheNamedService() throws Exception {
    assertThat(states(done(run(Action.STOP, "plain")))).isEqualTo(Map.of("plain", Reached.STOPPED));
    assertThat(running()).contains("checked", "gated").doesNotContain("plain", "kept");
    assertThat(states(done(run(Action.START, "plain"))))
        .isEqualTo(Map.of("plain", Reached.RUNNING));
    assertThat(running()).contains("plain");
  }

  @Test
  void stoppingAllNeverRemovesAContainer() throws Exception {
    Map<String, String> before = ids();
    done(run(Action.STOP));
    assertThat(running()).isEmpty();
    assertThat(ids()).isEqualTo(before);
    done(run(Action.START));
    assertThat(running())
        .as("the profile of gated was on, that of kept was not")
        .containsExactlyInAnyOrder("checked", "plain", "gated");
  }

  @Test
  void aProfiledServiceIsRecreatedWithoutItsProfileBeingNamed() throws Exception {
    Map<String, String> before = ids();
    assertThat(states(done(run(Action.RECREATE, "gated"))))
        .isEqualTo(Map.of("gated", Reached.RUNNING));
    Map<String, String> after = ids();
    assertThat(after.get("gated")).isNotEqualTo(before.get("gated"));
    after.remove("gated");
    before.remove("gated");
    assertThat(after).isEqualTo(before);
  }

  @Test
  void upMakesWhatIsMissing() throws Exception {
    bed.docker("rm", "-f", container("plain"));
    LifecycleReceipt receipt = done(run(Action.UP));
    assertThat(states(receipt))
        .containsEntry("plain", Reached.RUNNING)
        .containsEntry("kept", Reached.LEFT_ALONE);
    assertThat(running()).contains("plain").doesNotContain("kept");
  }

  @Test
  void dataInTheWritableLayerIsRefusedWithTheListAndARestartKeepsIt() throws Exception {
    bed.docker(
        "exec",
        container("plain"),
        "sh",
        "-c",
        "mkdir -p /srv/own; echo 1 >/srv/own/data.db; echo 1 >/tmp/x");
    String before = container("plain");

    Outcome<LifecycleReceipt> outcome = run(Action.RECREATE, "plain");

    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    Problem problem = ((Outcome.Refused<LifecycleReceipt>) outcome).problem();
    assertThat(problem.code()).isEqualTo("LAYER-DATA");
    assertThat(problem.happened()).contains("plain: /srv/own/data.db").doesNotContain("/tmp/x");
    assertThat(container("plain")).isEqualTo(before);
    done(run(Action.UP, "plain"));
    assertThat(container("plain")).isEqualTo(before);
    bed.docker("rm", "-f", before);
  }

  @Test
  void aServiceThatEndsIsReportedWithItsExitCode() throws Exception {
    Outcome<LifecycleReceipt> outcome = run(Action.UP, "ends");
    assertThat(outcome).isInstanceOf(Outcome.Attention.class);
    LifecycleReceipt receipt = ((Outcome.Attention<LifecycleReceipt>) outcome).receipt();
    assertThat(receipt.services().getFirst().state()).isEqualTo(Reached.EXITED);
    assertThat(receipt.services().getFirst().text()).contains("3");
    bed.docker("rm", "-f", container("ends"));
  }

  @Test
  void aServiceThatRunsToItsEndNeedsAttentionUnlessAnotherOneWaitsForThat() throws Exception {
    Outcome<LifecycleReceipt> outcome = run(Action.UP, "once");
    assertThat(outcome).isInstanceOf(Outcome.Attention.class);
    assertThat(states(((Outcome.Attention<LifecycleReceipt>) outcome).receipt()))
        .isEqualTo(Map.of("once", Reached.EXITED));

    assertThat(states(done(run(Action.START, "once"))))
        .as("it had ended before")
        .isEqualTo(Map.of("once", Reached.STOPPED));

    bed.docker("rm", "-f", container("once"));
    assertThat(states(done(run(Action.UP, "once", "awaits"))))
        .isEqualTo(Map.of("once", Reached.STOPPED, "awaits", Reached.RUNNING));
    bed.docker("rm", "-f", container("once"), container("awaits"));
  }

  @Test
  void aWishToStopDoesNotCutComposeOffAndIsAnsweredAfterIt() throws Exception {
    String before = container("plain");
    CancelledOnFirstLine progress = new CancelledOnFirstLine();

    Outcome<LifecycleReceipt> outcome =
        lifecycle.run(new LifecycleRequest(Action.RECREATE, seen(), List.of("plain")), progress);

    assertThat(progress.lines).isNotEmpty();
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Attention.class,
            attention -> assertThat(attention.problem().code()).isEqualTo("CHANGE-STOPPED"));
    assertThat(states(((Outcome.Attention<LifecycleReceipt>) outcome).receipt()))
        .isEqualTo(Map.of("plain", Reached.NOT_AWAITED));
    assertThat(container("plain")).isNotEqualTo(before);
    assertThat(running()).contains("plain");
  }

  @Test
  void aWishToStopBeforeComposeBeginsChangesNothing() throws Exception {
    String before = container("plain");

    Outcome<LifecycleReceipt> outcome =
        lifecycle.run(
            new LifecycleRequest(Action.RECREATE, seen(), List.of("plain")),
            new ReadinessTest.Cancelled());

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.problem().code()).isEqualTo("CHANGE-NOT-BEGUN"));
    assertThat(container("plain")).isEqualTo(before);
  }

  @Test
  void aSecretOfTheEnvFileDoesNotShowInWhatComposeSays() throws Exception {
    String secret = "bed-" + project + "-9f3a1c";
    Path env = stack.directory().resolve(".env");
    Files.writeString(env, "API_KEY=" + secret + "\n");
    CancelledOnFirstLine progress = new CancelledOnFirstLine();
    try {
      lifecycle.run(new LifecycleRequest(Action.UP, seen(), List.of("named")), progress);
      assertThat(container("named")).isNotNull();
      assertThat(progress.lines).isNotEmpty().noneMatch(line -> line.contains(secret));
    } finally {
      bed.docker("rm", "-f", container("named"));
      Files.delete(env);
    }
  }

  @Test
  void aMissingComposeFileIsNamedAndRestartWorksWithoutIt() throws Exception {
    Path file = stack.directory().resolve("docker-compose.yml");
    Stack seen = seen();
    Files.move(file, file.resolveSibling("away"));
    try {
      Outcome<LifecycleReceipt> outcome =
          lifecycle.run(
              new LifecycleRequest(Action.RECREATE, seen, List.of("plain")), Progress.none());
      assertThat(outcome).isInstanceOf(Outcome.Failed.class);
      assertThat(((Outcome.Failed<LifecycleReceipt>) outcome).problem().happened())
          .contains(file.toString());
      done(
          lifecycle.run(
              new LifecycleRequest(Action.RESTART, seen, List.of("plain")), Progress.none()));
    } finally {
      Files.move(file.resolveSibling("away"), file);
    }
  }

  @Test
  void aContainerWithoutComposeCanBeStoppedAndStartedButNotRecreated() throws Exception {
    String name = "solo-" + project;
    bed.docker("run", "-d", "--name", name, "quayside-bed/plain:1");
    try {
      Stack others = others();
      assertThat(
              states(
                  done(
                      lifecycle.run(
                          new LifecycleRequest(Action.STOP, others, List.of(name)),
                          Progress.none()))))
          .isEqualTo(Map.of(name, Reached.STOPPED));
      assertThat(
              states(
                  done(
                      lifecycle.run(
                          new LifecycleRequest(Action.START, others, List.of(name)),
                          Progress.none()))))
          .isEqualTo(Map.of(name, Reached.RUNNING));
      assertThat(
              lifecycle.run(
                  new LifecycleRequest(Action.RECREATE, others, List.of(name)), Progress.none()))
          .isInstanceOf(Outcome.Refused.class);
    } finally {
      bed.docker("rm", "-f", name);
    }
  }

  @Test
  void eachChangeIsAnnouncedBeforeAndConcludedAfter() throws Exception {
    LifecycleReceipt receipt = done(run(Action.RESTART, "checked"));
    List<JournalEntry> entries = journal.entries();
    String id = entries.getLast().intent();
    assertThat(
            entries.stream()
                .filter(entry -> entry.intent().equals(id))
                .map(entry -> entry.kind().name()))
        .containsExactly("INTENT", "STEP", "DONE");
    assertThat(receipt.journalHead()).isEqualTo(entries.getLast().hash());
  }

  @Test
  void aDependantStartsOnlyAfterWhatItDependsOnIsHealthy() throws Exception {
    stack.compose("--profile", "gates", "up", "--no-start", "slow", "behind");
    try {
      assertThat(states(done(run(Action.START, "behind", "slow"))))
          .isEqualTo(Map.of("slow", Reached.HEALTHY, "behind", Reached.RUNNING));
      // It takes three seconds to answer.
      assertThat(moment("behind", "StartedAt")).isAfter(moment("slow", "StartedAt").plusSeconds(3));

      assertThat(states(done(run(Action.RESTART, "behind", "slow"))))
          .isEqualTo(Map.of("slow", Reached.HEALTHY, "behind", Reached.RUNNING));
      assertThat(moment("behind", "StartedAt")).isAfter(moment("slow", "StartedAt").plusSeconds(3));

      done(run(Action.STOP, "slow", "behind"));
      assertThat(moment("slow", "FinishedAt"))
          .as("stopped in reverse")
          .isAfter(moment("behind", "FinishedAt"));
    } finally {
      bed.docker("rm", "-f", container("slow"), container("behind"));
    }
  }

  @Test
  void aGateThatDoesNotOpenIsNamedWithItsReasonAndHoldsBackAllBehindIt() throws Exception {
    stack.compose("--profile", "sick", "up", "--no-start", "sick", "after-sick", "last");
    try {
      Outcome<LifecycleReceipt> outcome = run(Action.START, "sick", "after-sick", "last");

      assertThat(outcome).isInstanceOf(Outcome.Attention.class);
      LifecycleReceipt receipt = ((Outcome.Attention<LifecycleReceipt>) outcome).receipt();
      assertThat(states(receipt))
          .isEqualTo(
              Map.of(
                  "sick", Reached.UNHEALTHY,
                  "after-sick", Reached.TIMED_OUT,
                  "last", Reached.TIMED_OUT));
      assertThat(running()).contains("sick").doesNotContain("after-sick", "last");
      assertThat(((Outcome.Attention<LifecycleReceipt>) outcome).problem().happened())
          .contains("depends on sick, which is not healthy after")
          .contains("depends on after-sick, which was not started either");

      assertThat(run(Action.START, "last")).isInstanceOf(Outcome.Attention.class);
      assertThat(running()).as("what it depends on does not run").doesNotContain("last");
    } finally {
      bed.docker("rm", "-f", container("sick"), container("after-sick"), container("last"));
    }
  }

  @Test
  void severalServicesAreRecreatedInTheOrderOfDependence() throws Exception {
    stack.compose("--profile", "gates", "up", "-d", "slow", "behind");
    try {
      done(run(Action.RECREATE, "behind", "slow"));
      assertThat(moment("behind", "StartedAt")).isAfter(moment("slow", "StartedAt").plusSeconds(3));
    } finally {
      bed.docker("rm", "-f", container("slow"), container("behind"));
    }
  }

  @Test
  void whatLivesInTheNetworkOfARecreatedContainerIsRecreatedWithIt() throws Exception {
    stack.compose("--profile", "shared", "up", "-d", "owner", "sharer");
    try {
      String before = container("sharer");

      assertThat(states(done(run(Action.RECREATE, "owner"))))
          .isEqualTo(Map.of("owner", Reached.RUNNING, "sharer", Reached.RUNNING));

      assertThat(container("sharer")).isNotEqualTo(before);
      assertThat(
              bed.docker("inspect", "-f", "{{.HostConfig.NetworkMode}}", container("sharer"))
                  .strip())
          .isEqualTo("container:" + container("owner"));
    } finally {
      bed.docker("rm", "-f", container("sharer"), container("owner"));
    }
  }

  private Instant moment(String service, String of) throws Exception {
    return Instant.parse(
        bed.docker("inspect", "-f", "{{.State." + of + "}}", container(service)).strip());
  }

  @Test
  void anUnknownServiceChangesNothing() throws Exception {
    assertThat(run(Action.RESTART, "nobody")).isInstanceOf(Outcome.Failed.class);
  }

  private Outcome<LifecycleReceipt> run(Action action, String... services) throws Exception {
    return lifecycle.run(
        new LifecycleRequest(action, seen(), List.of(services), Duration.ofSeconds(60)),
        Progress.none());
  }

  private static LifecycleReceipt done(Outcome<LifecycleReceipt> outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    return ((Outcome.Done<LifecycleReceipt>) outcome).receipt();
  }

  private static Map<String, Reached> states(LifecycleReceipt receipt) {
    return receipt.services().stream()
        .collect(Collectors.toMap(ServiceResult::service, ServiceResult::state));
  }

  private EngineSnapshot snapshot() throws Exception {
    try (Engine engine = engines.connect()) {
      return new EngineSnapshot(new Connection.Connecting(), engine.list(), true);
    }
  }

  private Stack seen() throws Exception {
    return new Stacks(Catalogue.load()).find(snapshot(), project);
  }

  private Stack others() throws Exception {
    return new Stacks(Catalogue.load()).all(snapshot()).getLast();
  }

  private Map<String, String> ids() throws Exception {
    Map<String, String> ids = new TreeMap<>();
    seen()
        .services()
        .forEach(service -> ids.put(service.name(), service.containers().getFirst().id().value()));
    return ids;
  }

  private String container(String service) throws Exception {
    return ids().get(service);
  }

  private List<String> running() throws Exception {
    return seen().services().stream()
        .filter(service -> service.containers().stream().anyMatch(c -> c.live()))
        .map(StackService::name)
        .toList();
  }

  /** Wishes to stop from the first line on, and keeps all lines. */
  private static final class CancelledOnFirstLine implements Progress {
    private final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    public void step(int number, int total, String text) {}

    @Override
    public void bytes(long done, long total) {}

    @Override
    public void line(String text) {
      lines.add(text);
    }

    @Override
    public boolean cancelled() {
      return !lines.isEmpty();
    }
  }
}
