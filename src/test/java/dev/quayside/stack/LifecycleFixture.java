package dev.quayside.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.bed.Bed;
import dev.quayside.bed.BedStack;
import dev.quayside.catalogue.Catalogue;
import dev.quayside.common.Home;
import dev.quayside.common.Outcome;
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
import dev.quayside.journal.JournaledCompose;
import dev.quayside.journal.JournaledEngine;
import dev.quayside.stack.LifecycleRequest.Action;
import dev.quayside.stack.ServiceResult.Reached;
import dev.quayside.stack.layer.LayerKeeper;
import dev.quayside.telemetry.GpuReading;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Holds a stack in the test bed, and what starts and stops it. */
@Tag("bed")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LifecycleFixture {

  static final String COMPOSE =
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
  Bed bed;
  BedStack stack;
  String project;
  EngineSource engines;
  Journal journal;
  Lifecycle lifecycle;

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

  Outcome<LifecycleReceipt> run(Action action, String... services) throws Exception {
    return lifecycle.run(
        new LifecycleRequest(action, seen(), List.of(services), Duration.ofSeconds(60)),
        Progress.none());
  }

  static LifecycleReceipt done(Outcome<LifecycleReceipt> outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    return ((Outcome.Done<LifecycleReceipt>) outcome).receipt();
  }

  static Map<String, Reached> states(LifecycleReceipt receipt) {
    return receipt.services().stream()
        .collect(Collectors.toMap(ServiceResult::service, ServiceResult::state));
  }

  EngineSnapshot snapshot() throws Exception {
    try (Engine engine = engines.connect()) {
      return new EngineSnapshot(new Connection.Connecting(), engine.list(), true);
    }
  }

  Stack seen() throws Exception {
    return new Stacks(Catalogue.load()).find(snapshot(), project);
  }

  Stack others() throws Exception {
    return new Stacks(Catalogue.load()).all(snapshot()).getLast();
  }

  Map<String, String> ids() throws Exception {
    Map<String, String> ids = new TreeMap<>();
    seen()
        .services()
        .forEach(service -> ids.put(service.name(), service.containers().getFirst().id().value()));
    return ids;
  }

  String container(String service) throws Exception {
    return ids().get(service);
  }

  List<String> running() throws Exception {
    return seen().services().stream()
        .filter(service -> service.containers().stream().anyMatch(c -> c.live()))
        .map(StackService::name)
        .toList();
  }
}
