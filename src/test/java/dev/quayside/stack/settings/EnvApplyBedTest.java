package dev.quayside.stack.settings;

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
import dev.quayside.engine.EngineControl;
import dev.quayside.engine.EngineSnapshot;
import dev.quayside.engine.EngineSource;
import dev.quayside.engine.compose.Compose;
import dev.quayside.engine.docker.DockerControl;
import dev.quayside.engine.socket.SocketConnector;
import dev.quayside.journal.Journal;
import dev.quayside.journal.JournaledCompose;
import dev.quayside.journal.JournaledEngine;
import dev.quayside.stack.Lifecycle;
import dev.quayside.stack.LifecycleReceipt;
import dev.quayside.stack.Recreation;
import dev.quayside.stack.ServiceResult;
import dev.quayside.stack.Stack;
import dev.quayside.stack.Stacks;
import dev.quayside.stack.layer.LayerKeeper;
import dev.quayside.telemetry.GpuReading;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told to be recreated is what differs, and applying recreates exactly that. */
@Tag("bed")
class EnvApplyBedTest {

  private static final String COMPOSE =
      """
      services:
        asks:
          image: quayside-bed/plain:1
          environment:
            COLOUR: ${COLOUR:?a colour is needed}
          depends_on: [whole]
        whole:
          image: quayside-bed/plain:1
          env_file: own.env
        other:
          image: quayside-bed/plain:1
        mounts:
          image: quayside-bed/plain:1
          volumes: ["./.env:/settings:ro"]
        gated:
          image: quayside-bed/plain:1
          profiles: [extra]
          environment:
            COLOUR: ${COLOUR}
      """;

  @TempDir Path temporary;
  private Path folder;
  private Bed bed;
  private BedStack up;
  private Engine engine;
  private EngineControl docker;
  private StackSettings settings;

  @BeforeEach
  void start() throws Exception {
    bed = Bed.required();
    up = bed.stack(COMPOSE, Files.createDirectory(temporary.resolve("stack")));
    folder = up.directory().toRealPath();
    Files.writeString(folder.resolve(".env"), "# kept\nCOLOUR=red # why\nUNUSED=1\n");
    Files.writeString(folder.resolve("own.env"), "SIZE=1\n");
    Files.writeString(folder.resolve(".env.prod"), "COLOUR=green\nUNUSED=1\n");
    Files.writeString(folder.resolve(".env.bare"), "UNUSED=2\n");
    Files.writeString(folder.resolve(".env.example"), "COLOUR=\n");
    up.up();
    Endpoint endpoint = new Endpoint.Unix(bed.socket());
    SocketConnector connector = new SocketConnector(bed.environment());
    EngineSource engines = () -> connector.connect(endpoint);
    engine = engines.connect();
    docker = DockerControl.of(endpoint, bed.environment());
    Catalogue catalogue = Catalogue.load();
    Home home = EnvWorld.home(temporary.resolve("home"));
    Journal journal = Journal.open(home, InstantSource.system());
    Compose compose = Compose.on(endpoint, bed.environment());
    JournaledEngine control = new JournaledEngine(docker);
    Recreation recreation =
        new Recreation(
            new JournaledCompose(compose),
            new LayerKeeper(control, catalogue, home, StepBoundary.none()),
            catalogue,
            System::nanoTime);
    Lifecycle lifecycle =
        new Lifecycle(
            engines,
            control,
            compose,
            recreation,
            journal,
            catalogue,
            GpuReading.NotYet::new,
            System::nanoTime);
    settings =
        new StackSettings(
            new EnvParts(
                engines,
                compose,
                journal,
                catalogue,
                home,
                InstantSource.system(),
                StepBoundary.none()),
            lifecycle);
  }

  @AfterEach
  void stop() throws Exception {
    if (engine != null) {
      engine.close();
    }
    if (docker != null) {
      docker.close();
    }
    up.close();
  }

  private Stack stack() throws Exception {
    EngineSnapshot snapshot = new EngineSnapshot(new Connection.Connecting(), engine.list(), true);
    return new Stacks(Catalogue.load())
        .all(snapshot).stream()
            .filter(one -> one.invocation() != null)
            .filter(one -> one.invocation().directory().equals(folder))
            .findFirst()
            .orElseThrow();
  }

  private EnvPlan plan(String file, EnvChange... changes) throws Exception {
    EnvTarget target = settings.files().find(stack(), file);
    return EnvWorld.planned(settings.editing().plan(target, null, List.of(changes)));
  }

  private Map<String, String> identities() throws Exception {
    Map<String, String> identities = new TreeMap<>();
    stack()
        .services()
        .forEach(service ->
            identities.put(service.name(), service.containers().getFirst().id().value()));
    return identities;
  }

  @Test
  void whatAChangeConcernsIsToldAndExactlyThatIsRecreated() throws Exception {
    assertThat(settings.impacts().now(stack()).recreated()).as("fresh containers").isEmpty();
    try (EnvPlan unused = plan(".env", EnvWorld.put("UNUSED", "5"))) {
      EnvImpact impact = settings.impacts().of(unused);
      assertThat(impact.unknown()).isNull();
      assertThat(impact.recreated()).isEmpty();
      assertThat(impact.mounting()).containsExactly("mounts");
    }
    try (EnvPlan both = plan("own.env", EnvWorld.put("SIZE", "2"))) {
      assertThat(settings.impacts().of(both).recreated()).containsExactly("whole");
      assertThat(settings.editing().save(both)).isInstanceOf(Outcome.Done.class);
    }
    try (EnvPlan colour = plan(".env", EnvWorld.put("COLOUR", "blue"))) {
      EnvImpact impact = settings.impacts().of(colour);
      assertThat(impact.recreated()).containsExactly("whole", "asks");
      assertThat(impact.before()).containsExactly("whole");
      assertThat(impact.untouched()).containsExactly("mounts", "other");
      Object inode = Files.getAttribute(folder.resolve(".env"), "unix:ino");
      Outcome<EnvReceipt> saved = settings.editing().save(colour);
      assertThat(((Outcome.Done<EnvReceipt>) saved).receipt().inPlace()).isTrue();
      assertThat(Files.getAttribute(folder.resolve(".env"), "unix:ino")).isEqualTo(inode);
    }
    String mounted =
        stack().services().stream()
            .filter(service -> service.name().equals("mounts"))
            .findFirst()
            .orElseThrow()
            .containers()
            .getFirst()
            .name();
    assertThat(bed.docker("exec", mounted, "cat", "/settings")).contains("COLOUR=blue # why");

    Map<String, String> before = identities();
    Outcome<LifecycleReceipt> applied = settings.applying().apply(stack(), Progress.none());
    assertThat(applied).isInstanceOf(Outcome.Done.class);
    assertThat(((Outcome.Done<LifecycleReceipt>) applied).receipt().services())
        .extracting(ServiceResult::service)
        .containsExactly("whole", "asks");
    Map<String, String> after = identities();
    assertThat(after.keySet()).isEqualTo(before.keySet());
    for (String service : List.of("mounts", "other")) {
      assertThat(after.get(service)).as(service).isEqualTo(before.get(service));
    }
    for (String service : List.of("whole", "asks")) {
      assertThat(after.get(service)).as(service).isNotEqualTo(before.get(service));
    }
    assertThat(settings.impacts().now(stack()).recreated()).isEmpty();
    assertThat(
            ((Outcome.Done<LifecycleReceipt>) settings.applying().apply(stack(), Progress.none()))
                .receipt()
                .services())
        .isEmpty();
    assertThat(identities()).isEqualTo(after);
    assertNoCandidates();
  }

  private void assertNoCandidates() throws Exception {
    try (Stream<Path> left = Files.list(temporary.resolve("home/state/env-candidates"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void aSetIsSwitchedToAndOneThatLacksARequiredSettingIsRefused() throws Exception {
    assertThat(settings.files().list(stack()))
        .extracting(EnvTarget::name)
        .containsExactly(".env", "own.env", ".env.bare", ".env.prod");
    assertThat(settings.sets().list(stack()))
        .extracting(EnvSets.EnvSet::name)
        .containsExactly("prod", "bare");
    assertThat(settings.sets().list(stack())).noneMatch(EnvSets.EnvSet::active);

    Outcome<EnvPlan> bare = settings.sets().planSwitch(stack(), "bare");
    assertThat(((Outcome.Refused<EnvPlan>) bare).problem().code()).isEqualTo("ENV-SET-REJECTED");
    assertThat(((Outcome.Refused<EnvPlan>) bare).problem().happened())
        .contains("a colour is needed");

    try (EnvPlan plan = EnvWorld.planned(settings.sets().planSwitch(stack(), "prod"))) {
      assertThat(settings.impacts().of(plan).recreated()).containsExactly("asks");
      assertThat(settings.editing().save(plan)).isInstanceOf(Outcome.Done.class);
    }
    assertThat(Files.readString(folder.resolve(".env"))).isEqualTo("COLOUR=green\nUNUSED=1\n");
    assertThat(settings.sets().list(stack()).getFirst().active()).isTrue();
    EnvTarget active = settings.files().find(stack(), null);
    assertThat(settings.editing().history(active).getFirst().reason()).isEqualTo("switch");
    assertNoCandidates();
  }
}
