package dev.quayside.journal;

/** Tells what a check of the whole journal found. */
public sealed interface JournalCheck {

  /** Every entry carries the hash of the one before and its own. */
  record Intact(long entries, String head) implements JournalCheck {}

  /**
   * The chain is broken.
   *
   * @param number place of the first entry that does not fit, from 1
   * @param line its line in the file, from 1
   * @param reason what does not fit, for people
   */
  record Broken(long number, long line, String reason) implements JournalCheck {}
}
