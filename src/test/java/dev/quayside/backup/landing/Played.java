package dev.quayside.backup.landing;

import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerInspection;
import dev.quayside.engine.ContainerState;
import dev.quayside.engine.Engine;
import dev.quayside.engine.EngineFault;
import dev.quayside.engine.EngineSource;
import dev.quayside.engine.Health;
import dev.quayside.engine.RuntimeFacts;
import dev.quayside.engine.demo.DemoEngine;
import dev.quayside.stack.env.EnvFile;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Adds containers to the played engine; a test says how often each is still seen. */
final class Played {

  private final Engine demo = new DemoEngine(InstantSource.fixed(Instant.EPOCH));
  private final List<ContainerInspection> added = new ArrayList<>();
  private final Set<ContainerId> gone = new HashSet<>();
  private int looks = Integer.MAX_VALUE;

  /** Adds one that is there until {@link #leave}, or for so many looks at the list. */
  Played with(ContainerInspection one, int looks) {
    added.add(one);
    this.looks = looks;
    return this;
  }

  /** Adds one that is listed, and is gone when it is looked at. */
  Played withGone(ContainerInspection one) {
    added.add(one);
    gone.add(one.container().id());
    return this;
  }

  void leave() {
    added.clear();
  }

  EngineSource source() {
    return this::engine;
  }

  Engine engine() {
    return (Engine)
        Proxy.newProxyInstance(
            Played.class.getClassLoader(),
            new Class<?>[] {Engine.class},
            (_, method, arguments) -> {
              if (method.getName().equals("list")) {
                return listed();
              }
              if (method.getName().equals("inspect")) {
                for (ContainerInspection one : added) {
                  if (one.container().id().equals(arguments[0])) {
                    if (gone.contains(one.container().id())) {
                      throw EngineFault.CONTAINER_GONE.exception(new Exception("gone"), "gone");
                    }
                    return one;
                  }
                }
              }
              try {
                return method.invoke(demo, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private List<Container> listed() throws Exception {
    if (looks <= 0) {
      leave();
    }
    looks--;
    List<Container> all = new ArrayList<>(demo.list());
    added.forEach(one -> all.add(one.container()));
    return all;
  }

  /**
   * Describes a container that runs.
   *
   * @param network as the engine says it
   * @param processes the same
   */
  /** Returns the identity of the container called {@code name}, which is not its name. */
  static ContainerId id(String name) {
    return new ContainerId(EnvFile.hash(name.getBytes(StandardCharsets.UTF_8)));
  }

  static ContainerInspection container(
      String name,
      String network,
      String processes,
      Map<String, String> labels,
      ContainerInspection.Mount... mounts) {
    return new ContainerInspection(
        new Container(
            id(name),
            name,
            "nginx",
            "",
            ContainerState.RUNNING,
            Health.NONE,
            Instant.EPOCH,
            List.of(),
            labels,
            List.of(),
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
                false)),
        List.of(),
        "",
        "",
        false,
        false,
        List.of(),
        List.of(mounts),
        List.of(),
        List.of(),
        false,
        processes);
  }

  /** Describes one that has {@code source} mounted. */
  static ContainerInspection mounting(String name, String source) {
    return container(
        name, "bridge", "", Map.of(), new ContainerInspection.Mount("bind", source, "/data", true));
  }
}
