package dev.quayside.backup;

import dev.quayside.common.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells what reading every byte of an archive showed.
 *
 * @param archive where it is
 * @param bytes its size
 * @param plan what it says it holds; null if even that could not be read
 * @param entries how many entries were read and compared
 * @param contentBytes bytes of content read and compared
 * @param incomplete how many things could not be read when it was made
 * @param changed files that changed while the archive was made, so that what is in it of them may
 *     be torn, cut or filled up with zeros
 * @param origin who made it, as far as can be told
 * @param fault what is wrong with it; null if nothing
 * @param took how long it took
 * @param manifest what the list beside it is worth, compared with all of the archive
 */
public record VerificationReport(
    Path archive,
    long bytes,
    @Nullable ArchivePlan plan,
    long entries,
    long contentBytes,
    int incomplete,
    List<String> changed,
    Origin origin,
    @Nullable Problem fault,
    Duration took,
    ManifestState manifest) {

  /** Makes the list immutable. */
  public VerificationReport {
    changed = List.copyOf(changed);
  }

  /** Describes an archive with no list beside it. */
  public VerificationReport(
      Path archive,
      long bytes,
      @Nullable ArchivePlan plan,
      long entries,
      long contentBytes,
      int incomplete,
      List<String> changed,
      Origin origin,
      @Nullable Problem fault,
      Duration took) {
    this(
        archive,
        bytes,
        plan,
        entries,
        contentBytes,
        incomplete,
        changed,
        origin,
        fault,
        took,
        ManifestState.NONE);
  }

  /**
   * Returns what the archive says that something was writing to while it was copied; empty if not
   * even that could be read.
   */
  public List<String> unsure() {
    return plan == null ? List.of() : plan.unsure();
  }

  /** Returns whether all that was asked for is in the archive, as it was at one moment. */
  public boolean complete() {
    return incomplete == 0 && changed.isEmpty() && unsure().isEmpty();
  }

  /** Returns whether every byte was read and every hash agreed. */
  public boolean sound() {
    return fault == null;
  }
}
