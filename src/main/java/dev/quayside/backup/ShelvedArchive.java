package dev.quayside.backup;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
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
 * @param holds the names of the data in it; empty if there is none, or where an older version noted
 *     none
 * @param presence whether its file was there when that was looked for; it is not kept
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
    @Nullable Proof proof,
    List<String> holds,
    Presence presence) {

  /** Makes the list immutable. */
  public ShelvedArchive {
    holds = List.copyOf(holds);
  }

  /** Records an archive for whose file nobody has looked. */
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
      @Nullable String fault,
      @Nullable Proof proof,
      List<String> holds) {
    this(
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
        proof,
        holds,
        Presence.THERE);
  }

  /** Records an archive that was never drilled, and of which nobody noted what is in it. */
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
        null,
        List.of());
  }

  /** Returns the same with what a drill showed. */
  ShelvedArchive with(Proof drilled) {
    return with(fault, drilled, presence);
  }

  /** Returns the same with what a verification found wrong with it. */
  ShelvedArchive faulty(String code) {
    return with(code, proof, presence);
  }

  /** Returns the same with what was seen of its file. */
  ShelvedArchive with(Presence seen) {
    return with(fault, proof, seen);
  }

  private ShelvedArchive with(@Nullable String found, @Nullable Proof drilled, Presence seen) {
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
        found,
        drilled,
        holds,
        seen);
  }

  /**
   * Returns whether it is proven: nothing is missing or doubtful in it, it was sound when it was
   * last read, and its last drill was whole.
   */
  public boolean proven() {
    return complete && fault == null && verified != null && proof != null && proof.whole();
  }
}
