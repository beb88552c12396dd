package dev.quayside.exposure.probe;

import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerInspection;
import dev.quayside.engine.ContainerState;
import dev.quayside.engine.Engine;
import dev.quayside.engine.EngineInfo;
import dev.quayside.engine.Health;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Plays an engine with one running container of the project {@code demo} on this host. */
public final class PlayedEngine {

  private PlayedEngine() {}

  /**
   * Plays it.
   *
   * @param mounted what the container has mounted by itself
   * @param local whether the engine is on this machine
   */
  public static Engine with(String service, String mounted, boolean local) {
    Container container =
        new Container(
            new ContainerId("a".repeat(64)),
            "demo-" + service,
            "image",
            "sha256:1",
            ContainerState.RUNNING,
            Health.NONE,
            Instant.EPOCH,
            List.of(),
            Map.of(Container.PROJECT, "demo", Container.SERVICE, service),
            List.of("net"),
            null);
    ContainerInspection inspection =
        new ContainerInspection(
            container,
            List.of(),
            "",
            "no",
            false,
            false,
            List.of(),
            List.of(new ContainerInspection.Mount("bind", mounted, "/env", false)),
            List.of(new ContainerInspection.Attachment("net", "127.0.0.1", "", List.of())),
            List.of());
    EngineInfo info = new EngineInfo("x", "1", "1", "linux", "x", "2", "", false, local, "");
    return (Engine)
        Proxy.newProxyInstance(
            PlayedEngine.class.getClassLoader(),
            new Class<?>[] {Engine.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "info" -> info;
                  case "list" -> List.of(container);
                  case "inspect" -> inspection;
                  case "close" -> null;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }
}
