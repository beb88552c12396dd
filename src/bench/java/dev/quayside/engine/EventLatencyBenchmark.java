package dev.quayside.engine;

import dev.quayside.engine.docker.DockerControl;
import dev.quayside.engine.socket.SocketConnector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;

/**
 * Measures, on the engine of {@code DOCKER_HOST}: how long an event takes from the engine's stamp
 * to the published model, and what the open registry costs the engine while nothing happens.
 *
 * <p>Run inside the bed: {@code java … dev.quayside.engine.EventLatencyBenchmark CONTAINER ROUNDS
 * IDLE-SECONDS DOCKERD-PID}. CONTAINER runs; it is paused and unpaused ROUNDS times. Prints one
 * JSON object.
 */
public final class EventLatencyBenchmark {

  private static final long TICKS_PER_SECOND = 100;

  private EventLatencyBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    String name = arguments[0];
    int rounds = Integer.parseInt(arguments[1]);
    int idleSeconds = Integer.parseInt(arguments[2]);
    String pid = arguments[3];
    Map<String, String> environment = System.getenv();
    Endpoint endpoint = Addresses.read("DOCKER_HOST", environment.get("DOCKER_HOST"), null);
    double without = cpuSeconds(pid, idleSeconds);
    Map<ContainerState, Instant> stamps = new ConcurrentHashMap<>();
    SynchronousQueue<Instant> published = new SynchronousQueue<>();
    List<Double> millis = new ArrayList<>();
    double with;
    int containers;
    try (Engine witness = new SocketConnector(environment).connect(endpoint);
        ContainerRegistry registry =
            ContainerRegistry.open(
                () -> new SocketConnector(environment).connect(endpoint), InstantSource.system());
        EngineControl control = DockerControl.of(endpoint, environment)) {
      while (!registry.feed().latest().complete()) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
      TimeUnit.SECONDS.sleep(5);
      containers = registry.feed().latest().containers().size();
      with = cpuSeconds(pid, idleSeconds);
      ContainerId id =
          registry.feed().latest().containers().stream()
              .filter(c -> c.name().equals(name))
              .findFirst()
              .orElseThrow()
              .id();
      for (int round = 0; round < rounds; round++) {
        boolean pause = round % 2 == 0;
        ContainerState wanted = pause ? ContainerState.PAUSED : ContainerState.RUNNING;
        SynchronousQueue<Instant> stamp = new SynchronousQueue<>();
        var events =
            witness.events(
                event -> {
                  if (event.container().equals(id)) {
                    offer(stamp, event.at());
                  }
                },
                end -> {});
        var observing =
            registry
                .feed()
                .observe(now -> {
                  if (now.containers().stream()
                      .anyMatch(c -> c.id().equals(id) && c.state() == wanted)) {
                    Instant at = Instant.now();
                    Thread.ofVirtual().start(() -> offer(published, at));
                  }
                });
        Thread.ofVirtual().start(() -> change(control, id, pause));
        Instant at = stamp.poll(20, TimeUnit.SECONDS);
        Instant shown = published.poll(20, TimeUnit.SECONDS);
        millis.add(Duration.between(at, shown).toNanos() / 1e6);
        observing.close();
        events.close();
        TimeUnit.MILLISECONDS.sleep(30);
      }
    }
    print(millis, containers, idleSeconds, without, with);
  }

  private static void change(EngineControl control, ContainerId id, boolean pause) {
    try {
      if (pause) {
        control.pause(id);
      } else {
        control.unpause(id);
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void offer(SynchronousQueue<Instant> queue, Instant moment) {
    try {
      queue.offer(moment, 5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns the CPU time that the process uses in so many seconds. */
  private static double cpuSeconds(String pid, int seconds) throws Exception {
    long before = ticks(pid);
    TimeUnit.SECONDS.sleep(seconds);
    return (double) (ticks(pid) - before) / TICKS_PER_SECOND;
  }

  private static long ticks(String pid) throws Exception {
    String line = Files.readString(Path.of("/proc", pid, "stat"));
    String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
    return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
  }

  private static void print(
      List<Double> millis, int containers, int seconds, double without, double with) {
    Collections.sort(millis);
    System.out.printf(
        Locale.ROOT,
        "{\"containers\":%d,\"rounds\":%d,\"eventToModelMillis\":{\"p50\":%.1f,\"p95\":%.1f,\"max\":%.1f},"
            + "\"engineCpuSecondsPerMinute\":{\"withoutRegistry\":%.2f,\"withRegistry\":%.2f}}%n",
        containers,
        millis.size(),
        millis.get(millis.size() / 2),
        millis.get(millis.size() * 95 / 100),
        millis.getLast(),
        without * 60 / seconds,
        with * 60 / seconds);
  }
}
