package dev.quayside.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NetworkTableTest {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final Network NET = network("net");

  private final NetworkTable table = new NetworkTable();

  @Test
  void readsOnlyWhenSomebodyWantsIt() {
    assertThat(table.begin(0)).isFalse();
    table.want();
    assertThat(table.begin(0)).isTrue();
    assertThat(table.begin(0)).isFalse();
  }

  @Test
  void aWishDuringAReadingLeadsToAnotherAfterItButNotAtOnce() {
    table.want();
    assertThat(table.begin(0)).isTrue();
    table.want();
    assertThat(table.begin(0)).isFalse();
    assertThat(table.ended(List.of(NET), 0)).isTrue();
    assertThat(table.begin(SECOND / 10)).isFalse();
    assertThat(table.nextDue(SECOND / 10)).isEqualTo(SECOND / 2);
    assertThat(table.begin(SECOND / 2)).isTrue();
  }

  @Test
  void aHundredWishesAreOneReading() {
    for (int i = 0; i < 100; i++) {
      table.want();
    }
    assertThat(table.begin(0)).isTrue();
    table.ended(List.of(NET), 0);
    assertThat(table.begin(10 * SECOND)).isFalse();
  }

  @Test
  void aNameThatNoReadingKnowsIsLookedForOnce() {
    table.look(List.of(on("elsewhere", ContainerState.RUNNING)));
    assertThat(table.begin(0)).isTrue();
    table.ended(List.of(NET), 0);
    table.look(List.of(on("elsewhere", ContainerState.RUNNING)));
    assertThat(table.begin(SECOND)).isFalse();
    table.look(List.of(on("third", ContainerState.RUNNING)));
    assertThat(table.begin(SECOND)).isTrue();
  }

  @Test
  void aNameThatCameAndWentIsLookedForAgain() {
    table.look(List.of(on("net", ContainerState.RUNNING)));
    assertThat(table.begin(0)).isTrue();
    table.ended(List.of(NET), 0);
    table.look(List.of(on("net", ContainerState.RUNNING)));
    table.begun();
    table.ended(List.of(), SECOND);
    table.look(List.of(on("net", ContainerState.RUNNING)));
    assertThat(table.begin(2 * SECOND)).isTrue();
  }

  @Test
  void aStoppedContainerAsksForNothing() {
    table.look(List.of(on("elsewhere", ContainerState.EXITED)));
    assertThat(table.begin(0)).isFalse();
  }

  @Test
  void afterAFailureItTriesAgainLaterAndKeepsWhatItKnew() {
    table.begun();
    table.ended(List.of(NET), 0);
    table.begun();
    assertThat(table.ended(null, 0)).isFalse();
    assertThat(table.networks()).containsExactly(NET);
    assertThat(table.begin(4 * SECOND)).isFalse();
    assertThat(table.begin(5 * SECOND)).isTrue();
  }

  @Test
  void anotherOrderIsNoChange() {
    table.begun();
    table.ended(List.of(NET, network("other")), 0);
    table.begun();
    assertThat(table.ended(List.of(network("other"), NET), 0)).isFalse();
  }

  private static Network network(String name) {
    return new Network(name, name, "bridge", "", "", false);
  }

  private static Container on(String network, ContainerState state) {
    return new Container(
        new ContainerId("a"),
        "a",
        "i",
        "",
        state,
        Health.NONE,
        Instant.EPOCH,
        List.of(),
        Map.of(),
        List.of(network),
        null);
  }
}
