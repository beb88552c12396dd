package dev.quayside.backup.landing;

import dev.quayside.backup.Unlocking;
import dev.quayside.stack.Stack;
import java.nio.file.Path;
import java.util.List;

/**
 * Asks to restore an archive over a stack.
 *
 * @param archive the file
 * @param unlocking how to open it
 * @param stack where to; as last seen
 * @param parts the parts by their paths in the archive; empty for all folders and databases
 * @param into whether the archive may be of another stack
 * @param unknownOrigin whether an archive is taken of which it is not proven who made it
 */
public record LandingRequest(
    Path archive,
    Unlocking unlocking,
    Stack stack,
    List<String> parts,
    boolean into,
    boolean unknownOrigin) {

  /** Makes the list immutable. */
  public LandingRequest {
    parts = List.copyOf(parts);
  }
}
