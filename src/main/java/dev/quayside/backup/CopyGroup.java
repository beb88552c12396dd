package dev.quayside.backup;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Groups what is copied by who has to stand still for it, so that nobody stands longer than the
 * copy of what he writes takes. What nobody writes to comes first.
 *
 * @param writers who has to stand still
 * @param folders folders that we read
 * @param mounted what is read through a container
 */
record CopyGroup(
    List<BackupScope.Writer> writers,
    List<BackupScope.Folder> folders,
    List<BackupScope.Mounted> mounted) {

  CopyGroup {
    writers = List.copyOf(writers);
    folders = List.copyOf(folders);
    mounted = List.copyOf(mounted);
  }

  /** What grows while its neighbours are found. */
  private static final class Growing {
    private final Set<BackupScope.Writer> writers = new LinkedHashSet<>();
    private final List<BackupScope.Folder> folders = new ArrayList<>();
    private final List<BackupScope.Mounted> mounted = new ArrayList<>();

    void take(Growing other) {
      writers.addAll(other.writers);
      folders.addAll(other.folders);
      mounted.addAll(other.mounted);
    }

    boolean touches(Growing other) {
      return writers.isEmpty()
          ? other.writers.isEmpty()
          : other.writers.stream().anyMatch(writers::contains);
    }

    CopyGroup done() {
      return new CopyGroup(List.copyOf(writers), folders, mounted);
    }
  }

  /** Returns the groups of {@code scope}. */
  static List<CopyGroup> of(BackupScope scope) {
    List<Growing> groups = new ArrayList<>();
    for (BackupScope.Folder folder : scope.folders()) {
      Growing one = new Growing();
      one.folders.add(folder);
      one.writers.addAll(scope.writers(folder.path().toString()));
      join(groups, one);
    }
    for (BackupScope.Mounted mounted : scope.mounted()) {
      Growing one = new Growing();
      one.mounted.add(mounted);
      one.writers.addAll(scope.writers(mounted.source()));
      join(groups, one);
    }
    groups.sort((one, other) -> Boolean.compare(!one.writers.isEmpty(), !other.writers.isEmpty()));
    return groups.stream().map(Growing::done).toList();
  }

  private static void join(List<Growing> groups, Growing one) {
    for (Iterator<Growing> each = groups.iterator(); each.hasNext(); ) {
      Growing group = each.next();
      if (group.touches(one)) {
        each.remove();
        one.take(group);
      }
    }
    groups.add(one);
  }
}
