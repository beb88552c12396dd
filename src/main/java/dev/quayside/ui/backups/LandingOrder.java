package dev.quayside.ui.backups;

import dev.quayside.backup.ForeignReport;
import dev.quayside.backup.Unlocking;
import java.nio.file.Path;
import java.util.List;

/** Says what the operator wants put in the place of what a stack has. */
public sealed interface LandingOrder {

  /** Returns the file that it comes from. */
  Path archive();

  /** Returns how to open the file. */
  Unlocking unlocking();

  /** Returns the stack's name. */
  String stack();

  /**
   * Returns whether the stack's name has to be typed, because the file may be of another stack or
   * of anybody.
   */
  boolean needsName();

  /**
   * Asks for parts of an archive of ours.
   *
   * @param archive the file
   * @param unlocking how to open it
   * @param stack the stack's name
   * @param parts the parts by their paths in the archive; empty for all that can be exchanged
   * @param into whether the archive may be of another stack
   * @param unknownOrigin whether an archive is taken of which it is not proven who made it
   */
  record Parts(
      Path archive,
      Unlocking unlocking,
      String stack,
      List<String> parts,
      boolean into,
      boolean unknownOrigin)
      implements LandingOrder {

    /** Makes the list immutable. */
    public Parts {
      parts = List.copyOf(parts);
    }

    @Override
    public boolean needsName() {
      return into || unknownOrigin;
    }
  }

  /**
   * Asks for a dump that Quayside did not make.
   *
   * @param archive the file
   * @param unlocking how to open it
   * @param stack the stack's name
   * @param service the service of the server there
   * @param database which of its databases the dump takes the place of
   * @param functions whether functions in it may reach further than the database
   * @param report what reading the file to its end showed
   */
  record Dump(
      Path archive,
      Unlocking unlocking,
      String stack,
      String service,
      String database,
      boolean functions,
      ForeignReport report)
      implements LandingOrder {

    @Override
    public boolean needsName() {
      return true;
    }
  }
}
