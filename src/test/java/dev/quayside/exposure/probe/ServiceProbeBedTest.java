package dev.quayside.exposure.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.bed.Bed;
import dev.quayside.bed.BedStack;
import dev.quayside.catalogue.Catalogue;
import dev.quayside.catalogue.KeyProbe;
import dev.quayside.common.Home;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Secret;
import dev.quayside.engine.Connection;
import dev.quayside.engine.Endpoint;
import dev.quayside.engine.Engine;
import dev.quayside.engine.EngineControl;
import dev.quayside.engine.EngineSnapshot;
import dev.quayside.engine.docker.DockerControl;
import dev.quayside.engine.socket.SocketConnector;
import dev.quayside.journal.Intent;
import dev.quayside.journal.Journal;
import dev.quayside.journal.JournaledEngine;
import dev.quayside.stack.Stack;
import dev.quayside.stack.Stacks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Asks the services of real stacks: stand-ins that enforce their keys like the originals, and the
 * real PostgreSQL, Redis and nginx.
 */
@Tag("bed")
class ServiceProbeBedTest {

  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private final Bed bed = Bed.required();
  private Engine engine;
  private EngineControl control;
  private Journal journal;
  private Intent intent;

  @BeforeEach
  void setUp() throws Exception {
    Endpoint endpoint = new Endpoint.Unix(bed.socket());
    engine = new SocketConnector(bed.environment()).connect(endpoint);
    control = DockerControl.of(endpoint, bed.environment());
    Path home = Files.createDirectory(folder.resolve("home"));
    journal = Journal.open(Home.locate(home, Map.of(), home), InstantSource.system());
    intent = journal.begin("probe", "stack", Map.of());
  }

  @AfterEach
  void tearDown() {
    engine.close();
    control.close();
  }

  private static ProbeTarget bearer(String service, int port, String path) {
    return http(service, port, path, "Authorization", "Bearer ");
  }

  private static ProbeTarget http(
      String service, int port, String path, String header, String prefix) {
    return new ProbeTarget.Http(
        new KeyProbe(
            service, port, path, header, prefix, Set.of(200), Set.of(400, 401, 403), "test"));
  }

  private ProbeFinding ask(String project, ProbeTarget target, Secret right)
      throws ProblemException {
    KeyProber prober = new KeyProber(engine, new JournaledEngine(control), project);
    return new ServiceProbe(prober, InstantSource.system()).run(intent, target, right);
  }

  /** Asks once the service is up, so that one that is still starting is not taken for silent. */
  private ProbeFinding settled(String project, ProbeTarget target, Secret right) throws Exception {
    ProbeFinding[] found = new ProbeFinding[1];
    Bed.await(
        target.service() + " answers",
        SOON,
        () -> {
          found[0] = ask(project, target, right);
          return found[0].guard() != Guard.SILENT && !starting(found[0]);
        });
    return found[0];
  }

  private static boolean starting(ProbeFinding finding) {
    return finding.answers().getLast().code().equals("57P03");
  }

  private void expect(
      String project, ProbeTarget target, Secret right, Guard guard, String... codes)
      throws Exception {
    ProbeFinding finding = settled(project, target, right);
    assertThat(finding.guard()).as("%s", finding).isEqualTo(guard);
    assertThat(finding.answers())
        .as("%s", finding)
        .extracting(ProbeAnswer::code)
        .containsExactly(codes);
    assertThat(finding.answers())
        .as("asked from a client's place")
        .allSatisfy(answer -> assertThat(answer.from()).startsWith("container "));
  }

  /** Starts those services of a fixture that are asked, by the invocation of its owner. */
  private BedStack start(String fixture, String... services) throws Exception {
    BedStack stack = bed.fixture(fixture, Files.createDirectory(folder.resolve(fixture)));
    List<String> words = new ArrayList<>(List.of("up", "-d", "--no-deps"));
    words.addAll(List.of(services));
    try {
      stack.compose(words.toArray(String[]::new));
      return stack;
    } catch (IOException | InterruptedException | RuntimeException | AssertionError failure) {
      stack.close();
      throw failure;
    }
  }

  private String project(BedStack stack) throws Exception {
    return bed.docker(
            "inspect",
            "-f",
            "{{index .Config.Labels \"com.docker.compose.project\"}}",
            stack.containers().getFirst())
        .strip();
  }

  /** Asks as the product does, until nobody is still starting. */
  private Map<String, ProbeFinding> asked(BedStack stack, String kind, String era, int answering)
      throws Exception {
    Catalogue catalogue = Catalogue.load();
    EngineSnapshot snapshot = new EngineSnapshot(new Connection.Connecting(), engine.list(), true);
    Stack seen = new Stacks(catalogue).find(snapshot, project(stack));
    // Adopted: half of its services alone would not tell what it is.
    Stack found = new Stack(seen.name(), kind, era, seen.invocation(), seen.services());
    StackProbes probes =
        new StackProbes(
            () -> new SocketConnector(bed.environment()).connect(new Endpoint.Unix(bed.socket())),
            new JournaledEngine(control),
            journal,
            catalogue,
            InstantSource.system());
    Map<String, ProbeFinding> findings = new TreeMap<>();
    Bed.await(
        answering + " services answer",
        SOON,
        () -> {
          findings.clear();
          probes
              .run(found)
              .forEach(finding -> findings.put(finding.service() + ":" + finding.port(), finding));
          return findings.values().stream()
                  .filter(finding -> !finding.answers().isEmpty())
                  .filter(finding -> finding.guard() != Guard.SILENT && !starting(finding))
                  .count()
              == answering;
        });
    assertThat(findings.values())
        .flatExtracting(ProbeFinding::answers)
        .as("asked from a client's place")
        .allSatisfy(answer -> {
          assertThat(answer.from()).startsWith("container ");
          assertThat(answer.target()).as("its own address, no name").matches("[0-9.]+:[0-9]+");
        });
    return findings;
  }

  private static void expect(
      Map<String, ProbeFinding> findings, String port, Guard guard, String... codes) {
    ProbeFinding finding = findings.get(port);
    assertThat(finding).as(port).isNotNull();
    assertThat(finding.guard()).as("%s", finding).isEqualTo(guard);
    assertThat(finding.answers())
        .as("%s", finding)
        .extracting(ProbeAnswer::code)
        .containsExactly(codes);
  }

  // The rows of docs/probes.md, in each stack that has the service.

  @Test
  void stackAIsAskedRowByRow() throws Exception {
    try (BedStack stack = start("a", "router", "postgres", "n8n", "openwebui")) {
      Map<String, ProbeFinding> findings = asked(stack, "llm-infrastructure", "", 4);
      expect(findings, "router:8000", Guard.GUARDED, "401", "401", "200");
      expect(findings, "openwebui:8080", Guard.GUARDED_UNCONFIRMED, "401");
      expect(findings, "n8n:5678", Guard.GUARDED_UNCONFIRMED, "401");
      expect(findings, "postgres:5432", Guard.GUARDED, "SCRAM-SHA-256", "28P01", "ok");
      assertThat(findings).hasSize(4);
    }
  }

  @Test
  void stackB1HasGuardedAndOpenServices() throws Exception {
    try (BedStack stack =
        start(
            "b1",
            "litellm",
            "dashboard-api",
            "dashboard",
            "vllm",
            "qdrant",
            "token-spy-redis",
            "token-spy-db")) {
      Map<String, ProbeFinding> findings = asked(stack, "dream-server", "v1", 6);
      expect(findings, "litellm:4000", Guard.GUARDED, "401", "400", "200");
      expect(findings, "dashboard-api:3002", Guard.GUARDED, "401", "403", "200");
      expect(findings, "vllm:8000", Guard.OPEN, "200");
      expect(findings, "qdrant:6333", Guard.OPEN, "200");
      expect(findings, "dashboard:3001", Guard.NOT_ASKED);
      // The bed's server is in its protected mode, which the official image switches off.
      expect(findings, "token-spy-redis:6379", Guard.GUARDED_UNCONFIRMED, "-DENIED", "-DENIED");
      expect(findings, "token-spy-db:5432", Guard.GUARDED, "SCRAM-SHA-256", "28P01", "ok");
    }
  }

  @Test
  void stackB2EnforcesWhatB1LeavesOpen() throws Exception {
    try (BedStack stack = start("b2", "litellm", "qdrant", "dashboard-api", "llama-server")) {
      Map<String, ProbeFinding> findings = asked(stack, "dream-server", "ods", 4);
      expect(findings, "litellm:4000", Guard.GUARDED, "401", "400", "200");
      expect(findings, "qdrant:6333", Guard.GUARDED, "401", "403", "200");
      expect(findings, "qdrant:6334", Guard.NOT_ASKED);
      expect(findings, "dashboard-api:3002", Guard.GUARDED, "401", "403", "200");
      expect(findings, "llama-server:8080", Guard.OPEN, "200");
    }
  }

  @Test
  void stackCHasAGuardedSearchAndAnOpenModelServer() throws Exception {
    try (BedStack stack = start("c", "meilisearch", "mongodb", "librechat", "ollama")) {
      Map<String, ProbeFinding> findings = asked(stack, "local-llm-stack", "", 3);
      // Its key stands in the Compose file, and in no env file that is in use.
      expect(findings, "meilisearch:7700", Guard.GUARDED_UNCONFIRMED, "401", "403");
      expect(findings, "librechat:3080", Guard.GUARDED_UNCONFIRMED, "401");
      expect(findings, "ollama:11434", Guard.OPEN, "200");
      expect(findings, "mongodb:27017", Guard.NOT_ASKED);
    }
  }

  private static final String RIGGED =
      """
      name: quayside-rigged
      services:
        client:
          image: quayside-bed/plain:1
        guarded-redis:
          image: redis:7.4.8-alpine
          command: ["redis-server", "--requirepass", "made-up-redis-password"]
        open-redis:
          image: redis:7.4.8-alpine
          command: ["redis-server", "--protected-mode", "no"]
        trusting:
          image: postgres:15
          environment: { POSTGRES_HOST_AUTH_METHOD: trust, POSTGRES_PASSWORD: unused-password }
        rigged:
          image: qdrant/qdrant:v1.16.3
          environment: { QDRANT__SERVICE__API_KEY: "" }
        old:
          image: qdrant/qdrant:v1.16.3
          environment: { QDRANT__SERVICE__API_KEY: the-key-of-yesterday }
        hung:
          image: quayside-bed/base:1
          command: ["sleep", "600"]
        hosted:
          image: qdrant/qdrant:v1.16.3
          network_mode: host
          environment: { QDRANT__SERVICE__API_KEY: made-up-host-key }
      """;

  @Test
  void riggedServicesAreFoundOut() throws Exception {
    try (BedStack stack = bed.stack(RIGGED, Files.createDirectory(folder.resolve("rigged"))).up();
        Secret redis = Secret.owning("made-up-redis-password".toCharArray());
        Secret host = Secret.owning("made-up-host-key".toCharArray());
        Secret todays = Secret.owning("the-key-of-today-now".toCharArray())) {
      String name = project(stack);
      ProbeTarget guarded = new ProbeTarget.Redis("guarded-redis", 6379);
      expect(name, guarded, redis, Guard.GUARDED, "-NOAUTH", "-WRONGPASS", "+OK");
      expect(name, guarded, todays, Guard.KEY_REFUSED, "-NOAUTH", "-WRONGPASS", "-WRONGPASS");
      expect(name, new ProbeTarget.Redis("open-redis", 6379), redis, Guard.OPEN, "+PONG");
      expect(name, new ProbeTarget.Postgres("trusting"), redis, Guard.OPEN, "ok");
      expect(name, http("rigged", 6333, "/collections", "api-key", ""), todays, Guard.OPEN, "200");
      expect(
          name,
          http("old", 6333, "/collections", "api-key", ""),
          todays,
          Guard.KEY_REFUSED,
          "401",
          "403",
          "403");
      ProbeFinding hosted =
          settled(name, http("hosted", 6333, "/collections", "api-key", ""), host);
      assertThat(hosted.guard()).as("%s", hosted).isEqualTo(Guard.GUARDED);
      assertThat(hosted.answers())
          .allSatisfy(answer -> assertThat(answer.from()).isEqualTo("this host"));
      assertThat(ask(name, bearer("hung", 8000, "/"), todays).guard()).isEqualTo(Guard.SILENT);
      noArgumentHolds(name, guarded, redis, "made-up-redis-password");
    }
  }

  private void noArgumentHolds(String name, ProbeTarget target, Secret right, String text)
      throws Exception {
    Set<String> lines = new ConcurrentSkipListSet<>();
    AtomicBoolean running = new AtomicBoolean(true);
    Thread sampler =
        Thread.ofPlatform()
            .start(() -> {
              while (running.get()) {
                ProcessHandle.allProcesses()
                    .forEach(handle -> lines.add(handle.info().commandLine().orElse("")));
              }
            });
    ask(name, target, right);
    running.set(false);
    sampler.join();
    // The server's own, which its owner wrote into the definition.
    lines.removeIf(line -> line.contains("redis-server"));
    assertThat(lines).isNotEmpty().noneMatch(line -> line.contains(text));
    intent.done(Map.of());
    try (Stream<Path> files = Files.walk(folder.resolve("home"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain(text);
      }
    }
    assertThat(List.copyOf(lines)).isNotEmpty();
  }
}
