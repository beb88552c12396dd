package dev.quayside.backup;

import dev.quayside.engine.ContainerId;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Lists what one backup takes in, and what it knowingly leaves out.
 *
 * @param stack the stack's name; becomes part of the archive's name
 * @param kind the stack's kind, for example {@code llm-infrastructure}
 * @param folders folders to save; their labels differ
 * @param files single files to save, by the folder they are in; their labels differ from those too
 * @param databases PostgreSQL servers to dump
 * @param services every service of the stack, saved or not, so that the archive names the images it
 *     belongs to
 * @param leftOut what is not saved, with the reason
 * @param mounted volumes and folders that are read through a container
 * @param writing who writes to what is saved
 * @param keys without which what the databases hold is worth little
 * @param missing what belongs into the set and cannot be reached now, so that the set is incomplete
 */
public record BackupScope(
    String stack,
    String kind,
    List<Folder> folders,
    List<SingleFiles> files,
    List<Postgres> databases,
    List<Service> services,
    List<LeftOut> leftOut,
    List<Mounted> mounted,
    List<Writing> writing,
    List<Key> keys,
    List<LeftOut> missing) {

  private static final int LONGEST_LABEL = 80;

  /** Makes the lists immutable. */
  public BackupScope {
    folders = List.copyOf(folders);
    files = List.copyOf(files);
    databases = List.copyOf(databases);
    services = List.copyOf(services);
    leftOut = List.copyOf(leftOut);
    mounted = List.copyOf(mounted);
    writing = List.copyOf(writing);
    keys = List.copyOf(keys);
    missing = List.copyOf(missing);
  }

  /** Lists what a backup takes in where no key is known and all can be reached. */
  public BackupScope(
      String stack,
      String kind,
      List<Folder> folders,
      List<SingleFiles> files,
      List<Postgres> databases,
      List<Service> services,
      List<LeftOut> leftOut,
      List<Mounted> mounted,
      List<Writing> writing) {
    this(
        stack, kind, folders, files, databases, services, leftOut, mounted, writing, List.of(),
        List.of());
  }

  /** Lists what a backup takes in where nothing is read through a container and nothing writes. */
  public BackupScope(
      String stack,
      String kind,
      List<Folder> folders,
      List<SingleFiles> files,
      List<Postgres> databases,
      List<Service> services,
      List<LeftOut> leftOut) {
    this(stack, kind, folders, files, databases, services, leftOut, List.of(), List.of());
  }

  /**
   * Returns who has to stand still while {@code source} is copied, so that its files fit together;
   * empty where nothing writes to it.
   *
   * @param source path of a folder or a single file, or a volume's name
   */
  public List<Writer> writers(String source) {
    return writing.stream()
        .filter(each -> each.source().equals(source))
        .flatMap(each -> each.writers().stream())
        .filter(Writer::live)
        .toList();
  }

  /**
   * Returns the services whose data {@code source} is, each once: those that write to it, or where
   * none runs, those that would.
   */
  public List<String> services(String source) {
    List<Writer> running = writers(source);
    return (running.isEmpty()
            ? writing.stream()
                .filter(each -> each.source().equals(source))
                .flatMap(each -> each.writers().stream())
            : running.stream())
        .map(Writer::service)
        .distinct()
        .toList();
  }

  /** Returns the services that are stopped while their data is copied, each once, in order. */
  public List<String> stopped() {
    return writing.stream()
        .flatMap(each -> each.writers().stream())
        .filter(Writer::live)
        .map(Writer::service)
        .distinct()
        .sorted()
        .toList();
  }

  /** Returns a label made from the name of {@code folder}; two folders may get the same one. */
  public static String label(Path folder) {
    Path name = folder.getFileName();
    String text =
        name == null
            ? ""
            : name.toString().replaceAll("[^A-Za-z0-9._-]", "_").replaceAll("^[.]+", "");
    return text.isEmpty() ? "folder" : text.substring(0, Math.min(text.length(), LONGEST_LABEL));
  }

  /**
   * Names a folder to save.
   *
   * @param label its name inside the archive: letters, digits, dot, dash and underscore
   * @param path where it is; absolute
   */
  public record Folder(String label, Path path) {}

  /**
   * Names a volume or a folder of somebody else, read through a container that has it mounted.
   *
   * @param label its name inside the archive, as of a {@link Folder}
   * @param volume whether it is a volume
   * @param source the volume's name, or the folder's path
   * @param container one that has it mounted, running or not
   * @param target where it is mounted
   * @param nested where in the container, below {@code target}, something else is mounted
   */
  public record Mounted(
      String label,
      boolean volume,
      String source,
      ContainerId container,
      String target,
      List<String> nested) {

    /** Makes the list immutable. */
    public Mounted {
      nested = List.copyOf(nested);
    }

    /** Names one in which nothing else is mounted. */
    public Mounted(
        String label, boolean volume, String source, ContainerId container, String target) {
      this(label, volume, source, container, target, List.of());
    }
  }

  /**
   * Names who writes to a folder, single file or volume that is saved.
   *
   * @param source path of the folder or file, or the volume's name
   * @param writers containers that run and have it mounted for writing
   */
  public record Writing(String source, List<Writer> writers) {
    /** Makes the list immutable. */
    public Writing {
      writers = List.copyOf(writers);
    }
  }

  /**
   * Names a container that writes.
   *
   * @param service its service
   * @param container the container
   * @param live whether it has processes; one that stands writes nothing now
   */
  public record Writer(String service, ContainerId container, boolean live) {

    /** Names a container that runs. */
    public Writer(String service, ContainerId container) {
      this(service, container, true);
    }

    /** Returns the containers of {@code writers} that run. */
    static Set<ContainerId> ids(List<Writer> writers) {
      return writers.stream()
          .filter(Writer::live)
          .map(Writer::container)
          .collect(Collectors.toSet());
    }
  }

  /**
   * Names a key with which a service encrypts what it stores.
   *
   * @param name as the catalogue calls it
   * @param places files that hold it; one of them in the archive is enough
   */
  public record Key(String name, List<Path> places) {
    /** Makes the list immutable. */
    public Key {
      places = List.copyOf(places);
    }
  }

  /**
   * Names files of one folder, of which nothing else is saved.
   *
   * @param label name of their folder inside the archive, as of a {@link Folder}
   * @param folder where they are; absolute
   * @param files the files, in that folder
   */
  public record SingleFiles(String label, Path folder, List<Path> files) {
    /** Makes the list immutable. */
    public SingleFiles {
      files = List.copyOf(files);
    }
  }

  /**
   * Names a server whose databases are dumped with the tools in its own container.
   *
   * @param service the Compose service
   * @param container where the server runs
   * @param user the role that dumps
   * @param database the one its clients use, empty if it is called as the role; every other
   *     database of the server is dumped too
   * @param userFile file in the container that holds the name of the role; null if it is known
   * @param databaseFile file in the container that holds the name of the database; null if it is
   *     known
   * @param around mounts of the container that go beyond the files that the dump stands for
   */
  public record Postgres(
      String service,
      ContainerId container,
      String user,
      String database,
      @Nullable String userFile,
      @Nullable String databaseFile,
      List<Around> around) {

    /** Makes the list immutable. */
    public Postgres {
      around = List.copyOf(around);
    }

    /** Names a server of which no mount holds anything else. */
    public Postgres(
        String service,
        ContainerId container,
        String user,
        String database,
        @Nullable String userFile,
        @Nullable String databaseFile) {
      this(service, container, user, database, userFile, databaseFile, List.of());
    }

    /** Names a server whose role and database are known. */
    public Postgres(String service, ContainerId container, String user, String database) {
      this(service, container, user, database, null, null);
    }
  }

  /**
   * Names a mount of a database server in which something else may lie beside the server's files.
   *
   * @param volume whether it is a volume
   * @param source the volume's name, or the folder's path
   * @param target where it is mounted
   * @param passedOver where in the container, below {@code target}, the server's files are, and
   *     what is mounted by itself
   */
  public record Around(boolean volume, String source, String target, List<String> passedOver) {
    /** Makes the list immutable. */
    public Around {
      passedOver = List.copyOf(passedOver);
    }
  }

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
