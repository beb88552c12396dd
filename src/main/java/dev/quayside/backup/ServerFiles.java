package dev.quayside.backup;

import dev.quayside.common.ProblemException;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerInspection;
import dev.quayside.engine.Engine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Tells which mounts of a PostgreSQL server hold its own files, which a dump stands for. A single
 * file, such as {@code pg_hba.conf}, is in no dump, and neither is what somebody keeps beside them.
 *
 * @param folders paths in the container
 */
record ServerFiles(List<Path> folders) {

  /** Says of a container that is no server that none of its mounts does. */
  static final ServerFiles NONE = new ServerFiles(List.of());

  /** Where the image declares a volume: docker-library/postgres, Dockerfile, up to 17 and since. */
  private static final Path ALL = Path.of("/var/lib/postgresql");

  private static final Path USUAL = ALL.resolve("data");
  private static final String VARIABLE = "PGDATA";

  ServerFiles {
    folders = List.copyOf(folders);
  }

  /** Asks where a server has them. */
  static ServerFiles of(Engine engine, ContainerId server) throws ProblemException {
    String told = engine.environment(server, Set.of(VARIABLE)).getOrDefault(VARIABLE, "");
    Path place = told.startsWith("/") ? Path.of(told).normalize() : USUAL;
    return new ServerFiles(List.of(place, USUAL));
  }

  /** Returns whether {@code mount} holds some or all of them. */
  boolean hold(ContainerInspection.Mount mount) {
    Path target = Path.of(mount.target()).normalize();
    boolean inOne = folders.stream().anyMatch(each -> target.startsWith(each));
    boolean aroundOne =
        target.equals(ALL) || folders.stream().anyMatch(each -> each.startsWith(target));
    return !folders.isEmpty() && (aroundOne || (inOne && !singleFile(mount)));
  }

  private static boolean singleFile(ContainerInspection.Mount mount) {
    return mount.type().equals("bind") && Files.isRegularFile(Path.of(mount.source()));
  }
}
