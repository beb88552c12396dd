package dev.quayside.engine.demo;

import dev.quayside.common.Feed;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Subscription;
import dev.quayside.engine.Connection;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerInspection;
import dev.quayside.engine.Engine;
import dev.quayside.engine.EngineEvent;
import dev.quayside.engine.EngineInfo;
import dev.quayside.engine.EngineSnapshot;
import dev.quayside.engine.EngineSource;
import dev.quayside.engine.FileChange;
import dev.quayside.engine.Health;
import dev.quayside.engine.LogChunk;
import dev.quayside.engine.LogRequest;
import dev.quayside.engine.Network;
import dev.quayside.engine.RawStats;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Plays an engine with three stacks. What it shows depends on its clock alone, so the same moment
 * gives the same picture; {@link #control} changes only the play.
 */
public final class DemoEngine implements Engine {

  // How long ago a service that is stopped when the demo begins said its last word.
  private static final Duration SILENT = Duration.ofHours(6);
  private static final long SETTLE_SECONDS = 3;

  private final List<DemoService> script = DemoStacks.all();
  private final Executor later;
  private final DemoWorld world;
  private final Feed<EngineSnapshot> feed;

  /**
   * Creates a demo whose delayed changes (a health check that settles, a followed log) come by
   * themselves.
   */
  public DemoEngine(InstantSource clock) {
    this(clock, CompletableFuture.delayedExecutor(SETTLE_SECONDS, TimeUnit.SECONDS));
  }

  /**
   * Creates a demo.
   *
   * @param clock decides what the script shows
   * @param later runs delayed changes; tests pass one that they drive themselves
   */
  public DemoEngine(InstantSource clock, Executor later) {
    this.later = later;
    this.world = new DemoWorld(script, clock, later);
    this.feed = new Feed<>(snapshot());
    world.observe(event -> republish());
  }

  /** Returns what runs in the play, as a container registry would publish it. */
  public Feed<EngineSnapshot> feed() {
    return feed;
  }

  // Taken and published under one lock, so that an older picture never follows a newer one.
  private void republish() {
    synchronized (world) {
      feed.publish(snapshot());
    }
  }

  private EngineSnapshot snapshot() {
    List<Container> containers = new ArrayList<>(world.containers(true));
    containers.sort(Comparator.comparing(Container::name).thenComparing(Container::id));
    return new EngineSnapshot(new Connection.Connected(info()), containers, true, networks());
  }

  /** Returns a source that gives this engine, for the container registry. */
  public EngineSource source() {
    return () -> this;
  }

  /** Returns the side that starts and stops the play's containers. */
  public DemoControl control() {
    return new DemoControl(world);
  }

  /** Returns what the service in container {@code id} uses at {@code moment} while it runs. */
  public DemoLoad load(ContainerId id, Instant moment) throws ProblemException {
    return world.service(id).load(moment);
  }

  /** Returns the number of the GPU that a container holds, empty without one. */
  public OptionalInt gpu(ContainerId id) throws ProblemException {
    int gpu = world.service(id).gpu();
    return gpu < 0 ? OptionalInt.empty() : OptionalInt.of(gpu);
  }

  @Override
  public EngineInfo info() {
    return new EngineInfo(
        "demo://scripted",
        "28.2.2",
        "1.50",
        "linux",
        "demo",
        "2",
        "",
        false,
        false,
        "the demo has no processes");
  }

  @Override
  public void ping() {}

  @Override
  public Set<String> volumes(String project) {
    return Set.of();
  }

  @Override
  public Map<String, Set<String>> volumeFolders() {
    return Map.of();
  }

  @Override
  public Set<String> imageNames() {
    return Set.of();
  }

  @Override
  public List<Network> networks() {
    return world.containers(true).stream()
        .flatMap(container -> container.networks().stream())
        .distinct()
        .sorted()
        .map(name -> new Network(name, name, driver(name), "", "", false))
        .toList();
  }

  private static String driver(String network) {
    return network.equals("host") ? "host" : network.equals("none") ? "null" : "bridge";
  }

  @Override
  public List<Container> list() {
    return world.containers(false);
  }

  @Override
  public Container read(ContainerId id) throws ProblemException {
    return world.container(id);
  }

  @Override
  public ContainerInspection inspect(ContainerId id) throws ProblemException {
    Container container = world.container(id);
    DemoService service = world.service(id);
    List<ContainerInspection.Attachment> attachments = new ArrayList<>();
    int last = 2 + script.indexOf(service);
    for (String network : service.networks()) {
      attachments.add(
          new ContainerInspection.Attachment(
              network, "172.19.0." + last, "", List.of(service.container(), service.service())));
    }
    return new ContainerInspection(
        container,
        List.of("/entrypoint", service.service()),
        "",
        "unless-stopped",
        false,
        false,
        service.environmentNames(),
        service.mounts(),
        attachments,
        healthLog(container));
  }

  private List<ContainerInspection.HealthResult> healthLog(Container container) {
    if (container.health() == Health.NONE || container.health() == Health.STARTING) {
      return List.of();
    }
    boolean healthy = container.health() == Health.HEALTHY;
    List<ContainerInspection.HealthResult> log = new ArrayList<>();
    for (int back = 4; back >= 0; back--) {
      String output =
          healthy
              ? "HTTP/1.1 200 OK"
              : "curl: (28) Operation timed out after 10001 milliseconds with 0 bytes received";
      log.add(
          new ContainerInspection.HealthResult(
              world.now().minusSeconds(12 + 30L * back), OptionalInt.of(healthy ? 0 : 1), output));
    }
    return log;
  }

  @Override
  public Map<String, String> environment(ContainerId id, Set<String> names) {
    return Map.of();
  }

  @Override
  public Set<String> variablesSet(ContainerId id) {
    return Set.of();
  }

  @Override
  public Subscription events(Consumer<EngineEvent> onEvent, Consumer<ProblemException> onEnd) {
    return world.observe(onEvent);
  }

  @Override
  public RawStats stats(ContainerId id) throws ProblemException {
    Instant now = world.now();
    DemoService service = world.service(id);
    double[] counters = new double[5];
    for (Instant moment = world.origin(); moment.isBefore(now); moment = moment.plusSeconds(1)) {
      DemoLoad load = service.load(moment);
      counters[0] += load.cpuCores() * 1e9;
      counters[1] += load.receivedPerSecond();
      counters[2] += load.sentPerSecond();
      counters[3] += load.readPerSecond();
      counters[4] += load.writtenPerSecond();
    }
    DemoLoad load = service.load(now);
    return new RawStats(
        now,
        OptionalLong.of((long) counters[0]),
        OptionalLong.of(load.memoryBytes()),
        OptionalLong.of(0),
        service.memoryLimit() == 0 ? OptionalLong.empty() : OptionalLong.of(service.memoryLimit()),
        OptionalLong.of(load.processes()),
        OptionalLong.of((long) counters[1]),
        OptionalLong.of((long) counters[2]),
        OptionalLong.of((long) counters[3]),
        OptionalLong.of((long) counters[4]));
  }

  @Override
  public Subscription logs(
      ContainerId id,
      LogRequest request,
      Consumer<LogChunk> onChunk,
      Consumer<@Nullable ProblemException> onEnd)
      throws ProblemException {
    DemoService service = world.service(id);
    long newest = lineIndex(request.until() == null ? world.now() : request.until());
    if (list().stream().noneMatch(one -> one.id().equals(id) && one.live())) {
      // What does not run said its last word a while ago.
      newest = Math.min(newest, lineIndex(world.now().minus(SILENT)));
    }
    long span = request.tail() < 0 ? 500 : request.tail();
    long oldest =
        request.since() == null
            ? newest - span
            : Math.max(newest - span, lineIndex(request.since()));
    for (long index = oldest + 1; index <= newest; index++) {
      onChunk.accept(DemoLogs.line(service, index));
    }
    AtomicBoolean closed = new AtomicBoolean();
    if (request.follow()) {
      long shown = newest;
      later.execute(() -> follow(service, shown, onChunk, closed));
    } else {
      onEnd.accept(null);
    }
    return () -> closed.set(true);
  }

  private void follow(
      DemoService service, long last, Consumer<LogChunk> onChunk, AtomicBoolean closed) {
    if (closed.get()) {
      return;
    }
    long newest = lineIndex(world.now());
    for (long index = last + 1; index <= newest; index++) {
      onChunk.accept(DemoLogs.line(service, index));
    }
    later.execute(() -> follow(service, Math.max(last, newest), onChunk, closed));
  }

  private static long lineIndex(Instant moment) {
    return moment.getEpochSecond() / DemoLogs.SECONDS_PER_LINE;
  }

  @Override
  public InputStream archive(ContainerId id, String path) throws ProblemException {
    throw world.problem(
        "no-files", String.format(Locale.ROOT, "%s:%s", world.service(id).container(), path));
  }

  @Override
  public List<FileChange> diff(ContainerId id) throws ProblemException {
    return List.of(
        new FileChange(FileChange.Kind.MODIFIED, "/tmp"),
        new FileChange(FileChange.Kind.ADDED, "/run/" + world.service(id).service() + ".pid"));
  }

  @Override
  public void close() {}
}
