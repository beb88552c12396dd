package dev.quayside.bench.start;

import dev.quayside.bench.AppImage;
import dev.quayside.common.ChildProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Packs {@link BareTable} as the application is packed: jpackage, a copy of the same runtime image,
 * the same options, and an AOT cache trained by one start. It can be started in two ways: by
 * jpackage's launcher, as any packaged program is, and by a script like the application's own.
 */
final class BareImage {

  private static final String NAME = "bare";
  private static final Duration PACKING = Duration.ofMinutes(2);

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
    Path input = Files.createDirectories(folder.resolve("jars"));
    List<String> jars = new ArrayList<>(List.of("bare.jar"));
    writeJar(input.resolve("bare.jar"));
    try (Stream<Path> all = Files.list(image.resolve("lib/app"))) {
      for (Path jar :
          all.filter(path -> path.getFileName().toString().startsWith("javafx-"))
              .sorted()
              .toList()) {
        Files.copy(jar, input.resolve(jar.getFileName()));
        jars.add(jar.getFileName().toString());
      }
    }
    run(
        List.of(
            Path.of(System.getProperty("java.home"), "bin/jpackage").toString(),
            "--type",
            "app-image",
            "--dest",
            folder.toString(),
            "--name",
            NAME,
            "--input",
            input.toString(),
            "--main-jar",
            "bare.jar",
            "--main-class",
            BareTable.Main.class.getName(),
            "--runtime-image",
            image.resolve("lib/runtime").toString()),
        environment);
    BareImage bare = new BareImage(folder.resolve(NAME));
    bare.configure(jars, "-XX:AOTCacheOutput=");
    bare.train(environment);
    bare.configure(jars, "-XX:AOTCache=");
    bare.writeScript(jars);
    return bare;
  }

  /** Returns jpackage's launcher. */
  Path launcher() {
    return folder.resolve("bin").resolve(NAME);
  }

  /** Returns the script that starts it as the application is started. */
  Path script() {
    return folder.resolve("bin").resolve(NAME + "-script");
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
    options().forEach(option -> lines.add("java-options=" + option));
    lines.add("java-options=" + cache + "$APPDIR/bare.aot");
    Files.write(folder.resolve("lib/app/" + NAME + ".cfg"), lines);
  }

  private static List<String> options() throws IOException {
    return AppImage.find().options().stream().filter(one -> !one.contains("AOTCache")).toList();
  }

  private void writeScript(List<String> jars) throws IOException {
    String options =
        options().stream().map(one -> " \"" + one + "\"").collect(Collectors.joining());
    String path = jars.stream().map(jar -> "$app/" + jar).collect(Collectors.joining(":"));
    Files.writeString(
        script(),
        """
        #!/bin/sh
        here=$(readlink -f "$0")
        here=${here%%/bin/*}
        app=$here/lib/app
        exec "$here/lib/runtime/bin/java"%s "-XX:AOTCache=$app/bare.aot" -cp "%s" '%s'
        """
            .formatted(options, path, BareTable.Main.class.getName()));
    if (!script().toFile().setExecutable(true)) {
      throw new IOException(script().toString());
    }
  }

  private void train(Map<String, String> environment) throws IOException, InterruptedException {
    run(
        List.of(launcher().toString()),
        StartFamilyTest.with(environment, "-Dbare.trace=" + folder.resolve("training")));
    if (!Files.exists(folder.resolve("lib/app/bare.aot"))) {
      throw new IllegalStateException("the bare window could not be trained");
    }
  }

  private static void run(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    ChildProcess.Result result =
        ChildProcess.run(ChildProcess.Command.of(command, environment), null, PACKING, 64 * 1024);
    if (!result.succeeded()) {
      throw new IllegalStateException(command.getFirst() + ": " + result.errors().text());
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
}
