package dev.quayside.backup;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Proves that an archive was written.
 *
 * @param id identity of the archive, also inside it
 * @param archive where it is
 * @param created when it was begun
 * @param bytes its size
 * @param contentBytes size of what is in it, before compression
 * @param entries how many files, folders and links it holds
 * @param took how long it took
 * @param unread what could not be read; not empty means the set is incomplete
 * @param changed files that changed while they were read: what is saved of them may be torn, and is
 *     cut or filled up with zeros if they grew or shrank
 * @param leftOut what the set knowingly does not hold, for example named volumes
 * @param skipped things of a type that is not saved: sockets, devices, named pipes
 * @param unsure folders and volumes that something was writing to while they were copied
 */
public record BackupReceipt(
    String id,
    Path archive,
    Instant created,
    long bytes,
    long contentBytes,
    long entries,
    Duration took,
    List<Unread> unread,
    List<BackupScope.LeftOut> leftOut,
    List<String> changed,
    List<String> skipped,
    List<String> unsure) {

  /** Makes the lists immutable. */
  public BackupReceipt {
    unread = List.copyOf(unread);
    leftOut = List.copyOf(leftOut);
    changed = List.copyOf(changed);
    skipped = List.copyOf(skipped);
    unsure = List.copyOf(unsure);
  }

  /** Returns whether everything that was asked for is in the archive, as it was at one moment. */
  public boolean complete() {
    return unread.isEmpty() && changed.isEmpty() && unsure.isEmpty();
  }

  /**
   * Names something that could not be read.
   *
   * @param path where it is on the host
   * @param reason what the system answered
   */
  public record Unread(String path, String reason) {}
}
