package dev.quayside.stack.settings;

import java.nio.file.Path;
import java.util.List;

/**
 * Tells how a save ended. Where the file has the new content, that was read again and is what it
 * should be.
 *
 * @param id of the change, as in the journal
 * @param stack its name
 * @param file that was meant; no container was changed
 * @param result what became of it
 * @param diff what changed, values of secrets masked
 * @param oldHash SHA-256 before
 * @param newHash SHA-256 of the content that was wished
 * @param inPlace whether the same file was written over instead of replaced
 * @param version of the history that holds the content before; empty where there is none
 * @param journalHead hash of the newest journal entry; empty where it could not be read
 */
public record EnvReceipt(
    String id,
    String stack,
    Path file,
    Result result,
    List<EnvDifference> diff,
    String oldHash,
    String newHash,
    boolean inPlace,
    String version,
    String journalHead) {

  /** Names what became of a file. */
  public enum Result {
    /** It is new. */
    MADE,
    /** It has the new content in the place of the one before. */
    SAVED,
    /** It does not have the new content for good; the problem says what it has. */
    NOT_SAVED
  }

  /** Makes the list immutable. */
  public EnvReceipt {
    diff = List.copyOf(diff);
  }

  /** Returns whether the file has the content that was wished. */
  public boolean written() {
    return result != Result.NOT_SAVED;
  }
}
