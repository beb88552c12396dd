package dev.quayside.backup;

import dev.quayside.common.ProblemException;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerInspection;
import dev.quayside.engine.Engine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells which mounts of a PostgreSQL server hold its own files, which a dump stands for. A single
 * file, such as {@code pg_hba.conf}, is in no dump, and neither is what somebody keeps beside them.
 *
 * @param place path in the container; null for a container that is no server
 */
record ServerFiles(@Nullable Path place) {

  /** Says of a container that is no server that none of its mounts does. */
  static final ServerFiles NONE = new ServerFiles(null);

  /** Where the image declares a volume: docker-library/postgres, Dockerfile, up to 17 and since. */
  private static final Path ALL = Path.of("/var/lib/postgresql");

  private static final Path USUAL = ALL.resolve("data");
  private static final String VARIABLE = "PGDATA";

  /** Asks where a server has them. */
  static ServerFiles of(Engine engine, ContainerId server) throws ProblemException {
    String told = engine.environment(server, Set.of(VARIABLE)).getOrDefault(VARIABLE, "");
    return new ServerFiles(told.startsWith("/") ? Path.of(told).normalize() : USUAL);
  }

  /** Returns whether {@code mount} holds some or all of them, or is there for them. */
  boolean hold(ContainerInspection.Mount mount) {
    return around(mount) || (inside(mount) && !singleFile(mount));
  }

  /**
   * Returns whether {@code mount} goes beyond them, so that something else may lie in it. The
   * volumes that the image declares are there for them even if they lie elsewhere.
   */
  private boolean around(ContainerInspection.Mount mount) {
    Path target = target(mount);
    return place != null
        && !inside(mount)
        && (place.startsWith(target) || target.equals(ALL) || target.equals(USUAL));
  }

  /** Returns those of {@code mounts} in which something else may lie beside them. */
  List<BackupScope.Around> around(List<ContainerInspection.Mount> mounts) {
    return mounts.stream()
        .filter(mount -> around(mount) && !mount.type().equals("tmpfs"))
        .map(mount -> around(mount, mounts))
        .toList();
  }

  private BackupScope.Around around(
      ContainerInspection.Mount mount, List<ContainerInspection.Mount> mounts) {
    Path target = target(mount);
    // What else is mounted inside is looked at by itself.
    List<String> passedOver =
        Stream.concat(Stream.ofNullable(place), mounts.stream().map(ServerFiles::target))
            .filter(path -> path.startsWith(target) && !path.equals(target))
            .map(Path::toString)
            .distinct()
            .toList();
    return new BackupScope.Around(
        mount.type().equals("volume"), mount.source(), target.toString(), passedOver);
  }

  private boolean inside(ContainerInspection.Mount mount) {
    return place != null && target(mount).startsWith(place);
  }

  private static Path target(ContainerInspection.Mount mount) {
    return Path.of(mount.target()).normalize();
  }

  private static boolean singleFile(ContainerInspection.Mount mount) {
    return mount.type().equals("bind") && Files.isRegularFile(Path.of(mount.source()));
  }
}
