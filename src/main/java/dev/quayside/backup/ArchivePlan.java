package dev.quayside.backup;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Says what an archive is meant to hold: its first entry, {@code plan.json}. It is written before
 * anything is read and holds no hashes; {@code docs/archive-format.md} describes it.
 *
 * @param format version of the archive's format
 * @param id identity of the archive
 * @param created when it was begun
 * @param madeBy program and version
 * @param stack name of the stack
 * @param kind kind of the stack
 * @param services services with the images they ran
 * @param parts what is included
 * @param leftOut what is knowingly not included
 * @param mostBytes upper bound of the content's size; a reader refuses more
 * @param mostEntries upper bound of the number of entries; a reader refuses more
 * @param journalHead head of the journal at that time; empty if there is none
 */
public record ArchivePlan(
    int format,
    String id,
    Instant created,
    String madeBy,
    String stack,
    String kind,
    List<BackupScope.Service> services,
    List<Part> parts,
    List<BackupScope.LeftOut> leftOut,
    long mostBytes,
    long mostEntries,
    String journalHead) {

  /** Names that the engine gives to volumes that nobody named. */
  static final Pattern ANONYMOUS = Pattern.compile("[0-9a-f]{64}");

  /** Makes the lists immutable. */
  public ArchivePlan {
    services = List.copyOf(services);
    parts = List.copyOf(parts);
    leftOut = List.copyOf(leftOut);
  }

  /**
   * Returns where those parts came from to which something may have written while they were copied,
   * so that their files may not fit together.
   */
  public List<String> unsure() {
    return parts.stream()
        .filter(part -> part.consistency() == Consistency.UNSURE)
        .map(Part::source)
        .toList();
  }

  /**
   * Returns the names of what may not silently be missing in a later archive of the stack: its
   * dumps, folders and volumes, and the single files that services write to. A volume that nobody
   * named has another name whenever its container is made anew, so it goes by its service.
   */
  public List<String> holds() {
    return parts.stream()
        .filter(Part::data)
        .map(part -> {
          boolean nameless = ANONYMOUS.matcher(part.source()).matches();
          return part.kind() + " " + (nameless ? "of " + part.service() : part.source());
        })
        .distinct()
        .sorted()
        .toList();
  }

  /** Names what a part is. */
  public enum PartKind {
    /** A folder with plain files. */
    FOLDER,
    /** One file of a folder that is not saved otherwise. */
    FILE,
    /** Output of {@code pg_dump -Fc}, in segments. */
    POSTGRES_DUMP,
    /** Output of {@code pg_dumpall --globals-only}, in segments. */
    POSTGRES_GLOBALS,
    /** Output of {@code mongodump --archive}, in segments. */
    MONGO_DUMP,
    /** A named volume with plain files. */
    VOLUME,
    /** A path in the writable layer of a container. */
    LAYER,
    /** A database file of SQLite in the place where it belongs, among the files of another part. */
    SQLITE,
    /**
     * A snapshot of a Redis server in the place where it belongs, among the files of another part.
     */
    REDIS_DUMP;

    /** Returns whether the size of what is read is not known before it is made. */
    public boolean dumped() {
      return switch (this) {
        case POSTGRES_DUMP, POSTGRES_GLOBALS, MONGO_DUMP -> true;
        case FOLDER, FILE, VOLUME, LAYER, SQLITE, REDIS_DUMP -> false;
      };
    }

    /** Returns whether it marks an entry of another part, so that it takes no room of its own. */
    public boolean inPlace() {
      return this == SQLITE || this == REDIS_DUMP;
    }
  }

  /** Names how well a part stands for one moment. */
  public enum Consistency {
    /** A tool of the service made it: one moment, whatever was written meanwhile. */
    SNAPSHOT,
    /** Nothing wrote to it: its service was stopped or paused, or there is none. */
    STILL,
    /** Something may have written to it meanwhile, so its files may not fit together. */
    UNSURE
  }

  /**
   * Describes a part.
   *
   * @param path where it is inside the archive
   * @param kind what it is
   * @param source where it came from: a folder or file of the host, {@code service/database}, the
   *     full name of a volume, or {@code service:/path} in a writable layer
   * @param bytes its size as far as known before reading; an estimate for a database
   * @param entries number of entries as far as known before reading
   * @param version version of the server a dump came from; empty for files
   * @param service the Compose service that writes it; empty for none, or where it is not known
   * @param consistency how well it stands for one moment
   */
  public record Part(
      String path,
      PartKind kind,
      String source,
      long bytes,
      long entries,
      String version,
      String service,
      Consistency consistency) {

    /** Fills in what archives of the first days do not say. */
    public Part {
      service = Objects.requireNonNullElse(service, "");
      consistency =
          Objects.requireNonNullElse(
              consistency, kind.dumped() ? Consistency.SNAPSHOT : Consistency.UNSURE);
    }

    /** Returns whether it is data of its own: neither a file of settings nor a mark. */
    boolean data() {
      return kind == PartKind.FILE ? !service.isEmpty() : !kind.inPlace();
    }
  }
}
