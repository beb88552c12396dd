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
 * @param files single files, those of one folder together
 */
record CopyGroup(
    List<BackupScope.Writer> writers,
    List<BackupScope.Folder> folders,
    List<BackupScope.Mounted> mounted,
    List<BackupScope.SingleFiles> files) {

  CopyGroup {
    writers = List.copyOf(writers);
    folders = List.copyOf(folders);
    mounted = List.copyOf(mounted);
    files = List.copyOf(files);
  }

  /** What grows while its neighbours are found. */
  private static final class Growing {
    private final Set<BackupScope.Writer> writers = new LinkedHashSet<>();
    private final List<BackupScope.Folder> folders = new ArrayList<>();
    private final List<BackupScope.Mounted> mounted = new ArrayList<>();
    private final List<BackupScope.SingleFiles> files = new ArrayList<>();

    void take(Growing other) {
      writers.addAll(other.writers);
      folders.addAll(other.folders);
      mounted.addAll(other.mounted);
      files.addAll(other.files);
    }

    boolean touches(Growing other) {
      return writers.isEmpty()
          ? other.writers.isEmpty()
          : other.writers.stream().anyMatch(writers::contains);
    }

    CopyGroup done() {
      return new CopyGroup(List.copyOf(writers), folders, mounted, files);
    }
  }

  /** Returns what is copied, by its place on the host or the volume's name. */
  List<String> sources() {
    List<String> sources = new ArrayList<>();
    folders.forEach(each -> sources.add(each.path().toString()));
    mounted.forEach(each -> sources.add(each.source()));
    files.forEach(each -> each.files().forEach(file -> sources.add(file.toString())));
    return sources;
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
    for (BackupScope.SingleFiles files : scope.files()) {
      Growing one = new Growing();
      one.files.add(files);
      files.files().forEach(file -> one.writers.addAll(scope.writers(file.toString())));
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
