package dev.quayside.bed;

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
 * Starts a program of the tests in processes of their own, as root or as an unprivileged user in
 * group docker, so that it can be killed.
 */
public final class BedProgram {

  private static final List<String> JARS =
      List.of(
          "jackson",
          "docker-java",
          "guava",
          "jna",
          "slf4j",
          "logback",
          "jspecify",
          "commons",
          "bc",
          "snakeyaml",
          "httpc",
          "zstd");

  private final Bed bed;
  private final Class<?> main;
  private final String classPath;

  /**
   * Copies what a process of {@code main} needs into {@code folder}, where everybody may read it.
   */
  public BedProgram(Bed bed, Path folder, Class<?> main) throws IOException {
    this.bed = bed;
    this.main = main;
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

  /**
   * Starts it.
   *
   * @param root whether as root, else as uid 12345 in group docker
   * @param halt the step at which it halts; null for none
   * @param words its arguments
   */
  public Process start(boolean root, @Nullable String halt, String... words) throws IOException {
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
    command.addAll(List.of("-cp", classPath, main.getName()));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(bed.environment());
    // `bed user` sets the home folder itself; only the state folder matters here.
    builder.redirectOutput(Files.createTempFile("program", ".out").toFile());
    return builder.start();
  }
}
