package dev.quayside.backup;

/** Names how the tar stream inside an archive is compressed. */
public enum Compression {
  /** Zstandard: {@code tar --zstd}. The default. */
  ZSTD("zst"),
  /** Gzip, for hosts without {@code zstd}: {@code tar -z}. */
  GZIP("gz");

  private final String suffix;

  Compression(String suffix) {
    this.suffix = suffix;
  }

  /** Returns the part of the archive's name that tells the compression, without a dot. */
  public String suffix() {
    return suffix;
  }
}
