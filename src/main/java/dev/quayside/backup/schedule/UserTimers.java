package dev.quayside.backup.schedule;

import dev.quayside.common.AtomicFiles;
import dev.quayside.common.ChildProcess;
import dev.quayside.common.ForeignText;
import dev.quayside.common.Home;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Installs timers in the user's own manager of systemd. Never elevates. */
final class UserTimers {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int LIMIT = 64 * 1024;
  private static final int LONGEST_ANSWER = 300;

  private final Map<String, String> environment;
  private final Path folder;

  /**
   * Works with the manager that {@code environment} leads to.
   *
   * @param environment the process environment
   */
  UserTimers(Map<String, String> environment) {
    Map<String, String> picked =
        new HashMap<>(
            ChildProcess.pick(
                environment, "PATH", "HOME", "XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS"));
    picked.putIfAbsent("PATH", "/usr/bin:/bin");
    picked.put("LC_ALL", "C.UTF-8");
    this.environment = Map.copyOf(picked);
    String config = environment.get("XDG_CONFIG_HOME");
    Path base =
        config != null && config.startsWith("/")
            ? Path.of(config)
            : Home.ofUser(environment).resolve(".config");
    this.folder = base.resolve("systemd").resolve("user");
  }

  /** Returns whether the user has a manager that answers. */
  boolean available() {
    try {
      return run(List.of("systemctl", "--user", "show", "--property=Version")).succeeded();
    } catch (IOException none) {
      return false;
    }
  }

  /** Returns whether the manager also runs while the user is not logged in; null if unknown. */
  @Nullable Boolean lingers() {
    try {
      ChildProcess.Result result =
          run(List.of("loginctl", "show-user", Integer.toString(user()), "--property=Linger"));
      return switch (result.output().text().strip()) {
        case "Linger=yes" -> Boolean.TRUE;
        case "Linger=no" -> Boolean.FALSE;
        default -> null;
      };
    } catch (IOException unknown) {
      return null;
    }
  }

  private static int user() throws IOException {
    return Files.getAttribute(Path.of("/proc/self"), "unix:uid") instanceof Integer id ? id : -1;
  }

  /** Writes both units and starts the timer. */
  void install(String unit, String service, String timer) throws IOException {
    Files.createDirectories(folder);
    write(unit + ".service", service);
    write(unit + ".timer", timer);
    require(List.of("systemctl", "--user", "daemon-reload"));
    require(List.of("systemctl", "--user", "enable", "--now", "--", unit + ".timer"));
    // One that ran before goes on with its old time otherwise.
    require(List.of("systemctl", "--user", "restart", "--", unit + ".timer"));
  }

  private void write(String name, String text) throws IOException {
    AtomicFiles.replace(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8));
  }

  /** Stops the timer and removes both units, as far as they are there. A run goes on. */
  void remove(String unit) throws IOException {
    if (!written(unit)) {
      return;
    }
    if (available()) {
      require(List.of("systemctl", "--user", "disable", "--now", "--", unit + ".timer"));
    }
    AtomicFiles.delete(folder.resolve(unit + ".timer"));
    AtomicFiles.delete(folder.resolve(unit + ".service"));
    if (available()) {
      require(List.of("systemctl", "--user", "daemon-reload"));
    }
  }

  /** Returns whether both units are there. */
  boolean written(String unit) {
    return Files.exists(folder.resolve(unit + ".timer"))
        || Files.exists(folder.resolve(unit + ".service"));
  }

  /** Returns whether the timer waits for its time. */
  boolean active(String unit) {
    try {
      return run(List.of("systemctl", "--user", "is-active", "--quiet", "--", unit + ".timer"))
          .succeeded();
    } catch (IOException none) {
      return false;
    }
  }

  private void require(List<String> command) throws IOException {
    ChildProcess.Result result = run(command);
    if (!result.succeeded()) {
      List<String> words = new ArrayList<>(command);
      words.removeIf(word -> word.equals("--"));
      throw new IOException(
          String.join(" ", words)
              + ": "
              + ForeignText.line(result.errors().text().strip(), LONGEST_ANSWER));
    }
  }

  private ChildProcess.Result run(List<String> command) throws IOException {
    try {
      List<String> found = new ArrayList<>(command);
      found.set(0, program(command.getFirst()));
      return ChildProcess.run(ChildProcess.Command.of(found, environment), null, PATIENCE, LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for systemd");
    }
  }

  /** The system would look where this process looks, not where {@link #environment} says. */
  private String program(String name) {
    for (String place : environment.getOrDefault("PATH", "").split(":", -1)) {
      Path file = Path.of(place).resolve(name);
      if (file.isAbsolute() && Files.isExecutable(file)) {
        return file.toString();
      }
    }
    return "/nonexistent/" + name;
  }
}
