package dev.quayside.ui.backups;

import dev.quayside.backup.landing.LandingReceipt;
import dev.quayside.common.ProblemException;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells what stays so until somebody does something about it.
 *
 * @param pending restores over stacks that were neither accepted nor undone
 */
public record Standing(List<LandingReceipt> pending) {

  /** Makes the list immutable. */
  public Standing {
    pending = List.copyOf(pending);
  }

  /** Reads it from {@code desk}; may block. */
  public static Standing read(BackupDesk desk) throws ProblemException {
    return new Standing(desk.landings().pending());
  }

  /**
   * Is one of it in a sentence, for the Overview.
   *
   * @param loud whether data is at stake, or it is only time for something
   * @param words the sentence
   */
  public record Sentence(boolean loud, String words) {}

  /** Returns each of it in a sentence. */
  public List<Sentence> sentences() {
    List<Sentence> all = new ArrayList<>();
    pending.forEach(
        one -> all.add(new Sentence(true, BackupsText.of("standing.pending.short", one.stack()))));
    return all;
  }
}
