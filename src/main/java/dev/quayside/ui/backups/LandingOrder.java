package dev.quayside.ui.backups;

import dev.quayside.backup.Unlocking;
import java.nio.file.Path;
import java.util.List;

/**
 * Says what the operator wants restored over a stack.
 *
 * @param archive the file
 * @param unlocking how to open it
 * @param stack the stack's name
 * @param parts the parts by their paths in the archive; empty for all that can be exchanged
 * @param into whether the archive may be of another stack
 * @param unknownOrigin whether an archive is taken of which it is not proven who made it
 */
public record LandingOrder(
    Path archive,
    Unlocking unlocking,
    String stack,
    List<String> parts,
    boolean into,
    boolean unknownOrigin) {

  /** Makes the list immutable. */
  public LandingOrder {
    parts = List.copyOf(parts);
  }
}
