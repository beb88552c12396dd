package dev.quayside.bed;

import dev.quayside.common.ChildProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Reaches the test bed that is up. Tests that use it carry {@code @Tag("bed")} and run inside it
 * ({@code src/bed/bed exec mvn …}, which is what {@code ./check} does), so that published ports are
 * reachable.
 */
public final class Bed {

  private static final Duration COMMAND_TIMEOUT = Duration.ofMinutes(4);
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final String QUICK = "QUAYSIDE_BED_QUICK";
  private static final int OUTPUT_LIMIT = 4 * 1024 * 1024;

  private final Map<String, String> environment;

  private Bed(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * Returns the bed this process runs in.
   *
   * @throws IllegalStateException if it does not run in one; the message says how to make it so
   */
  public static Bed required() {
    var environment = new TreeMap<>(System.getenv());
    for (var name :
        List.of(
            "QUAYSIDE_BED_DIR",
            "QUAYSIDE_BED_SOCKET",
            "QUAYSIDE_BED_COMPOSE",
            "QUAYSIDE_BED_SCRIPT")) {
      if (environment.getOrDefault(name, "").isEmpty()) {
        throw new IllegalStateException(
            "This test needs the test bed, and "
                + name
                + " is not set. Run: src/bed/bed up && src/bed/bed exec mvn -o surefire:test"
                + " -DexcludedGroups=full -Dgroups=bed");
      }
    }
    environment.putIfAbsent(QUICK, "yes");
    return new Bed(environment);
  }

  /**
   * Returns the same bed where fixtures are started with their owner's own health checks, most of
   * which are made every half minute for the first time.
   */
  public Bed unhurried() {
    var changed = new TreeMap<>(environment);
    changed.put(QUICK, "no");
    return new Bed(changed);
  }

  /** Returns the socket of the private engine. */
  public Path socket() {
    return Path.of(variable("QUAYSIDE_BED_SOCKET"));
  }

  /** Returns the engine's address in the form of {@code DOCKER_HOST}. */
  public String engineAddress() {
    return "unix://" + socket();
  }

  /** Returns the folder for {@code DOCKER_CONFIG}: it holds Compose as a plugin. */
  public Path composeConfiguration() {
    return Path.of(variable("QUAYSIDE_BED_COMPOSE"));
  }

  /** Returns the name of the control group under which the bed's containers run. */
  public String controlGroup() {
    return variable("QUAYSIDE_BED_CGROUP");
  }

  /** Returns the environment in which {@code docker} talks to the private engine. */
  public Map<String, String> environment() {
    return Map.copyOf(environment);
  }

  /**
   * Copies a fixture stack into a folder and returns it, not yet started.
   *
   * @param name a name that {@code src/bed/bed fixtures} lists
   * @param folder an empty folder, usually the test's temporary one
   */
  public BedStack fixture(String name, Path folder) throws IOException, InterruptedException {
    script("fixture", name, folder.toString());
    var lines = script("invocation", name, folder.toString()).lines().toList();
    return new BedStack(
        this, Path.of(lines.getFirst()), lines.subList(1, lines.size()), name, folder);
  }

  /**
   * Writes a small stack with a project name of its own into a folder and returns it, not yet
   * started.
   *
   * @param compose the text of its Compose file; only images that {@code src/bed/bed images} lists
   *     exist
   */
  public BedStack stack(String compose, Path folder) throws IOException {
    var project = "t" + UUID.randomUUID().toString().substring(0, 8);
    var directory = Files.createDirectories(folder.resolve(project));
    Files.writeString(directory.resolve("docker-compose.yml"), compose);
    return new BedStack(this, directory, List.of("-f", "docker-compose.yml"), null, folder);
  }

  /**
   * Runs {@code docker} on the private engine and returns what it printed; a failure fails the
   * test.
   */
  public String docker(String... arguments) throws IOException, InterruptedException {
    return command(null, prepend("docker", arguments));
  }

  /** Runs a program as uid 12345 in group {@code docker}, without any privilege; needs root. */
  public String asUser(String... arguments) throws IOException, InterruptedException {
    return script(prepend("user", arguments).toArray(String[]::new));
  }

  /**
   * Runs a program on the LAN host, which reaches the bed at 192.168.77.1 and fd77::1; needs root.
   */
  public ChildProcess.Result onLan(String... arguments) throws IOException, InterruptedException {
    return run(
        null,
        prepend(variable("QUAYSIDE_BED_SCRIPT"), prepend("lan", arguments).toArray(String[]::new)));
  }

  /** Returns the status a web address answers to somebody on the LAN; 0 if nobody answers. */
  public int statusOnLan(URI address) throws IOException, InterruptedException {
    var result =
        onLan(
            "curl",
            "-g",
            "-s",
            "-o",
            "/dev/null",
            "--max-time",
            "3",
            "-w",
            "%{http_code}",
            address.toString());
    return Integer.parseInt(result.output().text().strip());
  }

  /**
   * Waits until a condition holds and fails the test if it does not in time.
   *
   * @param what what is waited for, for the message
   */
  public static void await(String what, Duration deadline, Callable<Boolean> condition)
      throws Exception {
    long end = System.nanoTime() + deadline.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("Not within " + deadline.toSeconds() + " s: " + what);
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  String script(String... arguments) throws IOException, InterruptedException {
    return command(null, prepend(variable("QUAYSIDE_BED_SCRIPT"), arguments));
  }

  String command(@Nullable Path directory, List<String> arguments)
      throws IOException, InterruptedException {
    var result = run(directory, arguments);
    if (!result.succeeded()) {
      throw new AssertionError(
          String.join(" ", arguments)
              + " ended with "
              + result.exitCode()
              + ": "
              + result.output().text()
              + result.errors().text());
    }
    return result.output().text();
  }

  private ChildProcess.Result run(@Nullable Path directory, List<String> arguments)
      throws IOException, InterruptedException {
    return ChildProcess.run(
        new ChildProcess.Command(arguments, environment, directory),
        null,
        COMMAND_TIMEOUT,
        OUTPUT_LIMIT);
  }

  static List<String> prepend(String first, String... rest) {
    var all = new ArrayList<String>();
    all.add(first);
    all.addAll(List.of(rest));
    return all;
  }

  private String variable(String name) {
    return Objects.requireNonNull(environment.get(name), name);
  }
}
