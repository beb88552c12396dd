package dev.quayside.journal;

import java.time.Instant;
import java.util.Map;

/**
 * Holds one entry of the journal.
 *
 * @param number its place, from 1
 * @param at when it was written
 * @param kind what it tells
 * @param intent the change it belongs to; 32 hexadecimal characters, empty for notes
 * @param action for example {@code rotate}
 * @param subject for example the name of a stack
 * @param details in the order of their names; never a secret
 * @param previous hash of the entry before, 64 hexadecimal characters; all zeros for the first
 * @param hash of this entry
 */
public record JournalEntry(
    long number,
    Instant at,
    EntryKind kind,
    String intent,
    String action,
    String subject,
    Map<String, String> details,
    String previous,
    String hash) {

  /** Makes the details immutable, keeping their order. */
  public JournalEntry {
    details = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(details));
  }
}
