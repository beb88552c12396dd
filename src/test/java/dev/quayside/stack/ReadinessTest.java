package dev.quayside.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Progress;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerState;
import dev.quayside.engine.Engine;
import dev.quayside.engine.Health;
import dev.quayside.engine.RuntimeFacts;
import dev.quayside.stack.ServiceResult.Reached;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReadinessTest {

  private final List<Container> containers = new ArrayList<>();

  @Test
  void aServiceThatEndsAtOnceIsNotAsAskedAlthoughItsStatusIsZero() throws Exception {
    containers.add(container("web", ContainerState.EXITED, ""));

    ServiceResult result = await(false, Progress.none());

    assertThat(result.state()).isEqualTo(Reached.EXITED);
    assertThat(result.asAsked()).isFalse();
    assertThat(result.text()).contains("nothing says that it should");
  }

  @Test
  void aServiceMayEndWhereItHadEndedBefore() throws Exception {
    containers.add(container("web", ContainerState.EXITED, ""));

    assertThat(await(true, Progress.none()).state()).isEqualTo(Reached.STOPPED);
  }

  @Test
  void aServiceMayEndWhereAnotherOneWaitsForItsEnd() throws Exception {
    containers.add(container("web", ContainerState.EXITED, ""));
    containers.add(
        container(
            "api",
            ContainerState.RUNNING,
            "db:service_healthy:true,web:service_completed_successfully:false"));

    assertThat(await(false, Progress.none()).state()).isEqualTo(Reached.STOPPED);
  }

  @Test
  void waitingForTheStartOfAServiceDoesNotLetItEnd() throws Exception {
    containers.add(container("web", ContainerState.EXITED, ""));
    containers.add(container("api", ContainerState.RUNNING, "web:service_started:false"));

    assertThat(await(false, Progress.none()).state()).isEqualTo(Reached.EXITED);
  }

  @Test
  void aWaitThatTheOperatorStoppedIsNotCalledTooLong() throws Exception {
    containers.add(container("web", ContainerState.CREATED, ""));

    ServiceResult result = await(false, new Cancelled());

    assertThat(result.state()).isEqualTo(Reached.NOT_AWAITED);
    assertThat(result.asAsked()).isFalse();
  }

  @Test
  void aServiceThatIsReadyAtTheLastLookIsReadyAlthoughTheOperatorStopped() throws Exception {
    containers.add(container("web", ContainerState.EXITED, ""));

    assertThat(await(true, new Cancelled()).state()).isEqualTo(Reached.STOPPED);
  }

  private ServiceResult await(boolean endedBefore, Progress progress) throws Exception {
    Engine engine =
        (Engine)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Engine.class},
                (proxy, method, arguments) ->
                    switch (method.getName()) {
                      case "list" -> List.copyOf(containers);
                      case "read" -> containers.getFirst();
                      default -> throw new UnsupportedOperationException(method.getName());
                    });
    return new Readiness(engine, System::nanoTime)
        .await(
            List.of(new Readiness.Wanted("shop", "web", null, endedBefore)),
            Duration.ofSeconds(20),
            progress)
        .getFirst();
  }

  private static Container container(String service, ContainerState state, String dependsOn) {
    Map<String, String> labels = new TreeMap<>();
    labels.put(Container.PROJECT, "shop");
    labels.put(Container.SERVICE, service);
    labels.put("com.docker.compose.depends_on", dependsOn);
    RuntimeFacts facts =
        new RuntimeFacts(
            OptionalLong.empty(),
            Instant.EPOCH,
            Instant.EPOCH,
            OptionalInt.of(0),
            false,
            0,
            OptionalDouble.empty(),
            OptionalLong.empty(),
            "bridge",
            false);
    return new Container(
        new ContainerId(service),
        service,
        "image",
        "",
        state,
        Health.NONE,
        Instant.EPOCH,
        List.of(),
        labels,
        List.of(),
        facts);
  }

  /** Wishes to stop from the start. */
  static final class Cancelled implements Progress {
    @Override
    public void step(int number, int total, String text) {}

    @Override
    public void bytes(long done, long total) {}

    @Override
    public void line(String text) {}

    @Override
    public boolean cancelled() {
      return true;
    }
  }
}
