package dev.quayside.backup;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Proves that a file of other origin was unpacked: it was read to its end once before anything was
 * written, and again with the same bytes.
 *
 * @param folder where everything is
 * @param source what it was made of
 * @param outsideLinks symbolic links that lead out of the folder; left out
 * @param ownersKept whether every owner and group could be set
 * @param reduced how many files and folders lost the part of their modes by which they run as their
 *     owner, because nobody knows who made the file
 * @param took how long it took
 */
public record ForeignReceipt(
    Path folder,
    ForeignReport source,
    List<String> outsideLinks,
    boolean ownersKept,
    long reduced,
    Duration took) {

  /** Makes the list immutable. */
  public ForeignReceipt {
    outsideLinks = List.copyOf(outsideLinks);
  }
}
