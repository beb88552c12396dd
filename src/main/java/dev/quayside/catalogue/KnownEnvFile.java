package dev.quayside.catalogue;

import java.util.EnumSet;
import java.util.Set;

/**
 * Says who reads an environment file of a stack.
 *
 * @param path relative to the folder of the stack
 * @param readers that have to understand what is written into it
 * @param mountedInto service that has the single file mounted, so that a rename would leave it with
 *     the old content; empty for none
 */
public record KnownEnvFile(String path, Set<EnvReader> readers, String mountedInto) {

  /** Who reads a file that the catalogue does not know: Compose, and a shell to be safe. */
  static final Set<EnvReader> USUAL = Set.copyOf(EnumSet.of(EnvReader.COMPOSE, EnvReader.SHELL));

  /** Makes the set immutable. */
  public KnownEnvFile {
    readers = Set.copyOf(readers);
  }
}
