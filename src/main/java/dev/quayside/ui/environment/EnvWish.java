package dev.quayside.ui.environment;

import dev.quayside.stack.settings.EnvChange;
import dev.quayside.stack.settings.EnvTarget;
import dev.quayside.stack.settings.EnvVersion;
import java.util.List;

/** Says what is to become of one file. Whoever made it closes it, which wipes its values. */
public sealed interface EnvWish extends AutoCloseable {

  /** Returns the file. */
  EnvTarget target();

  /** Returns the same wish with values of its own, which are wiped when the copy is closed. */
  EnvWish copy();

  @Override
  default void close() {}

  /**
   * Changes single settings.
   *
   * @param target the file
   * @param openedHash of the file as the operator saw it
   * @param changes in order; their values belong to this wish
   */
  record Edits(EnvTarget target, String openedHash, List<EnvChange> changes) implements EnvWish {

    /** Makes the list immutable. */
    public Edits {
      changes = List.copyOf(changes);
    }

    @Override
    public Edits copy() {
      return new Edits(target, openedHash, changes.stream().map(Edits::copy).toList());
    }

    private static EnvChange copy(EnvChange change) {
      return change instanceof EnvChange.Put put
          ? new EnvChange.Put(put.name(), put.value().copy())
          : change;
    }

    @Override
    public void close() {
      for (EnvChange change : changes) {
        if (change instanceof EnvChange.Put put) {
          put.value().close();
        }
      }
    }
  }

  /**
   * Gives the file the content of an older version.
   *
   * @param target the file
   * @param version which
   */
  record Restore(EnvTarget target, EnvVersion version) implements EnvWish {
    @Override
    public Restore copy() {
      return this;
    }
  }

  /**
   * Gives the active file the content of a set.
   *
   * @param target the active file
   * @param set the name of the set
   */
  record Switch(EnvTarget target, String set) implements EnvWish {
    @Override
    public Switch copy() {
      return this;
    }
  }
}
