package dev.quayside.backup.landing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.engine.ContainerInspection;
import dev.quayside.stack.Stack;
import dev.quayside.stack.StackService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who lives in the network of another is started after that one. */
class SequenceTest {

  @Test
  void whoLivesInAnotherComesAfterItAndWhatDependenceTellsIsOneGroup() throws Exception {
    Sequence sequence =
        sequence(
            container("app", "bridge", "", "db"),
            container("db", "container:front", "", "front"),
            container("front", "container:pause", "", "pause"),
            container("pause", "bridge", ""));
    assertThat(sequence.withOwners(List.of("db"))).containsExactly("db", "front", "pause");
    assertThat(sequence.withOwners(List.of("app"))).containsExactly("app");
    assertThat(sequence.withNeeds(List.of("app"))).containsExactly("app", "db", "front", "pause");
    assertThat(sequence.turns(List.of("app", "db", "front", "pause")))
        .containsExactly(List.of("pause", "front", "db", "app"));
  }

  /** Engines keep what they were told when the container was made. */
  @Test
  void whoseNetworkItIsMayBeToldByNameByIdentityOrByItsBegin() throws Exception {
    String identity = Played.id("vpn").value();
    Sequence sequence =
        sequence(
            container("vpn", "bridge", ""),
            container("a", "container:" + identity, ""),
            container("b", "bridge", "container:vpn"),
            container("c", "container:" + identity.substring(0, 12), ""),
            container("d", "container:" + identity.substring(0, 11), ""));
    for (String name : List.of("a", "b", "c")) {
      assertThat(sequence.withOwners(List.of(name))).containsExactly(name, "vpn");
    }
    assertThat(sequence.withOwners(List.of("d"))).containsExactly("d");
  }

  @Test
  void whatNobodyWroteDownIsStartedGroupByGroup() throws Exception {
    Sequence sequence =
        sequence(
            container("app", "bridge", "", "db"),
            container("db", "container:z", "container:y"),
            container("y", "bridge", ""),
            container("z", "bridge", ""),
            container("a", "bridge", ""));
    assertThat(sequence.turns(List.of("app", "db", "y", "z", "a")))
        .containsExactly(List.of("a", "y", "z"), List.of("db"), List.of("app"));
    assertThat(sequence.turns(List.of("app", "a"))).containsExactly(List.of("a", "app"));
    assertThat(sequence.turns(List.of())).isEmpty();
  }

  @Test
  void aServerNeedsWhatItDependsOnAndACircleEnds() throws Exception {
    Sequence sequence =
        sequence(container("db", "bridge", "", "keys"), container("keys", "bridge", "", "db"));
    assertThat(sequence.withNeeds(List.of("db"))).containsExactly("db", "keys");
    assertThat(sequence.turns(List.of("db", "keys")).stream().flatMap(List::stream))
        .containsExactlyInAnyOrder("db", "keys");
  }

  private static Sequence sequence(ContainerInspection... all) throws Exception {
    Played played = new Played();
    List<StackService> services = new ArrayList<>();
    for (ContainerInspection each : all) {
      played.with(each, Integer.MAX_VALUE);
      services.add(new StackService(each.container().name(), List.of(each.container())));
    }
    return Sequence.of(played.engine(), new Stack("shop", "generic", "", null, services));
  }

  private static ContainerInspection container(
      String name, String network, String processes, String... needs) {
    List<String> depends =
        List.of(needs).stream().map(one -> one + ":service_started:true").toList();
    return Played.container(
        name,
        network,
        processes,
        Map.of("com.docker.compose.depends_on", String.join(",", depends)));
  }
}
