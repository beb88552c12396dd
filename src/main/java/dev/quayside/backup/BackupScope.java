package dev.quayside.backup;

import dev.quayside.engine.ContainerId;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lists what one backup takes in, and what it knowingly leaves out.
 *
 * @param stack the stack's name; becomes part of the archive's name
 * @param kind the stack's kind, for example {@code llm-infrastructure}
 * @param folders folders to save; their labels differ
 * @param databases PostgreSQL databases to dump
 * @param services every service of the stack, saved or not, so that the archive names the images it
 *     belongs to
 * @param leftOut what is not saved, with the reason
 */
public record BackupScope(
    String stack,
    String kind,
    List<Folder> folders,
    List<Postgres> databases,
    List<Service> services,
    List<LeftOut> leftOut) {

  /** Makes the lists immutable. */
  public BackupScope {
    folders = List.copyOf(folders);
    databases = List.copyOf(databases);
    services = List.copyOf(services);
    leftOut = List.copyOf(leftOut);
  }

  /**
   * Names a folder to save.
   *
   * @param label its name inside the archive: letters, digits, dot, dash and underscore
   * @param path where it is; absolute
   */
  public record Folder(String label, Path path) {}

  /**
   * Names a database to dump with the tools in its own container.
   *
   * @param service the Compose service
   * @param container where the server runs
   * @param user the role that dumps
   * @param database its name
   */
  public record Postgres(String service, ContainerId container, String user, String database) {}

  /**
   * Describes a service at the time of the backup.
   *
   * @param name the Compose service
   * @param image the reference it runs
   * @param imageId digest of the image it really runs; null if it has no container
   */
  public record Service(String name, String image, @Nullable String imageId) {}

  /**
   * Names something that is not saved.
   *
   * @param what a path, volume or service
   * @param reason why, in words
   */
  public record LeftOut(String what, String reason) {}
}
