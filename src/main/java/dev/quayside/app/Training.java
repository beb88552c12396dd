package dev.quayside.app;

import java.io.IOException;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * Is what {@code packaging/app-image} trains the AOT cache with: the demo, which a build can always
 * open, and beside it the classes that only a real engine needs. Without them the first list on a
 * real engine waits for a thousand classes to be read and verified.
 */
final class Training {

  /** Jars of which the demo uses little and a real engine much. */
  private static final List<String> LIVE =
      List.of("quayside", "jackson-core-3", "jackson-databind-3", "oshi-");

  private Training() {}

  public static void main(String[] arguments) {
    Thread.ofPlatform().daemon().name("training").start(Training::load);
    Main.main(arguments);
  }

  private static void load() {
    for (String entry : System.getProperty("java.class.path").split(":", -1)) {
      String name = entry.substring(entry.lastIndexOf('/') + 1);
      if (name.endsWith(".jar") && LIVE.stream().anyMatch(name::startsWith)) {
        load(entry);
      }
    }
  }

  private static void load(String jar) {
    try (JarFile file = new JarFile(jar);
        Stream<String> names = file.stream().map(entry -> entry.getName())) {
      names
          .filter(name -> name.endsWith(".class") && !name.startsWith("META-INF/"))
          .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.'))
          .forEach(Training::loadClass);
    } catch (IOException unreadable) {
      throw new IllegalStateException(jar, unreadable);
    }
  }

  private static void loadClass(String name) {
    try {
      Class<?> _ = Class.forName(name, false, Training.class.getClassLoader());
    } catch (ClassNotFoundException | LinkageError optional) {
      // Needs a library that is not here, so nothing at run time uses it either.
      return;
    }
  }
}
