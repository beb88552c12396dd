package dev.quayside.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Subscription;
import dev.quayside.engine.socket.SocketConnector;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerRegistryTest {

  private static final String ID = "c".repeat(64);
  private static final String OTHER = "d".repeat(64);

  @TempDir Path folder;
  private FakeEngine engine;
  private ContainerRegistry registry;
  private final AtomicReference<String> state = new AtomicReference<>("running");
  private final AtomicReference<FakeEngine.Exchange> stream = new AtomicReference<>();
  private final Semaphore streams = new Semaphore(0);

  @BeforeEach
  void startEngine() throws IOException {
    engine = new FakeEngine(folder.resolve("engine.sock"));
    engine.on("/events", this::keepStream);
    engine.on(
        "/containers/json",
        exchange -> exchange.json(200, "[" + listed(ID, "web", state.get()) + "]"));
    engine.on(
        "/containers/" + ID + "/json",
        exchange -> exchange.json(200, inspected(ID, "web", state.get())));
    registry =
        ContainerRegistry.open(
            () -> new SocketConnector(Map.of()).connect(engine.endpoint()), InstantSource.system());
  }

  @AfterEach
  void stopEngine() throws IOException {
    registry.close();
    engine.close();
  }

  private void keepStream(FakeEngine.Exchange exchange) throws IOException {
    exchange.startChunks();
    stream.set(exchange);
    streams.release();
    exchange.silence();
  }

  @Test
  void showsTheListAndThenWhatInspectionsAdd() throws Exception {
    EngineSnapshot snapshot = await(now -> complete(now) && only(now).facts() != null);

    assertThat(only(snapshot).name()).isEqualTo("web");
    assertThat(only(snapshot).facts().pid()).hasValue(1);
    assertThat(snapshot.connection())
        .isInstanceOfSatisfying(
            Connection.Connected.class,
            connected -> assertThat(connected.engine().apiVersion()).isEqualTo("1.50"));
  }

  @Test
  void opensTheEventStreamWithTheFilterBeforeItAsksForTheList() throws Exception {
    await(ContainerRegistryTest::complete);

    List<String> requests = engine.requests();
    int events = index(requests, "/events?filters=");
    assertThat(events).isNotNegative().isLessThan(index(requests, "/containers/json"));
    assertThat(requests.get(events)).contains("health_status").doesNotContain("exec_");
  }

  @Test
  void anEventIsInTheModelBeforeTheInspectionAnswers() throws Exception {
    await(now -> complete(now) && only(now).facts() != null);
    CountDownLatch hold = new CountDownLatch(1);
    engine.on(
        "/containers/" + ID + "/json",
        exchange -> {
          awaitLatch(hold);
          exchange.json(200, inspected(ID, "web", "exited"));
        });

    send(event("die", "\"exitCode\":\"3\""));

    await(now ->
        only(now).state() == ContainerState.EXITED && only(now).facts().exitCode().getAsInt() == 3);
    hold.countDown();
  }

  @Test
  void aCutStreamShowsAtOnceAndTheModelComesBackWithoutGhosts() throws Exception {
    await(ContainerRegistryTest::complete);
    engine.on(
        "/containers/json",
        exchange -> exchange.json(200, "[" + listed(OTHER, "new", "running") + "]"));

    CompletableFuture<EngineSnapshot> lost =
        next(now -> now.connection() instanceof Connection.Lost);
    engine.cutAll();

    assertThat(lost.get(20, TimeUnit.SECONDS).containers())
        .as("the old state stays visible")
        .hasSize(1);
    EngineSnapshot back = await(now -> complete(now) && only(now).name().equals("new"));
    assertThat(back.containers()).hasSize(1);
  }

  @Test
  void aFrozenEngineIsLostAndComesBack() throws Exception {
    await(ContainerRegistryTest::complete);
    CompletableFuture<EngineSnapshot> lost =
        next(now -> now.connection() instanceof Connection.Lost);

    engine.freeze();

    Connection.Lost how = (Connection.Lost) lost.get(20, TimeUnit.SECONDS).connection();
    assertThat(how.problem().code()).isEqualTo("ENGINE-NO-ANSWER");
    assertThat(how.last()).isNotNull();
    engine.thaw();
    await(ContainerRegistryTest::complete);
  }

  @Test
  void garbageInTheStreamIsALossAndNotAnEnd() throws Exception {
    await(ContainerRegistryTest::complete);
    CompletableFuture<EngineSnapshot> lost =
        next(now -> now.connection() instanceof Connection.Lost);

    stream.get().raw("5\r\n{{{{\n\r\n");

    Connection.Lost how = (Connection.Lost) lost.get(20, TimeUnit.SECONDS).connection();
    assertThat(how.problem().code()).isEqualTo("ENGINE-GARBLED");
    await(ContainerRegistryTest::complete);
  }

  @Test
  void anInspectionThatHangsCostsOnlyItsOwnRow() throws Exception {
    await(ContainerRegistryTest::complete);
    CountDownLatch never = new CountDownLatch(1);
    engine.on("/containers/" + ID + "/json", exchange -> awaitLatch(never));
    engine.on(
        "/containers/" + OTHER + "/json",
        exchange -> exchange.json(200, inspected(OTHER, "new", "running")));

    send(event("update", "\"x\":\"y\""));
    send(event("create", "\"x\":\"y\"").replace(ID, OTHER));

    EngineSnapshot snapshot = await(now -> now.containers().size() == 2);
    assertThat(snapshot.containers()).extracting(Container::name).containsExactly("new", "web");
    never.countDown();
  }

  @Test
  void anInspectionThatFailedIsTriedAgainThoughNothingElseHappens() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    engine.on(
        "/containers/" + ID + "/json",
        exchange -> {
          boolean first = asked.getAndIncrement() == 0;
          exchange.json(first ? 500 : 200, first ? "{}" : inspected(ID, "web", "running"));
        });
    try (ContainerRegistry other =
        ContainerRegistry.open(
            () -> new SocketConnector(Map.of()).connect(engine.endpoint()),
            InstantSource.system())) {
      first(other, now -> complete(now) && only(now).facts() != null);
    }
    assertThat(asked).hasValueGreaterThan(1);
  }

  @Test
  void aBurstOfEventsBecomesFewSnapshots() throws Exception {
    await(now -> complete(now) && only(now).facts() != null);
    AtomicInteger snapshots = new AtomicInteger();
    Subscription counting = registry.feed().observe(now -> snapshots.incrementAndGet());
    StringBuilder burst = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      burst.append(event(i % 2 == 0 ? "pause" : "unpause", "\"n\":\"" + i + "\""));
    }
    CompletableFuture<EngineSnapshot> end =
        next(now ->
            only(now).health() == Health.UNHEALTHY && only(now).state() == ContainerState.RUNNING);

    stream.get().chunk(burst + event("health_status: unhealthy", "\"x\":\"y\""));

    end.get(20, TimeUnit.SECONDS);
    counting.close();
    assertThat(snapshots.get()).isLessThan(20);
  }

  @Test
  void aNameFullOfControlCharactersIsOnlyData() throws Exception {
    await(now -> complete(now) && only(now).facts() != null);
    CountDownLatch hold = new CountDownLatch(1);
    engine.on("/containers/" + ID + "/json", exchange -> awaitLatch(hold));
    String name = "\\u001b[2J\\u0007\\u0000\\u202e\\n";

    send(event("rename", "\"name\":\"/" + name + "\""));

    await(now -> only(now).name().equals("\u001b[2J\u0007\u0000\u202e\n"));
    hold.countDown();
  }

  @Test
  void triesAgainWhenTheEngineIsNotThereYetAndSaysWhen() throws Exception {
    Path socket = folder.resolve("later.sock");
    try (ContainerRegistry early =
        ContainerRegistry.open(
            () -> new SocketConnector(Map.of()).connect(new Endpoint.Unix(socket)),
            InstantSource.system())) {
      EngineSnapshot none = first(early, now -> now.connection() instanceof Connection.Lost);
      assertThat(((Connection.Lost) none.connection()).nextAttempt()).isNotNull();
      try (FakeEngine late = new FakeEngine(socket)) {
        early.retryNow();
        first(early, EngineSnapshot::complete);
        assertThat(late.requests()).isNotEmpty();
      }
    }
  }

  @Test
  void theNetworksComeWithTheFirstListAndAgainOnEveryNetworkEvent() throws Exception {
    AtomicReference<String> driver = new AtomicReference<>("bridge");
    await(ContainerRegistryTest::complete);
    registry.close();
    AtomicInteger asked = new AtomicInteger();
    engine.on(
        "/networks",
        exchange -> {
          asked.incrementAndGet();
          exchange.json(200, "[" + network("net", driver.get()) + "]");
        });
    try (ContainerRegistry other = another()) {
      EngineSnapshot whole = first(other, EngineSnapshot::complete);
      assertThat(whole.networks()).extracting(Network::driver).containsExactly("bridge");
      assertThat(asked).hasValue(1);
      for (String action : List.of("create", "connect", "disconnect", "destroy")) {
        driver.set(action + "-driver");
        stream.get().chunk(networkEvent(action));
        EngineSnapshot newer =
            first(other, now -> now.networks().getFirst().driver().equals(action + "-driver"));
        assertThat(newer.containers()).hasSize(1);
      }
    }
  }

  @Test
  void aContainerOnAnUnknownNetworkHasTheNetworksReadAgain() throws Exception {
    await(ContainerRegistryTest::complete);
    registry.close();
    AtomicInteger asked = new AtomicInteger();
    engine.on(
        "/networks",
        exchange -> {
          boolean first = asked.getAndIncrement() == 0;
          exchange.json(200, "[" + network(first ? "net" : "elsewhere", "ipvlan") + "]");
        });
    engine.on(
        "/containers/json",
        exchange -> exchange.json(200, "[" + onNetwork(listed(ID, "web", "running")) + "]"));
    engine.on(
        "/containers/" + ID + "/json",
        exchange -> exchange.json(200, onNetwork(inspected(ID, "web", "running"))));
    try (ContainerRegistry other = another()) {
      EngineSnapshot read =
          first(
              other,
              now -> now.networks().stream().anyMatch(each -> each.name().equals("elsewhere")));
      assertThat(only(read).networks()).containsExactly("elsewhere");
    }
  }

  @Test
  void anEngineThatRefusesItsNetworksIsNotLost() throws Exception {
    await(ContainerRegistryTest::complete);
    registry.close();
    engine.on("/networks", exchange -> exchange.json(403, "{\"message\":\"no\"}"));
    try (ContainerRegistry other = another()) {
      EngineSnapshot whole = first(other, EngineSnapshot::complete);
      assertThat(whole.connection()).isInstanceOf(Connection.Connected.class);
      assertThat(whole.networks()).isEmpty();
      first(other, now -> complete(now) && only(now).facts() != null);
    }
  }

  @Test
  void aConnectionThatComesAboutAfterTheEndIsGivenUp() throws Exception {
    await(ContainerRegistryTest::complete);
    CompletableFuture<Boolean> gone = new CompletableFuture<>();
    engine.on(
        "/events",
        exchange -> {
          exchange.startChunks();
          try {
            exchange.silence();
          } finally {
            gone.complete(true);
          }
        });
    CountDownLatch connecting = new CountDownLatch(1);
    CountDownLatch hold = new CountDownLatch(1);
    EngineSource slow =
        () -> {
          connecting.countDown();
          try {
            awaitLatch(hold);
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
          return new SocketConnector(Map.of()).connect(engine.endpoint());
        };
    try (ContainerRegistry other = ContainerRegistry.open(slow, InstantSource.system())) {
      assertThat(connecting.await(20, TimeUnit.SECONDS)).isTrue();
    }
    hold.countDown();

    assertThat(gone.get(20, TimeUnit.SECONDS)).isTrue();
  }

  private ContainerRegistry another() {
    return ContainerRegistry.open(
        () -> new SocketConnector(Map.of()).connect(engine.endpoint()), InstantSource.system());
  }

  private static String network(String name, String driver) {
    return "{\"Id\":\"n\",\"Name\":\"" + name + "\",\"Driver\":\"" + driver + "\"}";
  }

  private static String networkEvent(String action) {
    String attributes =
        action.endsWith("connect") ? "\"container\":\"" + ID + "\"" : "\"name\":\"net\"";
    return "{\"Type\":\"network\",\"Action\":\""
        + action
        + "\",\"Actor\":{\"ID\":\"n\",\"Attributes\":{"
        + attributes
        + "}},\"timeNano\":1763800000000000000}\n";
  }

  private static String onNetwork(String container) {
    return container.substring(0, container.length() - 1)
        + ",\"NetworkSettings\":{\"Networks\":{\"elsewhere\":{}}}}";
  }

  @Test
  void anObserverThatFailsDoesNotEndTheModel() throws Exception {
    await(now -> complete(now) && only(now).facts() != null);
    CountDownLatch failed = new CountDownLatch(1);
    registry
        .feed()
        .observe(now -> {
          if (only(now).state() == ContainerState.PAUSED && failed.getCount() > 0) {
            failed.countDown();
            throw new IllegalStateException("a bad observer");
          }
        });

    send(event("pause", "\"x\":\"y\""));
    assertThat(failed.await(20, TimeUnit.SECONDS)).isTrue();
    send(event("health_status: healthy", "\"x\":\"y\""));

    await(now -> only(now).health() == Health.HEALTHY);
  }

  private void send(String event) throws Exception {
    assertThat(streams.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
    streams.release();
    stream.get().chunk(event);
  }

  private static String event(String action, String attributes) {
    return "{\"Type\":\"container\",\"Action\":\""
        + action
        + "\",\"Actor\":{\"ID\":\""
        + ID
        + "\",\"Attributes\":{"
        + attributes
        + "}},\"timeNano\":1763800000000000000}\n";
  }

  private static String listed(String id, String name, String state) {
    return "{\"Id\":\""
        + id
        + "\",\"Names\":[\"/"
        + name
        + "\"],\"Image\":\"i\",\"ImageID\":\"s\",\"State\":\""
        + state
        + "\",\"Status\":\"Up 1 second\",\"Created\":1763800000}";
  }

  private static String inspected(String id, String name, String state) {
    return "{\"Id\":\""
        + id
        + "\",\"Name\":\"/"
        + name
        + "\",\"Image\":\"s\",\"Config\":{\"Image\":\"i\"},"
        + "\"Created\":\"2025-11-22T08:26:40Z\",\"State\":{\"Status\":\""
        + state
        + "\",\"Pid\":1,\"ExitCode\":3,\"StartedAt\":\"2025-11-22T08:26:41Z\",\"FinishedAt\":\"0001-01-01T00:00:00Z\"}}";
  }

  private static boolean complete(EngineSnapshot now) {
    return now.complete() && now.containers().size() == 1;
  }

  private static Container only(EngineSnapshot now) {
    return now.containers().getFirst();
  }

  private static int index(List<String> requests, String part) {
    for (int i = 0; i < requests.size(); i++) {
      if (requests.get(i).contains(part)) {
        return i;
      }
    }
    return -1;
  }

  private static void awaitLatch(CountDownLatch latch) throws IOException {
    try {
      if (!latch.await(60, TimeUnit.SECONDS)) {
        throw new IOException("held for too long");
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private EngineSnapshot await(Predicate<EngineSnapshot> condition) throws Exception {
    return first(registry, condition);
  }

  private static EngineSnapshot first(
      ContainerRegistry registry, Predicate<EngineSnapshot> condition) throws Exception {
    return next(registry, condition).get(30, TimeUnit.SECONDS);
  }

  private CompletableFuture<EngineSnapshot> next(Predicate<EngineSnapshot> condition) {
    return next(registry, condition);
  }

  private static CompletableFuture<EngineSnapshot> next(
      ContainerRegistry registry, Predicate<EngineSnapshot> condition) {
    CompletableFuture<EngineSnapshot> found = new CompletableFuture<>();
    registry
        .feed()
        .observe(now -> {
          if (!found.isDone() && condition.test(now)) {
            found.complete(now);
          }
        });
    return found;
  }
}
