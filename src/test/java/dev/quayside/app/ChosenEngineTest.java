package dev.quayside.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quayside.common.ProblemException;
import dev.quayside.engine.Endpoint;
import dev.quayside.engine.Engine;
import dev.quayside.engine.EngineConnector;
import dev.quayside.engine.EngineFault;
import dev.quayside.engine.EngineLocator;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChosenEngineTest {

  private static final Endpoint ROOTLESS = new Endpoint.Unix(Path.of("/somewhere/docker.sock"));
  private static final Endpoint SYSTEM = new Endpoint.Unix(Path.of("/var/run/docker.sock"));

  private final Set<Endpoint> there = new HashSet<>(Set.of(ROOTLESS, SYSTEM));
  private final List<Endpoint> connected = new ArrayList<>();
  private final List<Endpoint> closed = new ArrayList<>();
  private Runnable beforeFirstAnswer = () -> {};

  private final EngineConnector connector =
      endpoint -> {
        if (!there.contains(endpoint)) {
          throw new ProblemException(EngineFault.ENGINE_NOT_RUNNING.problem("", "x"));
        }
        Runnable first = beforeFirstAnswer;
        beforeFirstAnswer = () -> {};
        first.run();
        connected.add(endpoint);
        return engine(endpoint);
      };

  private final ChosenEngine chosen =
      new ChosenEngine(
          new EngineLocator(
              new EngineLocator.Wishes(
                  null, null, Map.of("XDG_RUNTIME_DIR", "/somewhere"), Path.of("/nobody")),
              connector),
          connector);

  private Engine engine(Endpoint endpoint) {
    return (Engine)
        Proxy.newProxyInstance(
            Engine.class.getClassLoader(),
            new Class<?>[] {Engine.class},
            (proxy, method, arguments) -> {
              closed.add(endpoint);
              return null;
            });
  }

  @Test
  void goesBackToTheSameEngineOnly() throws Exception {
    Engine first = chosen.connect();
    there.remove(ROOTLESS);

    assertThat(first).isNotNull();
    assertThat(chosen.endpoint()).isEqualTo(ROOTLESS);
    assertThatThrownBy(chosen::connect).isInstanceOf(ProblemException.class);
  }

  @Test
  void whatAnotherThreadHasChosenMeanwhileIsTaken() throws Exception {
    // As if another thread were quicker, while the first socket was not there.
    beforeFirstAnswer =
        () -> {
          there.remove(ROOTLESS);
          assertThat(endpointNow()).isEqualTo(SYSTEM);
          there.add(ROOTLESS);
        };

    assertThat(chosen.connect()).isNotNull();

    assertThat(connected).containsExactly(SYSTEM, ROOTLESS, SYSTEM);
    assertThat(closed).containsExactly(SYSTEM, ROOTLESS);
    assertThat(chosen.endpoint()).isEqualTo(SYSTEM);
  }

  private Endpoint endpointNow() {
    try {
      return chosen.endpoint();
    } catch (ProblemException e) {
      throw new IllegalStateException(e);
    }
  }
}
