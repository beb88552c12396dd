package dev.quayside.secrets;

import java.nio.file.Path;
import java.util.List;

/**
 * Tells which secrets got a value. It holds none.
 *
 * @param stack its name
 * @param file the environment file
 * @param generated names that had no value and have one now, by name
 * @param left names that need a value which only the operator knows, by name
 * @param journalHead hash of the newest journal entry when the work ended
 */
public record GenerationReceipt(
    String stack, Path file, List<String> generated, List<String> left, String journalHead) {

  /** Makes the lists immutable. */
  public GenerationReceipt {
    generated = List.copyOf(generated);
    left = List.copyOf(left);
  }
}
