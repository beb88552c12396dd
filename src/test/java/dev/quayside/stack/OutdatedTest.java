package dev.quayside.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerState;
import dev.quayside.engine.Health;
import dev.quayside.engine.compose.Compose;
import dev.quayside.engine.compose.ComposeForecast;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OutdatedTest {

  private static final Outdated.Hashes NOT_ASKED =
      () -> {
        throw new IllegalStateException("nobody needs them");
      };

  @Test
  void whatComposeSaysOfAContainerCounts() throws Exception {
    List<Container> containers = List.of(container("a", "old"), container("b", "old"));
    ComposeForecast forecast = new ComposeForecast(Set.of("a", "b"), Set.of("b"));

    assertThat(Outdated.judged(containers, forecast, NOT_ASKED)).containsExactly("b");
  }

  @Test
  void whereComposeSaysNothingThatIsUnderstoodTheHashDecides() throws Exception {
    List<Container> containers = List.of(container("a", "old"), container("b", "new"));
    Map<String, String> now = Map.of("a", "new", "b", "new");

    assertThat(Outdated.judged(containers, new ComposeForecast(Set.of(), Set.of()), () -> now))
        .containsExactly("a");
    assertThat(Outdated.judged(containers, null, () -> now)).containsExactly("a");
    assertThat(
            Outdated.judged(containers, new ComposeForecast(Set.of("b"), Set.of("b")), () -> now))
        .containsExactly("a", "b");
  }

  private static Container container(String service, String hash) {
    return new Container(
        new ContainerId(service),
        service,
        "image",
        "",
        ContainerState.RUNNING,
        Health.NONE,
        Instant.EPOCH,
        List.of(),
        Map.of(Container.PROJECT, "p", Container.SERVICE, service, Compose.CONFIG_HASH, hash),
        List.of(),
        null);
  }
}
