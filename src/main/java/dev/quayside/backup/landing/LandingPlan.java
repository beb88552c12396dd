package dev.quayside.backup.landing;

import dev.quayside.backup.ArchivePlan;
import java.nio.file.Path;
import java.util.List;

/**
 * Says what a restore over a stack changes.
 *
 * @param archive what the archive says of itself; not verified as long as it is only a plan
 * @param folders folders that are exchanged
 * @param databases databases that are exchanged
 * @param mounts volumes, and folders that are not ours, whose content is exchanged
 * @param consumers services that run and are stopped meanwhile
 * @param servers servers of those databases that are stopped too, because they have a folder
 *     mounted
 * @param leftAlone parts of the archive that are not restored, by their paths
 */
public record LandingPlan(
    ArchivePlan archive,
    List<Folder> folders,
    List<Database> databases,
    List<Mount> mounts,
    List<String> consumers,
    List<String> servers,
    List<String> leftAlone) {

  /** Makes the lists immutable. */
  public LandingPlan {
    folders = List.copyOf(folders);
    databases = List.copyOf(databases);
    mounts = List.copyOf(mounts);
    consumers = List.copyOf(consumers);
    servers = List.copyOf(servers);
    leftAlone = List.copyOf(leftAlone);
  }

  /**
   * Names a folder.
   *
   * @param part its path in the archive
   * @param live where it is
   */
  public record Folder(String part, Path live) {}

  /**
   * Names a volume, or a folder that is not ours.
   *
   * @param part its path in the archive
   * @param source name of the volume, or path of the folder
   * @param bytes how much the archive says it holds
   * @param images digests of images of the stack, first of those that have it mounted
   */
  public record Mount(String part, String source, long bytes, List<String> images) {
    /** Makes the list immutable. */
    public Mount {
      images = List.copyOf(images);
    }
  }

  /**
   * Names a database.
   *
   * @param part path of its dump in the archive
   * @param service the service of its server
   * @param name its name
   */
  public record Database(String part, String service, String name) {}
}
