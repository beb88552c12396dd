package dev.quayside.stack.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quayside.catalogue.Catalogue;
import dev.quayside.common.Home;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.common.StepBoundary;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerState;
import dev.quayside.engine.compose.ComposeInvocation;
import dev.quayside.engine.demo.DemoEngine;
import dev.quayside.journal.EntryKind;
import dev.quayside.journal.Intent;
import dev.quayside.journal.Journal;
import dev.quayside.journal.JournaledEngine;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerKeeperTest {

  private static final String PROJECT = "llm-infrastructure";
  private static final LayerKeeper.ComposeRunner NO_COMPOSE =
      (invocation, words, progress) -> {
        throw new IllegalStateException("Compose is not needed");
      };

  private final DemoEngine engine =
      new DemoEngine(InstantSource.fixed(Instant.parse("2026-01-15T12:00:00Z")), later -> {});

  @TempDir Path folder;
  private Home home;
  private Journal journal;
  private LayerKeeper keeper;

  @BeforeEach
  void start() throws Exception {
    home = Home.locate(folder, Map.of(), folder);
    journal = Journal.open(home, InstantSource.system());
    keeper =
        new LayerKeeper(
            new JournaledEngine(engine.control()),
            Catalogue.load(),
            home,
            StepBoundary.none(),
            Duration.ofMillis(100));
  }

  @Test
  void twoChangesOfOneProjectAtOnceAreRefusedAndThoseOfTwoAreNot() throws Exception {
    try (ProjectHold _ = keeper.hold(PROJECT, "mine");
        ProjectHold _ = keeper.hold("other", "other")) {
      assertThatThrownBy(() -> keeper.hold(PROJECT, "mine"))
          .isInstanceOfSatisfying(
              ProblemException.class,
              busy -> assertThat(busy.problem().code()).isEqualTo("LAYER-BUSY"));
    }
    keeper.hold(PROJECT, "mine").close();
  }

  @Test
  void aRecordThatCannotBeReadStandsOnlyInTheWayOfItsOwnProject() throws Exception {
    Path broken = Files.createDirectories(home.state().resolve("layers/broken"));
    Files.writeString(broken.resolve("record.json"), "{");
    Files.writeString(broken.resolve("project"), "other");
    Intent intent = journal.begin("up", PROJECT, Map.of());

    try (ProjectHold hold = keeper.hold(PROJECT, PROJECT)) {
      assertThat(
              keeper.settle(
                  engine.source().connect(), intent, hold, PROJECT, NO_COMPOSE, Progress.none()))
          .isEqualTo(new Settlement(false, List.of()));
    }
    try (ProjectHold hold = keeper.hold("other", "other")) {
      assertThatThrownBy(() ->
              keeper.settle(
                  engine.source().connect(), intent, hold, "other", NO_COMPOSE, Progress.none()))
          .isInstanceOf(ProblemException.class);
    }
    assertThat(recover(""))
        .extracting(LayerRecovery::ended)
        .containsExactly(LayerRecovery.Ended.STUCK);
    assertThat(recover(PROJECT)).isEmpty();
  }

  @Test
  void afterAKillWhatRanBeforeRunsAgainAndTheAnnouncementHasAnEnd() throws Exception {
    List<Container> ran =
        engine.list().stream()
            .filter(one -> PROJECT.equals(one.project()) && one.live())
            .limit(2)
            .toList();
    assertThat(ran).hasSize(2);
    Intent intent = journal.begin("up", PROJECT, Map.of());
    new LayerStore(home).create(record(intent, ran));
    engine.control().stop(ran.getFirst().id(), null);

    assertThat(recover(""))
        .containsExactly(new LayerRecovery(PROJECT, LayerRecovery.Ended.CUT_OFF, null));

    assertThat(engine.list())
        .filteredOn(one -> one.id().equals(ran.getFirst().id()))
        .extracting(Container::state)
        .containsExactly(ContainerState.RUNNING);
    assertThat(journal.entries().getLast().kind()).isEqualTo(EntryKind.ATTENTION);
    assertThat(journal.ended(intent.id())).isTrue();
    assertThat(recover("")).isEmpty();
  }

  @Test
  void aRecordOfAnOlderQuaysideCanStillBeRead() throws Exception {
    Intent intent = journal.begin("recreate", PROJECT, Map.of());
    LayerRecord record = record(intent, engine.list().subList(0, 1));
    String json = new String(record.toJson(), StandardCharsets.UTF_8);
    String older =
        json.replaceAll("\"(kind|era)\":\"[^\"]*\",", "")
            .replaceAll("\"services\":\\[[^\\]]*\\],", "");
    assertThat(older).isNotEqualTo(json);

    LayerRecord read = LayerRecord.fromJson(older.getBytes(StandardCharsets.UTF_8));

    assertThat(read.services()).isEqualTo(record.services());
    assertThat(read.containers()).isEqualTo(record.containers());
  }

  @Test
  void aNameThatComposeGaveForTheTimeBeingIsKnown() {
    Container container = engine.list().getFirst();
    CarriedContainer before =
        new CarriedContainer("web", "1", new ContainerId("0559b5a2967cdeadbeef"), true, "");

    assertThat(before.nameFor(named(container, "0559b5a2967c_p-web-1"))).isEqualTo("p-web-1");
    assertThat(before.nameFor(named(container, "1559b5a2967c_p-web-1")))
        .as("another one's")
        .isEqualTo("1559b5a2967c_p-web-1");
    assertThat(before.nameFor(named(container, "p-web-1"))).isEqualTo("p-web-1");
  }

  private static Container named(Container one, String name) {
    return new Container(
        one.id(),
        name,
        one.image(),
        one.imageId(),
        one.state(),
        one.health(),
        one.created(),
        one.ports(),
        one.labels(),
        one.networks(),
        one.facts());
  }

  private List<LayerRecovery> recover(String project) {
    return keeper.recover(
        engine.source(), journal, (intent, kind) -> NO_COMPOSE, project, Progress.none());
  }

  private static LayerRecord record(Intent intent, List<Container> containers) {
    return new LayerRecord(
        intent.id(),
        intent.action(),
        PROJECT,
        "generic",
        "",
        new ComposeInvocation(PROJECT, Path.of("/srv"), List.of(), List.of(), List.of()),
        containers.stream().map(Container::service).toList(),
        containers.stream().map(CarriedContainer::of).toList(),
        LayerRecord.Phase.BRINGING);
  }
}
