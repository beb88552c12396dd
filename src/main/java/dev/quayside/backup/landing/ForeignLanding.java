package dev.quayside.backup.landing;

import dev.quayside.backup.ForeignDump;
import dev.quayside.backup.Unlocking;
import dev.quayside.stack.Stack;
import java.nio.file.Path;
import java.util.List;

/**
 * Asks to load a dump that Quayside did not make in the place of a database.
 *
 * @param file the file with the dump
 * @param unlocking how to open it
 * @param stack where to; as last seen
 * @param service the service of the server there
 * @param database which of its databases
 * @param unknownOrigin whether the operator says yes to what nobody vouches for
 * @param functions whether the operator says yes to functions in it that reach further than it
 */
public record ForeignLanding(
    Path file,
    Unlocking unlocking,
    Stack stack,
    String service,
    String database,
    boolean unknownOrigin,
    boolean functions) {

  ForeignDump.Wanted wanted() {
    return new ForeignDump.Wanted(file, unlocking, stack.name(), service, database);
  }

  /** Asks for the only part of an archive of which nobody knows who made it. */
  LandingRequest request() {
    return new LandingRequest(file, unlocking, stack, List.of(wanted().part()), true, true);
  }
}
