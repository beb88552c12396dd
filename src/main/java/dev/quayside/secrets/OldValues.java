package dev.quayside.secrets;

import dev.quayside.catalogue.CataloguedSecret;
import dev.quayside.catalogue.DataFolder;
import dev.quayside.catalogue.RotationClass;
import dev.quayside.catalogue.StackKind;
import dev.quayside.engine.Container;
import dev.quayside.stack.StackDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Finds what goes by an older value of a secret. A secret that a database, a volume or another
 * program keeps, or that data is encrypted with, had a value once where its services have a
 * container or data, even if no file tells it any more: a new one would lock everybody out, or make
 * the data unreadable for good.
 */
final class OldValues {

  private static final Set<RotationClass> KEPT =
      Set.of(RotationClass.R3, RotationClass.R4, RotationClass.R5);

  /** Files that keep a folder in a repository and are no data. */
  private static final Set<String> NO_DATA = Set.of(".gitkeep", ".keep", ".gitignore");

  private static final int DEEPEST = 4;

  private final StackKind kind;
  private final StackDefinition definition;
  private final Path root;
  private final List<Container> containers;
  private final Set<String> volumes;

  /**
   * Creates a finder.
   *
   * @param root the stack's folder
   * @param containers of the stack, stopped ones too
   * @param volumes of the stack, by the names that its files give them
   */
  OldValues(
      StackKind kind,
      StackDefinition definition,
      Path root,
      List<Container> containers,
      Set<String> volumes) {
    this.kind = kind;
    this.definition = definition;
    this.root = root;
    this.containers = List.copyOf(containers);
    this.volumes = Set.copyOf(volumes);
  }

  /** Returns the folder of a stack of that kind whose project directory is {@code directory}. */
  static Path rootOf(StackKind kind, Path directory) {
    Path below = Path.of(kind.layout().directory()).normalize();
    Path root = directory;
    if (!below.toString().isEmpty() && directory.endsWith(below)) {
      for (int i = 0; i < below.getNameCount() && root.getParent() != null; i++) {
        root = root.getParent();
      }
    }
    return root;
  }

  /**
   * Returns what may go by an older value of {@code secret}: names of containers, folders and
   * volumes; nothing where a new value harms nobody.
   */
  Set<String> of(CataloguedSecret secret) {
    Set<String> traces = new TreeSet<>();
    if (secret.classes().stream().noneMatch(KEPT::contains)) {
      return traces;
    }
    Set<String> concerned = concerned(secret);
    containers.stream()
        .filter(container -> concerned.contains(container.service()))
        .forEach(container -> traces.add(container.name()));
    for (DataFolder place : kind.dataFolders()) {
      if (concerned.contains(place.service()) && !place.weights()) {
        add(place, traces);
      }
    }
    return traces;
  }

  /** Where nobody is known to use it, everybody may. */
  private Set<String> concerned(CataloguedSecret secret) {
    Set<String> services = new HashSet<>(secret.consumers());
    definition
        .services()
        .forEach((name, service) -> {
          if (service.variables().contains(secret.name())) {
            services.add(name);
          }
        });
    if (services.isEmpty()) {
      services.addAll(definition.services().keySet());
      containers.forEach(container -> services.add(container.service()));
    }
    return services;
  }

  private void add(DataFolder place, Collection<String> traces) {
    switch (place.where()) {
      case FOLDER -> {
        // What tells how a stack is set up came with it.
        boolean setUp = place.sensitivity() == DataFolder.Sensitivity.INTERNAL;
        if (!setUp && !place.path().contains("$") && holds(root.resolve(place.path()))) {
          traces.add(root.resolve(place.path()).normalize().toString());
        }
      }
      case VOLUME -> {
        if (volumes.contains(place.path())) {
          traces.add(place.path());
        }
      }
      case LAYER -> {
        // It is gone with its container, which counts itself.
      }
    }
  }

  /** Returns whether there is a file; what may not be looked into counts as data. */
  private static boolean holds(Path path) {
    if (!Files.exists(path)) {
      return false;
    }
    try (Stream<Path> files = Files.walk(path, DEEPEST)) {
      return files.anyMatch(file ->
          !Files.isDirectory(file) && !NO_DATA.contains(String.valueOf(file.getFileName())));
    } catch (IOException | UncheckedIOException closed) {
      return true;
    }
  }
}
