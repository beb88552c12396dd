package dev.quayside.stack.layer;

import dev.quayside.catalogue.Catalogue;
import dev.quayside.catalogue.StackKind;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerInspection;
import dev.quayside.engine.Engine;
import dev.quayside.engine.FileChange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds data that would be lost if a container were made anew: files in its writable layer that are
 * neither known to be expendable nor folders that only changed because something inside them did.
 */
public final class LayerGuard {

  private final Catalogue catalogue;

  /** Creates a guard that knows from {@code catalogue} what is expendable and what is kept. */
  public LayerGuard(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** Looks at the writable layer of {@code container}, which need not run. */
  public LayerFindings look(Engine engine, StackKind kind, String service, Container container)
      throws ProblemException {
    List<FileChange> changes = engine.diff(container.id());
    Set<String> parents = new HashSet<>();
    changes.forEach(change -> addParents(change.path(), parents));
    Set<String> mountPoints = mountPointsOf(engine, container);
    List<String> unknown = new ArrayList<>();
    Set<String> kept = new HashSet<>();
    for (FileChange change : changes) {
      String path = change.path();
      if (change.kind() == FileChange.Kind.DELETED || mountPoints.contains(path)) {
        continue;
      }
      if (catalogue.kept(kind, service, path)) {
        kept.add(path);
      } else if (!parents.contains(path) && !catalogue.expendable(kind, service, path)) {
        unknown.add(path);
      }
    }
    return new LayerFindings(unknown, kept, newFolders(changes, kept));
  }

  private static Set<String> newFolders(List<FileChange> changes, Set<String> kept) {
    Set<String> above = new HashSet<>();
    kept.forEach(path -> addParents(path, above));
    Set<String> folders = new HashSet<>();
    for (FileChange change : changes) {
      String path = change.path();
      boolean added = change.kind() == FileChange.Kind.ADDED;
      if (added && above.contains(path) && !kept.contains(path)) {
        folders.add(path);
      }
    }
    return folders;
  }

  private static void addParents(String path, Set<String> parents) {
    for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
      parents.add(path.substring(0, slash));
    }
  }

  /**
   * Empty files and folders that the engine made only to mount something over them, with the
   * folders above.
   */
  private static Set<String> mountPointsOf(Engine engine, Container container)
      throws ProblemException {
    Set<String> points = new HashSet<>();
    for (ContainerInspection.Mount mount : engine.inspect(container.id()).mounts()) {
      points.add(mount.target());
      addParents(mount.target(), points);
    }
    return points;
  }
}
