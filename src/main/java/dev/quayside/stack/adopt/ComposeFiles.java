package dev.quayside.stack.adopt;

import dev.quayside.catalogue.KindLayout;
import dev.quayside.stack.env.EnvSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds which Compose files a stack's owner uses, in order. Reads only. */
final class ComposeFiles {

  /** The names that Compose looks for, in its order (compose-go, {@code DefaultFileNames}). */
  private static final List<String> DEFAULTS =
      List.of("compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml");

  /** What it adds to them (compose-go, {@code DefaultOverrideFileNames}). */
  private static final List<String> OVERRIDES =
      List.of(
          "compose.override.yml",
          "compose.override.yaml",
          "docker-compose.override.yml",
          "docker-compose.override.yaml");

  private static final int LARGEST_LIST = 64 * 1024;
  private static final int MOST_FILES = 500;

  private ComposeFiles() {}

  /**
   * Holds a list with its origin.
   *
   * @param files absolute, in order; empty where none were found
   */
  record Listed(List<Path> files, FoundStack.Origin origin) {
    Listed {
      files = List.copyOf(files);
    }
  }

  static Listed of(Path root, KindLayout layout) {
    if (!layout.files().isEmpty()) {
      List<Path> files = layout.files().stream().map(root::resolve).toList();
      return new Listed(files, FoundStack.Origin.KIND);
    }
    List<Path> kept = layout.listFile().isEmpty() ? List.of() : kept(root, layout.listFile());
    if (!kept.isEmpty()) {
      return new Listed(kept, FoundStack.Origin.LIST);
    }
    KindLayout.Assembly assembly = layout.assembly();
    if (assembly != null) {
      return new Listed(assembled(root, assembly), FoundStack.Origin.ASSEMBLED);
    }
    List<Path> variable = variable(root);
    return variable.isEmpty()
        ? new Listed(defaults(root), FoundStack.Origin.DEFAULT)
        : new Listed(variable, FoundStack.Origin.VARIABLE);
  }

  /** Reads {@code -f} words; anything else in them makes the list count as none. */
  private static List<Path> kept(Path root, String listFile) {
    Path file = root.resolve(listFile);
    if (!Files.isRegularFile(file)) {
      return List.of();
    }
    try (InputStream stream = Files.newInputStream(file)) {
      String text = new String(stream.readNBytes(LARGEST_LIST), StandardCharsets.UTF_8);
      List<Path> files = new ArrayList<>();
      String[] words = text.strip().split("\\s+", -1);
      for (int i = 0; i < words.length; i += 2) {
        boolean pair = (words[i].equals("-f") || words[i].equals("--file")) && i + 1 < words.length;
        if (!pair) {
          return List.of();
        }
        files.add(root.resolve(words[i + 1]).normalize());
      }
      return files;
    } catch (IOException | InvalidPathException unreadable) {
      return List.of();
    }
  }

  private static List<Path> assembled(Path root, KindLayout.Assembly assembly) {
    String value = value(root, assembly.variable());
    String chosen = value == null || !value.matches("[A-Za-z0-9_-]+") ? assembly.usual() : value;
    List<Path> files = new ArrayList<>();
    for (String overlay : assembly.overlays()) {
      add(root, overlay.replace("%s", chosen), files);
    }
    try (DirectoryStream<Path> folders =
        Files.newDirectoryStream(root.resolve(assembly.extensions()), Files::isDirectory)) {
      Set<Path> ordered = new TreeSet<>();
      folders.forEach(ordered::add);
      for (Path folder : ordered) {
        // An extension that is switched off has its first file under another name.
        if (Files.isRegularFile(folder.resolve(assembly.extensionFiles().getFirst()))) {
          assembly.extensionFiles().forEach(name -> add(folder, name.replace("%s", chosen), files));
        }
      }
    } catch (IOException none) {
      return files;
    }
    return files;
  }

  private static void add(Path folder, String name, List<Path> files) {
    Path file = folder.resolve(name);
    if (Files.isRegularFile(file) && files.size() < MOST_FILES) {
      files.add(file);
    }
  }

  private static List<Path> variable(Path root) {
    String list = value(root, "COMPOSE_FILE");
    if (list == null || list.isBlank()) {
      return List.of();
    }
    String separator = value(root, "COMPOSE_PATH_SEPARATOR");
    String between = separator == null || separator.isEmpty() ? ":" : separator;
    try {
      List<Path> files = new ArrayList<>();
      for (String name : list.split(java.util.regex.Pattern.quote(between), -1)) {
        if (!name.isBlank()) {
          files.add(root.resolve(name).normalize());
        }
      }
      return files;
    } catch (InvalidPathException foreign) {
      return List.of();
    }
  }

  private static List<Path> defaults(Path root) {
    List<Path> files = new ArrayList<>();
    DEFAULTS.stream()
        .map(root::resolve)
        .filter(Files::isRegularFile)
        .findFirst()
        .ifPresent(files::add);
    if (!files.isEmpty()) {
      OVERRIDES.stream()
          .map(root::resolve)
          .filter(Files::isRegularFile)
          .findFirst()
          .ifPresent(files::add);
    }
    return files;
  }

  /** Returns a setting, no secret, of the env file that Compose finds by itself; null for none. */
  static @Nullable String value(Path root, String name) {
    return EnvSettings.read(root.resolve(".env"), name);
  }

  /** Returns the Compose files beside those in use, by name. */
  static List<Path> others(Path root, List<Path> used) {
    Set<Path> found = new TreeSet<>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(root, "{docker-,}compose*.{yml,yaml}")) {
      for (Path file : files) {
        if (Files.isRegularFile(file) && !used.contains(file)) {
          found.add(file);
        }
      }
    } catch (IOException none) {
      return List.of();
    }
    return List.copyOf(found);
  }
}
