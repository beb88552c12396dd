package dev.quayside.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.engine.EngineEvent.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RowsTest {

  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final ContainerId WEB = new ContainerId("a".repeat(64));
  private static final ContainerId DATABASE = new ContainerId("b".repeat(64));

  private final Rows rows = new Rows();

  @Test
  void theFirstListIsTheModelAndEverythingOnItIsRead() {
    rows.applyFirstList(
        List.of(container(WEB, "web", ContainerState.RUNNING), stopped(DATABASE)), rows.ticket());

    assertThat(rows.arranged()).extracting(Container::name).containsExactly("database", "web");
    assertThat(rows.takeToRead()).as("those that live come first").containsExactly(WEB, DATABASE);
    assertThat(rows.takeToRead()).isEmpty();
  }

  @Test
  void anUnchangedContainerStaysTheSameObject() {
    given(running(WEB, "web"), running(DATABASE, "database"));
    Container web = find(WEB);
    List<Container> before = rows.arranged();

    rows.applyLaterList(List.of(running(WEB, "web"), running(DATABASE, "database")), rows.ticket());
    rows.applyReading(running(WEB, "web"), rows.ticket());

    assertThat(rows.arranged()).isSameAs(before);
    rows.apply(event(Kind.DIED, DATABASE, Map.of("exitCode", "137")));
    assertThat(find(WEB)).isSameAs(web);
  }

  @Test
  void anAnswerFromBeforeAnEventDoesNotUndoIt() {
    given(running(WEB, "web"));
    long ticket = rows.ticket();
    rows.apply(event(Kind.DIED, WEB, Map.of("exitCode", "3")));
    rows.takeToRead();

    rows.applyReading(running(WEB, "web"), ticket);

    assertThat(find(WEB).state()).isEqualTo(ContainerState.EXITED);
    assertThat(rows.takeToRead()).as("and it is asked again").containsExactly(WEB);
  }

  @Test
  void aDestroyedContainerDoesNotComeBackAsAGhost() {
    given(running(WEB, "web"));
    long ticket = rows.ticket();
    rows.apply(event(Kind.DESTROYED, WEB, Map.of()));

    rows.applyReading(running(WEB, "web"), ticket);
    rows.applyLaterList(List.of(running(WEB, "web")), ticket);

    assertThat(rows.arranged()).isEmpty();
    assertThat(rows.takeToRead()).containsExactly(WEB);
    rows.applyGone(WEB, rows.ticket());
    assertThat(rows.arranged()).isEmpty();
  }

  @Test
  void whatALaterListDoesNotNameIsGone() {
    given(running(WEB, "web"), running(DATABASE, "database"));

    rows.applyLaterList(List.of(running(WEB, "web")), rows.ticket());

    assertThat(rows.arranged()).extracting(Container::id).containsExactly(WEB);
  }

  @Test
  void aLaterListThatDiffersOnlyLeadsToAReading() {
    given(running(WEB, "web"));

    rows.applyLaterList(List.of(container(WEB, "web", ContainerState.PAUSED)), rows.ticket());

    assertThat(find(WEB).state()).isEqualTo(ContainerState.RUNNING);
    assertThat(rows.takeToRead()).containsExactly(WEB);
  }

  @Test
  void whatTheEngineStartsAgainIsNotCalledExitedUnlessSomebodyEndedIt() {
    given(running(WEB, "web", 2), running(DATABASE, "database", 2));

    rows.apply(event(Kind.DIED, WEB, Map.of("exitCode", "1")));
    rows.apply(event(Kind.KILLED, DATABASE, Map.of("signal", "15")));
    rows.apply(event(Kind.DIED, DATABASE, Map.of("exitCode", "143")));

    assertThat(find(WEB).state()).isEqualTo(ContainerState.RESTARTING);
    assertThat(find(DATABASE).state()).isEqualTo(ContainerState.EXITED);
    rows.apply(event(Kind.STARTED, DATABASE, Map.of()));
    rows.apply(event(Kind.DIED, DATABASE, Map.of("exitCode", "1")));
    assertThat(find(DATABASE).state()).as("in a new run").isEqualTo(ContainerState.RESTARTING);
  }

  @Test
  void anEndIsShownWithItsExitCodeBeforeItIsRead() {
    given(running(WEB, "web"));

    rows.apply(event(Kind.DIED, WEB, Map.of("exitCode", "137")));

    RuntimeFacts facts = find(WEB).facts();
    assertThat(facts.exitCode()).hasValue(137);
    assertThat(facts.pid()).isEmpty();
    assertThat(facts.finishedAt()).isEqualTo(NOON);
    assertThat(find(WEB).health()).isEqualTo(Health.NONE);
  }

  @Test
  void aStartForgetsTheOldProcess() {
    given(running(WEB, "web"));

    rows.apply(event(Kind.STARTED, WEB, Map.of()));

    assertThat(find(WEB).facts().pid()).isEmpty();
    assertThat(find(WEB).facts().memoryLimit())
        .as("what a start does not change stays")
        .hasValue(1024);
  }

  @Test
  void aLateHealthResultDoesNotGiveHealthToAStoppedContainer() {
    given(running(WEB, "web"));
    rows.apply(event(Kind.DIED, WEB, Map.of()));

    rows.apply(new EngineEvent(Kind.HEALTH, WEB, Health.HEALTHY, Map.of(), NOON));

    assertThat(find(WEB).health()).isEqualTo(Health.NONE);
  }

  @Test
  void aNameIsTakenAsItComes() {
    given(running(WEB, "web"));
    String name = "\u001b[31mred\u0000\u202e\nname";

    rows.apply(event(Kind.RENAMED, WEB, Map.of("name", name, "oldName", "/web")));

    assertThat(find(WEB).name()).isEqualTo(name);
  }

  @Test
  void aContainerNeverSeenIsReadAndThenThere() {
    rows.apply(event(Kind.STARTED, WEB, Map.of()));

    assertThat(rows.arranged()).isEmpty();
    assertThat(rows.takeToRead()).containsExactly(WEB);
    rows.applyReading(running(WEB, "web"), rows.ticket());
    assertThat(rows.arranged()).hasSize(1);
  }

  /**
   * Plays an engine whose answers come late and out of order, and looks whether the model ends as
   * the engine did.
   */
  @Property(tries = 300)
  void inWhateverOrderAnswersComeTheModelEndsLikeTheEngine(@ForAll long seed) {
    Random random = new Random(seed);
    Rows model = new Rows();
    List<Boolean> truth = new ArrayList<>();
    List<Runnable> inFlight = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      truth.add(null);
    }
    for (int step = 0; step < 60; step++) {
      int index = random.nextInt(4);
      ContainerId id = new ContainerId(Integer.toString(index).repeat(64));
      change(model, truth, index, id, random);
      if (random.nextInt(3) == 0) {
        ask(model, truth, inFlight);
      }
      if (random.nextInt(6) == 0) {
        long ticket = model.ticket();
        List<Container> list = list(truth);
        inFlight.add(() -> model.applyLaterList(list, ticket));
      }
      if (!inFlight.isEmpty() && random.nextBoolean()) {
        inFlight.remove(random.nextInt(inFlight.size())).run();
      }
    }
    while (true) {
      ask(model, truth, inFlight);
      if (inFlight.isEmpty()) {
        break;
      }
      inFlight.removeFirst().run();
    }
    assertThat(model.arranged()).isEqualTo(list(truth));
  }

  private static void change(
      Rows model, List<Boolean> truth, int index, ContainerId id, Random random) {
    Boolean runs = truth.get(index);
    Kind kind;
    if (runs == null) {
      kind = Kind.CREATED;
    } else if (runs) {
      kind = Kind.DIED;
    } else {
      kind = random.nextBoolean() ? Kind.STARTED : Kind.DESTROYED;
    }
    truth.set(index, kind == Kind.DESTROYED ? null : Boolean.valueOf(kind == Kind.STARTED));
    model.apply(event(kind, id, Map.of("exitCode", "0")));
  }

  /** Asks for what the model wants to read; the answer is what holds now and arrives later. */
  private static void ask(Rows model, List<Boolean> truth, List<Runnable> inFlight) {
    for (ContainerId id : model.takeToRead()) {
      int index = id.value().charAt(0) - '0';
      long ticket = model.ticket();
      Boolean runs = truth.get(index);
      inFlight.add(
          runs == null
              ? () -> model.applyGone(id, ticket)
              : () -> model.applyReading(of(id, runs), ticket));
    }
  }

  private static List<Container> list(List<Boolean> truth) {
    List<Container> list = new ArrayList<>();
    for (int i = 0; i < truth.size(); i++) {
      if (truth.get(i) != null) {
        list.add(of(new ContainerId(Integer.toString(i).repeat(64)), truth.get(i)));
      }
    }
    return list;
  }

  private static Container of(ContainerId id, boolean runs) {
    return container(id, "c" + id.brief(), runs ? ContainerState.RUNNING : ContainerState.EXITED);
  }

  private void given(Container... containers) {
    rows.applyFirstList(List.of(containers), rows.ticket());
    for (Container container : containers) {
      rows.applyReading(container, rows.ticket());
    }
    rows.takeToRead();
  }

  private Container find(ContainerId id) {
    return rows.arranged().stream()
        .filter(container -> container.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static EngineEvent event(Kind kind, ContainerId id, Map<String, String> attributes) {
    return new EngineEvent(kind, id, null, attributes, NOON);
  }

  private static Container stopped(ContainerId id) {
    return container(id, "database", ContainerState.EXITED);
  }

  private static Container container(ContainerId id, String name, ContainerState state) {
    return new Container(
        id,
        name,
        "image",
        "sha256:1",
        state,
        Health.NONE,
        NOON,
        List.of(),
        Map.of(),
        List.of(),
        null);
  }

  private static Container running(ContainerId id, String name) {
    return running(id, name, 0);
  }

  private static Container running(ContainerId id, String name, int restarts) {
    RuntimeFacts facts =
        new RuntimeFacts(
            OptionalLong.of(4711),
            NOON,
            null,
            OptionalInt.empty(),
            false,
            restarts,
            OptionalDouble.empty(),
            OptionalLong.of(1024),
            "bridge",
            false);
    return new Container(
        id,
        name,
        "image",
        "sha256:1",
        ContainerState.RUNNING,
        Health.HEALTHY,
        NOON,
        List.of(),
        Map.of(),
        List.of(),
        facts);
  }
}
