package dev.quayside.backup.foreign;

/** Names what a file of other origin holds, as its first bytes say. */
public enum ContentKind {
  /** An archive that Quayside made: a tar stream with a plan first. */
  OURS,
  /** A tar stream. */
  TAR,
  /** A dump of PostgreSQL in its own format, as {@code pg_dump --format=custom} writes it. */
  CUSTOM_DUMP,
  /** Text, taken for SQL. */
  SQL,
  /** Something compressed by gzip. */
  GZIP,
  /** Something compressed by zstd. */
  ZSTD,
  /** Something compressed by xz, which is not unpacked here. */
  XZ,
  /** Something compressed by bzip2, which is not unpacked here. */
  BZIP2,
  /** A zip archive. */
  ZIP,
  /** A 7z archive. */
  SEVEN_ZIP,
  /** Something compressed by lz4. */
  LZ4,
  /** A database file of SQLite. */
  SQLITE,
  /** A snapshot of Redis. */
  REDIS,
  /** An archive of {@code mongodump}. */
  MONGO_DUMP,
  /** An OpenPGP message. */
  OPENPGP,
  /** Nothing at all. */
  EMPTY,
  /** Something else. */
  UNKNOWN;

  /** Returns whether it can be restored or loaded. */
  public boolean usable() {
    return this == OURS || this == TAR || database();
  }

  /** Returns whether it goes into a database. */
  public boolean database() {
    return this == CUSTOM_DUMP || this == SQL;
  }

  /** Returns whether something else is inside that is unpacked here. */
  public boolean wrapped() {
    return this == GZIP || this == ZSTD;
  }
}
