package dev.quayside.engine.demo;

import dev.quayside.common.Messages;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Subscription;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerState;
import dev.quayside.engine.EngineEvent;
import dev.quayside.engine.Health;
import dev.quayside.engine.RuntimeFacts;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Holds what the demo's containers do at the moment, and tells of changes. Safe from any thread.
 */
final class DemoWorld {

  private static final int FIRST_PID = 4_100;

  private final InstantSource clock;
  private final Executor later;
  private final Instant origin;
  private final Messages messages = Messages.of("demo");
  private final Map<ContainerId, Row> rows = new LinkedHashMap<>();
  private final CopyOnWriteArrayList<Consumer<EngineEvent>> observers =
      new CopyOnWriteArrayList<>();

  /** Creates the world as the script starts it. */
  DemoWorld(List<DemoService> script, InstantSource clock, Executor later) {
    this.clock = clock;
    this.later = later;
    this.origin = clock.instant();
    for (DemoService service : script) {
      Row row = new Row(service, FIRST_PID + 37L * rows.size());
      row.state = service.state();
      row.health = service.health();
      row.startedAt = origin.minus(service.age());
      row.restarts = service.restarts();
      if (!running(service.state())) {
        row.finishedAt = row.startedAt.plusSeconds(1_740);
        row.exitCode = OptionalInt.of(0);
      }
      rows.put(service.id(), row);
    }
  }

  /** Returns when the play began. */
  Instant origin() {
    return origin;
  }

  /** Returns the present moment. */
  Instant now() {
    return clock.instant();
  }

  /** Returns all containers, with or without their runtime facts. */
  synchronized List<Container> containers(boolean withFacts) {
    List<Container> all = new ArrayList<>(rows.size());
    for (Row row : rows.values()) {
      all.add(row.container(withFacts));
    }
    return all;
  }

  /** Returns one container with its runtime facts. */
  synchronized Container container(ContainerId id) throws ProblemException {
    return row(id).container(true);
  }

  /** Returns the script of a container. */
  synchronized DemoService service(ContainerId id) throws ProblemException {
    return row(id).service;
  }

  /** Hands each later event to {@code observer} until closed. */
  Subscription observe(Consumer<EngineEvent> observer) {
    observers.add(observer);
    return () -> observers.remove(observer);
  }

  /** Starts a container; its health check answers a few seconds later. */
  void start(ContainerId id) throws ProblemException {
    synchronized (this) {
      Row row = row(id);
      if (running(row.state)) {
        return;
      }
      row.state = ContainerState.RUNNING;
      row.startedAt = now();
      row.finishedAt = null;
      row.exitCode = OptionalInt.empty();
      row.pid += 1_000;
      row.health = row.service.health() == Health.NONE ? Health.NONE : Health.STARTING;
    }
    tell(EngineEvent.Kind.STARTED, id, null);
    later.execute(() -> settle(id));
  }

  /** Stops a container. */
  void stop(ContainerId id) throws ProblemException {
    synchronized (this) {
      Row row = row(id);
      if (!running(row.state)) {
        return;
      }
      row.state = ContainerState.EXITED;
      row.finishedAt = now();
      row.exitCode = OptionalInt.of(0);
      row.health = Health.NONE;
    }
    tell(EngineEvent.Kind.DIED, id, null);
    tell(EngineEvent.Kind.STOPPED, id, null);
  }

  /** Freezes a running container, or lets a frozen one go on. */
  void freeze(ContainerId id, boolean frozen) throws ProblemException {
    synchronized (this) {
      Row row = row(id);
      ContainerState wanted = frozen ? ContainerState.PAUSED : ContainerState.RUNNING;
      if (row.state == wanted) {
        return;
      }
      if (!running(row.state)) {
        throw problem("not-running", row.service.container());
      }
      row.state = wanted;
    }
    tell(frozen ? EngineEvent.Kind.PAUSED : EngineEvent.Kind.UNPAUSED, id, null);
  }

  /** Removes a stopped container. */
  void remove(ContainerId id) throws ProblemException {
    synchronized (this) {
      Row row = row(id);
      if (running(row.state)) {
        throw problem("still-running", row.service.container());
      }
      rows.remove(id);
    }
    tell(EngineEvent.Kind.DESTROYED, id, null);
  }

  /** Returns a problem of the demo's own, by its key in the bundle. */
  ProblemException problem(String key, Object... arguments) {
    return new ProblemException(
        new Problem(
            "DEMO-" + key.toUpperCase(Locale.ROOT),
            messages.get(key + ".title", arguments),
            messages.get(key + ".happened", arguments),
            messages.get("unchanged"),
            messages.get(key + ".next", arguments),
            null,
            ""));
  }

  private void settle(ContainerId id) {
    Health settled;
    synchronized (this) {
      Row row = rows.get(id);
      if (row == null || row.health != Health.STARTING) {
        return;
      }
      row.health = row.service.health();
      settled = row.health;
    }
    tell(EngineEvent.Kind.HEALTH, id, settled);
  }

  private void tell(EngineEvent.Kind kind, ContainerId id, @Nullable Health health) {
    EngineEvent event = new EngineEvent(kind, id, health, Map.of(), now());
    for (Consumer<EngineEvent> observer : observers) {
      observer.accept(event);
    }
  }

  private Row row(ContainerId id) throws ProblemException {
    Row row = rows.get(id);
    if (row == null) {
      throw problem("no-such-container", id.brief());
    }
    return row;
  }

  private static boolean running(ContainerState state) {
    return state == ContainerState.RUNNING || state == ContainerState.PAUSED;
  }

  private static final class Row {
    private final DemoService service;
    private long pid;
    private ContainerState state = ContainerState.CREATED;
    private Health health = Health.NONE;
    private Instant startedAt = Instant.EPOCH;
    private @Nullable Instant finishedAt;
    private OptionalInt exitCode = OptionalInt.empty();
    private int restarts;

    Row(DemoService service, long pid) {
      this.service = service;
      this.pid = pid;
    }

    Container container(boolean withFacts) {
      String folder = DemoStacks.folder(service.stack());
      Map<String, String> labels =
          Map.of(
              Container.PROJECT,
              service.stack(),
              Container.SERVICE,
              service.service(),
              "com.docker.compose.project.working_dir",
              folder,
              "com.docker.compose.project.config_files",
              folder + "/docker-compose.yml",
              "com.docker.compose.container-number",
              "1",
              "com.docker.compose.oneoff",
              "False",
              "com.docker.compose.version",
              "2.26.1");
      return new Container(
          service.id(),
          service.container(),
          service.image(),
          service.imageId(),
          state,
          health,
          startedAt.minusSeconds(2),
          running(state) ? service.ports() : List.of(),
          labels,
          service.networks(),
          withFacts ? facts() : null);
    }

    private RuntimeFacts facts() {
      return new RuntimeFacts(
          running(state) ? OptionalLong.of(pid) : OptionalLong.empty(),
          startedAt,
          finishedAt,
          exitCode,
          false,
          restarts,
          service.cpuLimit() == 0 ? OptionalDouble.empty() : OptionalDouble.of(service.cpuLimit()),
          service.memoryLimit() == 0
              ? OptionalLong.empty()
              : OptionalLong.of(service.memoryLimit()),
          service.networks().getFirst(),
          service.gpu() >= 0);
    }
  }
}
