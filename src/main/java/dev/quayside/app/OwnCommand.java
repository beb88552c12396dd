package dev.quayside.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Knows how this program was started, so that a timer can start it again. */
final class OwnCommand {

  /** Set by the launcher: its own path. */
  static final String LAUNCHER = "QUAYSIDE_LAUNCHER";

  private final Map<String, String> environment;
  private final Path arguments;
  private final Path runtime;

  /**
   * Makes one.
   *
   * @param environment the process environment
   * @param arguments holds the arguments of this process, each ended by a zero
   * @param runtime folder of the virtual machine; inside of the app image, if it is that one's
   */
  OwnCommand(Map<String, String> environment, Path arguments, Path runtime) {
    this.environment = environment;
    this.arguments = arguments;
    this.runtime = runtime;
  }

  /**
   * Returns program and arguments that run {@code verb} on the same engine, in the same home. A
   * timer has another environment, so what came from ours is spelled out.
   */
  List<String> of(
      @Nullable String engine, @Nullable String context, @Nullable Path home, List<String> verb)
      throws IOException {
    List<String> command = new ArrayList<>(program());
    String host = engine == null && context == null ? variable("DOCKER_HOST") : engine;
    String named =
        engine == null && host == null && context == null ? variable("DOCKER_CONTEXT") : context;
    add(command, "--engine", host);
    add(command, "--context", named);
    String folder = home == null ? variable("QUAYSIDE_HOME") : home.toString();
    add(
        command,
        "--home",
        folder == null ? null : Path.of(folder).toAbsolutePath().normalize().toString());
    command.addAll(verb);
    return List.copyOf(command);
  }

  private static void add(List<String> command, String option, @Nullable String value) {
    if (value != null) {
      command.add(option);
      command.add(value);
    }
  }

  private @Nullable String variable(String name) {
    String value = environment.get(name);
    return value == null || value.isBlank() ? null : value;
  }

  private List<String> program() throws IOException {
    String launcher = variable(LAUNCHER);
    if (launcher != null && Files.isExecutable(Path.of(launcher))) {
      return List.of(launcher);
    }
    Path image = runtime.resolve("../../bin/quayside").normalize();
    if (runtime.endsWith(Path.of("lib", "runtime")) && Files.isExecutable(image)) {
      // Knows which verbs want another compiler than the window.
      return List.of(image.toString());
    }
    List<String> own =
        List.of(new String(Files.readAllBytes(arguments), StandardCharsets.UTF_8).split("\0", -1));
    int main = own.indexOf(Main.class.getName());
    String program = ProcessHandle.current().info().command().orElse(own.getFirst());
    List<String> words = new ArrayList<>(List.of(program));
    if (main > 0) {
      words.addAll(own.subList(1, main + 1));
    } else if (Path.of(program).endsWith("java")) {
      throw new IOException("started as a part of another program");
    }
    return words;
  }
}
