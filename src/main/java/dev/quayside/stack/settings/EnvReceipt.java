package dev.quayside.stack.settings;

import java.nio.file.Path;
import java.util.List;

/**
 * Proves that a file was saved: it was read again and is what it should be.
 *
 * @param id of the change, as in the journal
 * @param stack its name
 * @param file that was written; no container was changed
 * @param diff what changed, values of secrets masked
 * @param oldHash SHA-256 before
 * @param newHash SHA-256 now
 * @param inPlace whether the same file was written over instead of replaced
 * @param version of the history that holds the content before; empty where there was none
 * @param journalHead hash of the newest journal entry; empty where it could not be read
 */
public record EnvReceipt(
    String id,
    String stack,
    Path file,
    List<EnvDifference> diff,
    String oldHash,
    String newHash,
    boolean inPlace,
    String version,
    String journalHead) {

  /** Makes the list immutable. */
  public EnvReceipt {
    diff = List.copyOf(diff);
  }
}
