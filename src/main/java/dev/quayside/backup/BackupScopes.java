package dev.quayside.backup;

import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerInspection;
import dev.quayside.engine.Engine;
import dev.quayside.stack.Stack;
import dev.quayside.stack.StackService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a backup of a stack can take in, by looking at the containers and their mounts.
 * Changes nothing.
 */
public final class BackupScopes {

  /**
   * Set by the images of PostgreSQL servers and their descendants themselves
   * (docker-library/postgres, Dockerfile).
   */
  private static final String SERVER_MARK = "PGDATA";

  private static final String SERVER_DATA = "/var/lib/postgresql";
  private static final Set<String> SYSTEM =
      Set.of("bin", "boot", "dev", "etc", "lib", "lib64", "proc", "run", "sbin", "sys", "usr");
  private static final int LONGEST_LABEL = 80;
  private static final Messages MESSAGES = Messages.of("backup");

  private final Engine engine;

  /** Looks at {@code engine}. */
  public BackupScopes(Engine engine) {
    this.engine = engine;
  }

  /**
   * Returns what a backup of {@code stack} takes in: each PostgreSQL server's database, and the
   * folders. Blocks on the engine.
   *
   * @param folders folders the operator named; empty for those that the stack has mounted and that
   *     can be read
   */
  public BackupScope of(Stack stack, List<Path> folders) throws ProblemException {
    List<BackupScope.Postgres> databases = new ArrayList<>();
    List<BackupScope.Service> services = new ArrayList<>();
    List<BackupScope.LeftOut> leftOut = new ArrayList<>();
    Set<Path> mounted = new TreeSet<>();
    for (StackService service : stack.services()) {
      for (Container container : service.containers()) {
        ContainerInspection inspection = engine.inspect(container.id());
        boolean server = inspection.environmentNames().contains(SERVER_MARK);
        services.add(
            new BackupScope.Service(service.name(), container.image(), container.imageId()));
        if (server && container.live()) {
          databases.add(database(service.name(), container.id()));
        } else if (server) {
          leftOut.add(new BackupScope.LeftOut(service.name(), MESSAGES.get("left.stopped")));
        }
        mounts(inspection, server, mounted, leftOut);
      }
    }
    Set<Path> chosen = folders.isEmpty() ? mounted : absolute(folders);
    for (Path path : mounted) {
      if (!chosen.contains(path)) {
        leftOut.add(new BackupScope.LeftOut(path.toString(), MESSAGES.get("left.unchosen")));
      }
    }
    return new BackupScope(
        stack.name(), stack.kind(), labelled(outermost(chosen)), databases, services, leftOut);
  }

  /**
   * What the image's entry point does with these variables: docker-library/postgres,
   * docker-entrypoint.sh.
   */
  private BackupScope.Postgres database(String service, ContainerId container)
      throws ProblemException {
    Map<String, String> variables =
        engine.environment(container, Set.of("POSTGRES_USER", "POSTGRES_DB"));
    String user = variables.getOrDefault("POSTGRES_USER", "postgres");
    return new BackupScope.Postgres(
        service, container, user, variables.getOrDefault("POSTGRES_DB", user));
  }

  private static void mounts(
      ContainerInspection inspection,
      boolean server,
      Set<Path> folders,
      List<BackupScope.LeftOut> leftOut) {
    for (ContainerInspection.Mount mount : inspection.mounts()) {
      String reason = reason(mount, server);
      if (reason == null) {
        folders.add(Path.of(mount.source()).normalize());
      } else if (!reason.isEmpty()) {
        leftOut.add(new BackupScope.LeftOut(mount.source(), MESSAGES.get(reason)));
      }
    }
  }

  /**
   * Returns why a mount is not saved: a key of a text, empty for what is not worth a word, null if
   * it is saved.
   */
  private static @Nullable String reason(ContainerInspection.Mount mount, boolean server) {
    if (server && mount.target().startsWith(SERVER_DATA)) {
      return "left.server";
    }
    return switch (mount.type()) {
      case "bind" -> bindReason(Path.of(mount.source()));
      case "volume" -> "left.volume";
      default -> "";
    };
  }

  private static @Nullable String bindReason(Path source) {
    boolean system =
        source.getNameCount() == 0
            || SYSTEM.contains(source.getName(0).toString())
            || source.startsWith("/var/run");
    if (system) {
      return "left.system";
    }
    if (Files.isRegularFile(source)) {
      return "left.file";
    }
    if (!Files.isDirectory(source)) {
      return "left.missing";
    }
    return Files.isReadable(source) && Files.isExecutable(source) ? null : "left.unreadable";
  }

  private static Set<Path> absolute(List<Path> folders) {
    Set<Path> absolute = new TreeSet<>();
    folders.forEach(folder -> absolute.add(folder.toAbsolutePath().normalize()));
    return absolute;
  }

  /** Drops folders that lie inside another one; a set in path order has the outer one first. */
  private static List<Path> outermost(Set<Path> folders) {
    List<Path> kept = new ArrayList<>();
    for (Path folder : folders) {
      if (kept.stream().noneMatch(folder::startsWith)) {
        kept.add(folder);
      }
    }
    return kept;
  }

  private static List<BackupScope.Folder> labelled(List<Path> folders) {
    List<BackupScope.Folder> labelled = new ArrayList<>();
    Set<String> taken = new TreeSet<>();
    for (Path folder : folders) {
      String plain = label(folder);
      String label = plain;
      for (int i = 2; !taken.add(label); i++) {
        label = plain + "-" + i;
      }
      labelled.add(new BackupScope.Folder(label, folder));
    }
    return labelled;
  }

  private static String label(Path folder) {
    Path name = folder.getFileName();
    String text =
        name == null
            ? ""
            : name.toString().replaceAll("[^A-Za-z0-9._-]", "_").replaceAll("^[.]+", "");
    return text.isEmpty() ? "folder" : text.substring(0, Math.min(text.length(), LONGEST_LABEL));
  }
}
