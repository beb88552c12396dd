package dev.quayside.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.bed.Bed;
import dev.quayside.cli.Schemas;
import dev.quayside.common.ChildProcess;
import dev.quayside.common.ChildProcess.Command;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Types commands as somebody at a shell does: each is a process of its own with its own home. */
final class Operator {

  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final int USER = 12345;
  private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));
  private static final int OUTPUT_LIMIT = 16 * 1024 * 1024;

  private final Map<String, String> environment;
  private final List<String> program;
  private final Path home;

  private Operator(Map<String, String> environment, List<String> program, Path home) {
    this.environment = Map.copyOf(environment);
    this.program = List.copyOf(program);
    this.home = home;
  }

  /** Returns somebody who runs the classes under test with the rights of this process. */
  static Operator here(Bed bed, Path home) {
    return new Operator(withHome(bed, home), java(System.getProperty("java.class.path")), home);
  }

  /**
   * Returns uid 12345 in group {@code docker}, who owns nothing but the home.
   *
   * @param folder an empty folder; becomes readable for everybody, holds a copy of the program
   */
  static Operator unprivileged(Bed bed, Path folder) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path home = Files.createDirectory(folder.resolve("home"));
    Files.setAttribute(home, "unix:uid", USER);
    Files.setAttribute(home, "unix:gid", USER);
    List<String> program = new ArrayList<>();
    program.addAll(List.of(bed.environment().get("QUAYSIDE_BED_SCRIPT"), "user", "env"));
    program.add("HOME=" + home);
    program.addAll(java(readable(Files.createDirectory(folder.resolve("program")))));
    return new Operator(withHome(bed, home), program, home);
  }

  /** Returns the folder that {@code HOME} names. */
  Path home() {
    return home;
  }

  /**
   * Hands what belongs to root below {@code folder} to the unprivileged operator, who then may read
   * settings of mode 600; what fixtures give to other ids on purpose stays theirs.
   */
  void own(Path folder) throws IOException {
    for (Path each = folder;
        each.startsWith(TEMPORARY) && !each.equals(TEMPORARY);
        each = each.getParent()) {
      Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        if (Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS).equals(0)) {
          Files.setAttribute(file, "unix:uid", USER, LinkOption.NOFOLLOW_LINKS);
          Files.setAttribute(file, "unix:gid", USER, LinkOption.NOFOLLOW_LINKS);
        }
      }
    }
  }

  /** Runs one command to its end. */
  Answer run(String... words) throws IOException, InterruptedException {
    return finish(start(words));
  }

  /** Runs one command with {@code input} at its standard input. */
  Answer runGiven(String input, String... words) throws IOException, InterruptedException {
    ChildProcess.Result result =
        ChildProcess.run(
            start(words),
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            PATIENCE,
            OUTPUT_LIMIT);
    return new Answer(result.exitCode(), result.output().text(), result.errors().text());
  }

  /**
   * Runs one command with {@code --json} and {@code input} at its standard input, expects its exit
   * code and a document that fits its schema, and returns that.
   */
  JsonNode document(int exitCode, String input, String... words)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of(words));
    all.add("--json");
    Answer answer = runGiven(input, all.toArray(String[]::new));
    assertThat(answer.exitCode())
        .as(String.join(" ", all) + "\n" + answer.output() + answer.errors())
        .isEqualTo(exitCode);
    assertThat(Schemas.faults(answer.output())).as(String.join(" ", all)).isEmpty();
    return JsonMapper.shared().readTree(answer.output());
  }

  /** Runs one command with some variables changed; an empty value takes the variable away. */
  Answer runWith(Map<String, String> changes, String... words)
      throws IOException, InterruptedException {
    Map<String, String> changed = new TreeMap<>(environment);
    changes.forEach((name, value) -> {
      if (value.isEmpty()) {
        changed.remove(name);
      } else {
        changed.put(name, value);
      }
    });
    return finish(new Command(all(words), changed, home));
  }

  private Command start(String... words) {
    return new Command(all(words), environment, home);
  }

  private List<String> all(String... words) {
    List<String> all = new ArrayList<>(program);
    all.addAll(Arrays.asList(words));
    return all;
  }

  private static Answer finish(Command command) throws IOException, InterruptedException {
    ChildProcess.Result result = ChildProcess.run(command, null, PATIENCE, OUTPUT_LIMIT);
    return new Answer(result.exitCode(), result.output().text(), result.errors().text());
  }

  private static Map<String, String> withHome(Bed bed, Path home) {
    Map<String, String> environment = new TreeMap<>(bed.environment());
    environment.keySet().removeIf(name -> name.startsWith("XDG_") || name.equals("QUAYSIDE_HOME"));
    environment.put("HOME", home.toString());
    return environment;
  }

  private static List<String> java(String classPath) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        classPath,
        "dev.quayside.app.Main");
  }

  /** Copies the program to where everybody may read it: the build's own folders may be private. */
  private static String readable(Path folder) throws IOException {
    List<String> copies = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path source = Path.of(entry);
      Path copy =
          folder.resolve(copies.size() + "-" + Objects.requireNonNull(source.getFileName()));
      if (entry.endsWith(".jar") && !entry.contains("javafx") && Files.exists(source)) {
        Files.copy(source, copy);
        copies.add(copy.toString());
      } else if (Files.isDirectory(source)) {
        copyAll(source, copy);
        copies.add(copy.toString());
      }
    }
    return copies.stream().collect(Collectors.joining(File.pathSeparator));
  }

  private static void copyAll(Path source, Path target) throws IOException {
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.toList()) {
        Files.copy(file, target.resolve(source.relativize(file).toString()));
      }
    }
  }

  /**
   * Holds what a command left.
   *
   * @param exitCode its exit status
   * @param output what it printed
   * @param errors what it printed beside that
   */
  record Answer(int exitCode, String output, String errors) {}
}
