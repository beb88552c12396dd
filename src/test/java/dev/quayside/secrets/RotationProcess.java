package dev.quayside.secrets;

import dev.quayside.bed.Bed;
import dev.quayside.common.StepBoundary;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Starts rotations in processes of their own, as root or as an unprivileged user in group docker.
 */
final class RotationProcess {

  private static final List<String> JARS =
      List.of(
          "jackson",
          "docker-java",
          "jna",
          "slf4j",
          "logback",
          "jspecify",
          "commons",
          "bc",
          "snakeyaml",
          "httpc");

  private final Bed bed;
  private Path home;
  private final String classPath;

  /**
   * Copies what a process needs to where everybody may read it.
   *
   * @param home the state of Quayside, which is made readable by the user who runs it
   */
  RotationProcess(Bed bed, Path folder, Path home) throws IOException {
    this.bed = bed;
    this.home = home;
    Path copies = Files.createDirectory(folder.resolve("classes"));
    List<String> parts = new ArrayList<>();
    String path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    int number = 0;
    for (String part : path.split(File.pathSeparator)) {
      Path source = Path.of(part);
      if (Files.isDirectory(source)) {
        Path target = copies.resolve("d" + number++);
        copyTree(source, target);
        parts.add(target.toString());
      } else if (Files.exists(source)
          && JARS.stream().anyMatch(source.getFileName().toString()::contains)) {
        Path target = copies.resolve(source.getFileName());
        Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
        parts.add(target.toString());
      }
    }
    try (Stream<Path> all = Files.walk(copies)) {
      for (Path file : all.toList()) {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    }
    classPath = String.join(File.pathSeparator, parts);
  }

  private static void copyTree(Path source, Path target) throws IOException {
    try (Stream<Path> all = Files.walk(source)) {
      for (Path file : all.toList()) {
        Path to = target.resolve(source.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(to);
        } else {
          Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }

  /** Makes the following processes keep their state in {@code next}. */
  void useHome(Path next, boolean forUser) throws IOException {
    Files.createDirectories(next);
    if (forUser) {
      LitellmStack.giveAway(next);
    }
    home = next;
  }

  Path home() {
    return home;
  }

  /** Starts {@code rotate} or {@code recover}. */
  Process start(boolean root, @Nullable String halt, String... words) throws IOException {
    List<String> command = new ArrayList<>();
    if (!root) {
      command.addAll(List.of(bed.environment().get("QUAYSIDE_BED_SCRIPT"), "user"));
    }
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC"));
    if (halt != null) {
      command.add("-D" + StepBoundary.HALT_PROPERTY + "=" + halt);
    }
    command.addAll(List.of("-cp", classPath, RotationWorld.class.getName(), home.toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(bed.environment());
    // `bed user` sets the home folder itself; only the state folder matters here.
    builder.redirectOutput(Files.createTempFile("rotation", ".out").toFile());
    return builder.start();
  }

  int rotate(boolean root, @Nullable String halt) throws Exception {
    return start(root, halt, "rotate", LitellmStack.PROJECT, LitellmStack.KEY).waitFor();
  }

  int recover(boolean root, @Nullable String halt) throws Exception {
    return start(root, halt, "recover").waitFor();
  }
}
