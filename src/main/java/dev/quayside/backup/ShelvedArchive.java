package dev.quayside.backup;

import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Records one archive that Quayside made or verified.
 *
 * @param id identity of the archive
 * @param stack name of the stack
 * @param archive where it was seen last
 * @param created when it was made
 * @param bytes its size then
 * @param contentBytes size of its content
 * @param entries number of its entries
 * @param complete whether everything asked for could be read
 * @param verified when every byte was last read and found sound; null if never
 * @param fault code of the problem the last verification found; null if none
 * @param proof what its last drill showed; null if it was never drilled
 */
public record ShelvedArchive(
    String id,
    String stack,
    Path archive,
    Instant created,
    long bytes,
    long contentBytes,
    long entries,
    boolean complete,
    @Nullable Instant verified,
    @Nullable String fault,
    @Nullable Proof proof) {

  /** Records an archive that was never drilled. */
  public ShelvedArchive(
      String id,
      String stack,
      Path archive,
      Instant created,
      long bytes,
      long contentBytes,
      long entries,
      boolean complete,
      @Nullable Instant verified,
      @Nullable String fault) {
    this(
        id, stack, archive, created, bytes, contentBytes, entries, complete, verified, fault, null);
  }

  /** Returns the same with what a drill showed. */
  ShelvedArchive with(Proof drilled) {
    return new ShelvedArchive(
        id,
        stack,
        archive,
        created,
        bytes,
        contentBytes,
        entries,
        complete,
        verified,
        fault,
        drilled);
  }

  /** Returns whether it is proven: sound when it was last read, and its last drill was whole. */
  public boolean proven() {
    return fault == null && verified != null && proof != null && proof.whole();
  }
}
