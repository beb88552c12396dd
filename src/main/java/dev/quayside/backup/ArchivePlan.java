package dev.quayside.backup;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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

  /** Makes the lists immutable. */
  public ArchivePlan {
    services = List.copyOf(services);
    parts = List.copyOf(parts);
    leftOut = List.copyOf(leftOut);
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
    /** What is in a named volume. */
    VOLUME,
    /** A path of a container's writable layer. */
    LAYER,
    /** A database file of SQLite that lies in a part, copied with its own tools. */
    SQLITE,
    /** A dump of Redis that lies in a part. */
    REDIS_DUMP,
    /** Output of {@code mongodump --archive}, in segments. */
    MONGO_DUMP
  }

  /** Names how far the files of a part fit together. */
  public enum Consistency {
    /** The server's own tools made the copy, of one moment. */
    SNAPSHOT,
    /** Nothing of the stack was writing: what writes was stopped, or nothing does. */
    STILL,
    /** Something was writing meanwhile, so the copy may be torn. */
    UNSURE
  }

  /**
   * Describes a part.
   *
   * @param path where it is inside the archive
   * @param kind what it is
   * @param source where it came from: a folder or file of the host, or {@code service/database}
   * @param bytes its size as far as known before reading; an estimate for a database
   * @param entries number of entries as far as known before reading
   * @param version version of the server a dump came from; empty for files
   * @param service the service whose data it is, several joined by commas; empty for none
   * @param consistency how far its files fit together; null in archives that do not say
   */
  public record Part(
      String path,
      PartKind kind,
      String source,
      long bytes,
      long entries,
      String version,
      String service,
      @Nullable Consistency consistency) {

    /** Fills in what archives of the first days do not say. */
    public Part {
      service = Objects.requireNonNullElse(service, "");
    }

    /** Describes a part of no service, of which nothing is said about consistency. */
    public Part(
        String path, PartKind kind, String source, long bytes, long entries, String version) {
      this(path, kind, source, bytes, entries, version, "", null);
    }
  }
}
