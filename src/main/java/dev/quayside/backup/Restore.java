package dev.quayside.backup;

import dev.quayside.common.Outcome;
import dev.quayside.common.Progress;

/** Restores an archive into an empty folder. */
public final class Restore {

  /**
   * Restores. Blocks. Everything is read and compared in a staging folder beside the target first; the target appears at
   * once and whole, or not at all.
   *
   * @return done; attention if something of the set is missing or changed, with the list; refused if the target is not
   *     empty or is short of room; failed otherwise
   */
  @SuppressWarnings("DoNotCallSuggester") // the body follows
  public Outcome<RestoreReceipt> run(RestoreRequest request, Progress progress) {
    throw new UnsupportedOperationException();
  }
}
