package dev.quayside.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Says how the packaged application starts its virtual machine, read from the launcher's own file,
 * so that a benchmark runs the same runtime, options, AOT cache and class path. Without an image
 * the classes of this build and the options of {@code packaging/java.options} stand in.
 *
 * @param java the program that starts a virtual machine
 * @param options for the virtual machine
 * @param classPath the entries, in the launcher's order: another order would not fit the AOT cache
 * @param packaged whether it is the image
 */
public record AppImage(Path java, List<String> options, List<String> classPath, boolean packaged) {

  /** Returns the folder of the repository. */
  public static Path repository() {
    return Path.of(System.getProperty("quayside.repository", "")).toAbsolutePath();
  }

  /** Returns where {@code packaging/app-image} puts the image. */
  public static Path folder() {
    return repository().resolve("target/app-image/quayside");
  }

  /** Returns the image if there is one, and what stands in otherwise. */
  public static AppImage find() throws IOException {
    Path configuration = folder().resolve("lib/app/quayside.cfg");
    return Files.exists(configuration) ? packaged(configuration) : built();
  }

  private static AppImage packaged(Path configuration) throws IOException {
    List<String> options = new ArrayList<>();
    List<String> classPath = new ArrayList<>();
    String app = configuration.getParent().toString();
    for (String line : Files.readAllLines(configuration)) {
      String value = line.substring(line.indexOf('=') + 1).replace("$APPDIR", app);
      if (line.startsWith("java-options=")) {
        options.add(value);
      } else if (line.startsWith("app.classpath=")) {
        classPath.add(value);
      }
    }
    return new AppImage(folder().resolve("lib/runtime/bin/java"), options, classPath, true);
  }

  private static AppImage built() throws IOException {
    return new AppImage(
        Path.of(System.getProperty("java.home"), "bin/java"),
        options("packaging/java.options"),
        List.of(System.getProperty("java.class.path").split(":", -1)),
        false);
  }

  private static List<String> options(String file) throws IOException {
    return Files.readAllLines(repository().resolve(file)).stream()
        .filter(line -> line.startsWith("-"))
        .toList();
  }

  /** Returns the same, started as the verbs are that hash and encrypt for minutes. */
  public AppImage bulk() throws IOException {
    List<String> all = new ArrayList<>(options);
    all.addAll(options("packaging/java.bulk.options"));
    return new AppImage(java, all, classPath, packaged);
  }

  /**
   * Returns the command that runs {@code main} in the application's virtual machine. Its classes
   * come last on the class path, where they leave the AOT cache usable.
   */
  public List<String> command(Class<?> main, List<String> arguments) {
    List<String> entries = new ArrayList<>(classPath);
    entries.add(
        Path.of(main.getProtectionDomain().getCodeSource().getLocation().getPath()).toString());
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    command.addAll(options);
    command.addAll(List.of("-cp", String.join(":", entries), main.getName()));
    command.addAll(arguments);
    return command;
  }
}
