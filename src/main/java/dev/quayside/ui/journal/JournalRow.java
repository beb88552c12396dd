package dev.quayside.ui.journal;

import dev.quayside.journal.JournalEntry;
import java.util.Locale;

/**
 * Holds an entry with the words it is shown and found by; they are made once, off the FX thread.
 *
 * @param entry of the journal
 * @param details in one line
 * @param searched all of it in lower case
 */
record JournalRow(JournalEntry entry, String details, String searched) {

  static JournalRow of(JournalEntry entry) {
    String details = JournalText.details(entry);
    String all = entry.action() + " " + entry.subject() + " " + entry.kind() + " " + details;
    return new JournalRow(entry, details, all.toLowerCase(Locale.ROOT));
  }
}
