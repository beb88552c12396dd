package dev.quayside.backup;

import java.util.List;

/**
 * Says what an archive really holds: its last entry, {@code seal.json}, without the list of
 * entries, which is streamed.
 *
 * @param format version of the format
 * @param id identity of the archive, the same as in the plan
 * @param entryCount number of entries before the seal
 * @param contentBytes bytes of content before the seal
 * @param streams what is written in segments
 * @param unread what could not be read
 * @param changed files that changed while they were read
 * @param skipped things of a type that is not saved
 */
record Seal(
    int format,
    String id,
    long entryCount,
    long contentBytes,
    List<SealedStream> streams,
    List<BackupReceipt.Unread> unread,
    List<String> changed,
    List<String> skipped) {

  /** Makes the lists immutable. */
  Seal {
    streams = List.copyOf(streams);
    unread = List.copyOf(unread);
    changed = List.copyOf(changed);
    skipped = List.copyOf(skipped);
  }

  /**
   * Describes a stream in segments.
   *
   * @param path where the segments joined belong
   * @param segments how many there are
   * @param size bytes of all of them
   * @param sha256 hash of all of them joined, hexadecimal
   */
  record SealedStream(String path, int segments, long size, String sha256) {}
}
