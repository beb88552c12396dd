package dev.quayside.ui.journal;

import dev.quayside.common.ProblemException;
import dev.quayside.journal.JournalCheck;
import dev.quayside.journal.JournalEntry;
import java.util.List;

/**
 * Holds how the page reads the journal. Both may block.
 *
 * @param entries reads all entries, oldest first
 * @param check reads everything and names the first entry that does not fit
 */
public record JournalBackend(Reading<List<JournalEntry>> entries, Reading<JournalCheck> check) {

  /**
   * Reads something of the journal.
   *
   * @param <T> what
   */
  @FunctionalInterface
  public interface Reading<T> {
    /** Reads it. */
    T read() throws ProblemException;
  }
}
