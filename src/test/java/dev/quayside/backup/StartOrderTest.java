package dev.quayside.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerInspection;
import dev.quayside.engine.ContainerState;
import dev.quayside.engine.Engine;
import dev.quayside.engine.Health;
import dev.quayside.engine.RuntimeFacts;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What stood still together comes back so that each finds what it needs. */
class StartOrderTest {

  private final Map<ContainerId, Container> there = new LinkedHashMap<>();
  private final Map<ContainerId, String> pids = new LinkedHashMap<>();
  private final Engine engine =
      (Engine)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {Engine.class},
              (proxy, method, arguments) ->
                  switch (method.getName()) {
                    case "list" -> List.copyOf(there.values());
                    case "inspect" ->
                        new ContainerInspection(
                            there.get((ContainerId) arguments[0]),
                            List.of(),
                            "",
                            "",
                            false,
                            false,
                            List.of(),
                            List.of(),
                            List.of(),
                            List.of(),
                            false,
                            pids.getOrDefault((ContainerId) arguments[0], ""));
                    default -> throw new UnsupportedOperationException(method.getName());
                  });

  @Test
  void whatAServiceDependsOnIsStartedBeforeIt() {
    Container app = add("app", "cache:service_healthy:false,queue:service_started:true", "net");
    Container cache = add("cache", "disk:service_started:false", "net");
    Container disk = add("disk", "", "net");

    assertThat(StartOrder.of("shop", List.of(app, cache, disk))).containsExactly(disk, cache, app);
  }

  @Test
  void whatRunsInTheNetworkOfOneThatIsStoppedComesAfterItAndNobodyElse() throws Exception {
    Container owner = add("z-vpn", "", "net");
    Container sharer = add("a-client", "", "container:z-vpn");
    Container strangersNet = add("other", "", "container:elsewhere");
    Container host = add("host", "", "host");

    List<Container> sharers = StartOrder.sharers(List.of(owner), engine);

    assertThat(sharers).containsExactly(sharer).doesNotContain(strangersNet, host);
    assertThat(StartOrder.of("shop", List.of(sharer, owner))).containsExactly(owner, sharer);
    assertThat(StartOrder.sharers(List.of(owner, sharer), engine)).isEmpty();
  }

  @Test
  void whatLivesAmongTheProcessesOfOneThatIsStoppedEndsWithIt() throws Exception {
    Container owner = add("app", "", "net");
    Container guest = add("z-guest", "", "container:sidecar");
    Container sidecar = add("sidecar", "", "net");
    pids.put(sidecar.id(), "container:app");
    Container named = add("named", "", "net");
    pids.put(named.id(), "container:the-app");
    pids.put(add("watcher", "", "net").id(), "host");
    pids.put(add("other", "", "net").id(), "container:elsewhere");

    assertThat(StartOrder.sharers(List.of(owner), engine)).containsExactly(sidecar, guest);
    Container called =
        new Container(
            new ContainerId("0123"),
            "the-app",
            owner.image(),
            "",
            owner.state(),
            owner.health(),
            owner.created(),
            List.of(),
            Map.of(),
            List.of("net"),
            owner.facts());
    assertThat(StartOrder.sharers(List.of(called), engine)).containsExactly(named);
  }

  private Container add(String name, String dependsOn, String network) {
    RuntimeFacts facts =
        new RuntimeFacts(
            OptionalLong.empty(),
            Instant.EPOCH,
            null,
            OptionalInt.empty(),
            false,
            0,
            OptionalDouble.empty(),
            OptionalLong.empty(),
            network,
            false);
    Container container =
        new Container(
            new ContainerId(name),
            name,
            "image",
            "",
            ContainerState.RUNNING,
            Health.NONE,
            Instant.EPOCH,
            List.of(),
            Map.of(Container.SERVICE, name, "com.docker.compose.depends_on", dependsOn),
            network.equals("net") ? List.of("net") : List.of(),
            facts);
    there.put(container.id(), container);
    return container;
  }
}
