package dev.quayside.bench.start;

import dev.quayside.bench.AppImage;
import dev.quayside.common.ChildProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * Packs {@link BareTable} as the application is packed: the same launcher, a copy of the same
 * runtime image, the same options, and an AOT cache trained by one start.
 */
final class BareImage {

  private static final String NAME = "bare";
  private static final Duration TRAINING = Duration.ofMinutes(2);

  private final Path folder;

  private BareImage(Path folder) {
    this.folder = folder;
  }

  /** Makes it in {@code folder}, which must be empty, from the application's image. */
  static BareImage make(Path folder, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path image = AppImage.folder();
    if (!Files.exists(image.resolve("lib/app/quayside.cfg"))) {
      throw new IllegalStateException("There is no app image. Make it with: packaging/app-image");
    }
    copy(image.resolve("lib/runtime"), folder.resolve("lib/runtime"));
    Path app = Files.createDirectories(folder.resolve("lib/app"));
    Files.createDirectories(folder.resolve("bin"));
    Files.copy(image.resolve("bin/quayside"), folder.resolve("bin").resolve(NAME));
    Files.copy(image.resolve("lib/libapplauncher.so"), folder.resolve("lib/libapplauncher.so"));
    List<String> jars = new ArrayList<>(List.of("bare.jar"));
    writeJar(app.resolve("bare.jar"));
    try (Stream<Path> all = Files.list(image.resolve("lib/app"))) {
      for (Path jar :
          all.filter(path -> path.getFileName().toString().startsWith("javafx-"))
              .sorted()
              .toList()) {
        Files.copy(jar, app.resolve(jar.getFileName()));
        jars.add(jar.getFileName().toString());
      }
    }
    BareImage bare = new BareImage(folder);
    bare.configure(jars, "-XX:AOTCacheOutput=");
    bare.train(environment);
    bare.configure(jars, "-XX:AOTCache=");
    return bare;
  }

  /** Returns what is started. */
  Path launcher() {
    return folder.resolve("bin").resolve(NAME);
  }

  /**
   * Writes the launcher's file as the application's: other jars, another cache, the same options.
   */
  private void configure(List<String> jars, String cache) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("[Application]");
    lines.add("app.mainclass=" + BareTable.Main.class.getName());
    jars.forEach(jar -> lines.add("app.classpath=$APPDIR/" + jar));
    lines.add("[JavaOptions]");
    Files.readAllLines(AppImage.folder().resolve("lib/app/quayside.cfg")).stream()
        .filter(line -> line.startsWith("java-options=") && !line.contains("AOTCache"))
        .forEach(lines::add);
    lines.add("java-options=" + cache + "$APPDIR/bare.aot");
    Files.write(folder.resolve("lib/app/" + NAME + ".cfg"), lines);
  }

  private void train(Map<String, String> environment) throws IOException, InterruptedException {
    ChildProcess.Result result =
        ChildProcess.run(
            ChildProcess.Command.of(
                List.of(launcher().toString()),
                StartFamilyTest.with(environment, "-Dbare.trace=" + folder.resolve("training"))),
            null,
            TRAINING,
            64 * 1024);
    if (!result.succeeded() || !Files.exists(folder.resolve("lib/app/bare.aot"))) {
      throw new IllegalStateException(
          "the bare window could not be trained: " + result.errors().text());
    }
  }

  private static void writeJar(Path jar) throws IOException {
    Path classes =
        Path.of(BareTable.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      for (Class<?> type : List.of(BareTable.class, BareTable.Main.class)) {
        String name = type.getName().replace('.', '/') + ".class";
        out.putNextEntry(new JarEntry(name));
        Files.copy(classes.resolve(name), out);
        out.closeEntry();
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      all.forEach(path -> {
        try {
          Path target = to.resolve(from.relativize(path).toString());
          Files.createDirectories(target.getParent());
          Files.copy(path, target);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      });
    }
  }
}
