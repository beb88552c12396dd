package dev.quayside.stack;

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

  /** Creates a guard that knows what is expendable from {@code catalogue}. */
  public LayerGuard(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** Returns the paths that would be lost, in their order; empty where nothing would. */
  public List<String> atRisk(Engine engine, Stack stack, String service, Container container)
      throws ProblemException {
    StackKind kind = catalogue.kind(stack.kind(), stack.era());
    List<FileChange> changes = engine.diff(container.id());
    Set<String> parents = parentsOf(changes);
    Set<String> mountPoints = mountPointsOf(engine, container);
    List<String> risky = new ArrayList<>();
    for (FileChange change : changes) {
      boolean folderOnly = parents.contains(change.path());
      boolean kept =
          change.kind() == FileChange.Kind.DELETED || mountPoints.contains(change.path());
      if (!folderOnly && !kept && !catalogue.expendable(kind, service, change.path())) {
        risky.add(change.path());
      }
    }
    return List.copyOf(risky);
  }

  private static Set<String> parentsOf(List<FileChange> changes) {
    Set<String> parents = new HashSet<>();
    for (FileChange change : changes) {
      String path = change.path();
      for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
        parents.add(path.substring(0, slash));
      }
    }
    return parents;
  }

  /**
   * Empty files and folders that the engine made only to mount something over them, with the
   * folders above.
   */
  private static Set<String> mountPointsOf(Engine engine, Container container)
      throws ProblemException {
    Set<String> points = new HashSet<>();
    for (ContainerInspection.Mount mount : engine.inspect(container.id()).mounts()) {
      String path = mount.target();
      points.add(path);
      for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
        points.add(path.substring(0, slash));
      }
    }
    return points;
  }
}
