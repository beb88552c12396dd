package dev.quayside.backup;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Proves that an archive was restored: every byte was read and every hash agreed before the folder
 * appeared.
 *
 * @param folder where everything is
 * @param plan what the archive says it holds
 * @param entries how many entries were written
 * @param contentBytes bytes of content written
 * @param origin who made the archive, as far as can be told
 * @param outsideLinks symbolic links that lead out of the folder; left out if the origin is
 *     unknown, else restored
 * @param ownersKept whether every owner and group could be set; false for a plain user and files of
 *     others
 * @param unread what could not be read when the archive was made
 * @param changed files that changed while the archive was made, so that what is there of them may
 *     be torn, cut or filled up with zeros
 * @param took how long it took
 */
public record RestoreReceipt(
    Path folder,
    ArchivePlan plan,
    long entries,
    long contentBytes,
    Origin origin,
    List<String> outsideLinks,
    boolean ownersKept,
    List<BackupReceipt.Unread> unread,
    List<String> changed,
    Duration took) {

  /** Makes the lists immutable. */
  public RestoreReceipt {
    outsideLinks = List.copyOf(outsideLinks);
    unread = List.copyOf(unread);
    changed = List.copyOf(changed);
  }
}
