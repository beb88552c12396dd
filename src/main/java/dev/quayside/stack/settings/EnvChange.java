package dev.quayside.stack.settings;

import dev.quayside.catalogue.EnvReader;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Secret;
import dev.quayside.stack.env.EnvFile;
import java.util.Set;

/** Says what is to become of one setting of a file. */
public sealed interface EnvChange {

  /** Returns the setting. */
  String name();

  /** Returns the file after this change; the caller closes both. */
  EnvFile applied(EnvFile file, Set<EnvReader> readers) throws ProblemException;

  /**
   * Gives a setting a value, on a line of its own where it was not set.
   *
   * @param value which the caller keeps and wipes
   */
  record Put(String name, Secret value) implements EnvChange {
    @Override
    public EnvFile applied(EnvFile file, Set<EnvReader> readers) throws ProblemException {
      return file.count(name) == 0
          ? file.adding(name, value, readers)
          : file.with(name, value, readers);
    }
  }

  /** Takes a setting out with its line. */
  record Remove(String name) implements EnvChange {
    @Override
    public EnvFile applied(EnvFile file, Set<EnvReader> readers) throws ProblemException {
      return file.removing(name, readers);
    }
  }

  /** Takes out all lines of a setting but the last, which is the one that counts. */
  record KeepLast(String name) implements EnvChange {
    @Override
    public EnvFile applied(EnvFile file, Set<EnvReader> readers) throws ProblemException {
      return file.withoutDuplicates(name, readers);
    }
  }
}
