package dev.quayside.backup;

import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Looks what lies beside the files of a database server in what it has mounted: a dump does not
 * stand for it, and the server cannot be stopped to copy it. For one thread.
 */
final class BesideServer {

  /** What a file system, a shell or an image leaves there, and nobody misses. */
  private static final Set<String> WORTHLESS =
      Set.of(
          "lost+found",
          ".psql_history",
          ".bash_history",
          ".ash_history",
          ".user_scripts_initialized");

  /** Folders looked into; who keeps more than that there is told so much less exactly. */
  private static final int MOST_LOOKS = 50;

  private static final Messages MESSAGES = Messages.of("backup");

  private final PostgresDump server;
  private final BackupScope scope;
  private final BackupScope.Around around;
  private final List<String> found = new ArrayList<>();
  private int looks;

  private BesideServer(PostgresDump server, BackupScope scope, BackupScope.Around around) {
    this.server = server;
    this.scope = scope;
    this.around = around;
  }

  /** Returns what lies beside the files of {@code source} and is not saved otherwise. */
  static List<BackupScope.LeftOut> of(
      PostgresDump server, BackupScope.Postgres source, BackupScope scope)
      throws ProblemException, IOException {
    List<BackupScope.LeftOut> missing = new ArrayList<>();
    for (BackupScope.Around around : source.around()) {
      missing.addAll(new BesideServer(server, scope, around).missing(source.service()));
    }
    return missing;
  }

  private List<BackupScope.LeftOut> missing(String service) throws ProblemException, IOException {
    if (saved("")) {
      return List.of();
    }
    boolean all;
    try {
      all = look("");
    } catch (ProblemException e) {
      if (!PostgresDump.unanswered(e.problem())) {
        throw e;
      }
      all = false;
    }
    List<BackupScope.LeftOut> missing = new ArrayList<>();
    for (String path : found) {
      missing.add(
          new BackupScope.LeftOut(around.source() + path, MESSAGES.get("missing.beside", service)));
    }
    if (!all) {
      missing.add(
          new BackupScope.LeftOut(
              around.source(), MESSAGES.get("missing.beside-unknown", service)));
    }
    return missing;
  }

  /**
   * Looks into a folder.
   *
   * @param folder below the mount, with a slash before each name
   * @return whether all was looked at
   */
  private boolean look(String folder) throws ProblemException, IOException {
    boolean all = true;
    for (String name : names(folder)) {
      String path = folder + "/" + name;
      String place = around.target() + path;
      if (around.passedOver().contains(place) || WORTHLESS.contains(name) || saved(path)) {
        continue;
      }
      if (looks >= MOST_LOOKS) {
        return false;
      }
      try {
        if (around.passedOver().stream().anyMatch(each -> each.startsWith(place + "/"))) {
          all &= look(path);
        } else if (!names(path).isEmpty()) {
          found.add(path);
        }
      } catch (ProblemException e) {
        if (!PostgresDump.unanswered(e.problem()) || names(folder).contains(name)) {
          throw e;
        }
        // It is gone since we listed it, and what is not there is not missing.
      }
    }
    return all;
  }

  /**
   * An empty folder has none, and a file its own. A link has none: what it leads to inside the
   * mount is found at its own name (early images of PostgreSQL 18 left {@code data -> .} there).
   */
  private List<String> names(String path) throws ProblemException, IOException {
    looks++;
    String place = around.target() + path;
    return path.isEmpty() ? server.names(place) : server.namesUnlessLink(place);
  }

  /** Returns whether {@code path} is in the set by another way. */
  private boolean saved(String path) {
    if (around.volume()) {
      return scope.mounted().stream()
          .anyMatch(each -> each.volume() && each.source().equals(around.source()));
    }
    String place = around.source() + path;
    return scope.folders().stream().anyMatch(each -> within(place, each.path().toString()))
        || scope.files().stream()
            .flatMap(each -> each.files().stream())
            .anyMatch(each -> place.equals(each.toString()))
        || scope.mounted().stream()
            .anyMatch(each -> !each.volume() && within(place, each.source()));
  }

  private static boolean within(String place, String folder) {
    return place.equals(folder) || place.startsWith(folder + "/");
  }
}
