package dev.quayside.stack.settings;

import dev.quayside.catalogue.EnvReader;
import dev.quayside.stack.Stack;
import java.nio.file.Path;
import java.util.Set;

/**
 * Names one environment file of a stack.
 *
 * @param stack whose it is
 * @param file where it is, with links resolved
 * @param name relative to the folder of the stack where it lies below it, for people
 * @param role what it is to the stack
 * @param readers who reads it
 */
public record EnvTarget(Stack stack, Path file, String name, Role role, Set<EnvReader> readers) {

  /** Names what a file is to its stack. */
  public enum Role {
    /** Compose takes the values of variables from it. */
    ACTIVE,
    /** Its whole content becomes the environment of services. */
    OF_SERVICES,
    /** The catalogue knows it. */
    KNOWN,
    /** It can be switched to. */
    SET
  }

  /** Makes the set immutable. */
  public EnvTarget {
    readers = Set.copyOf(readers);
  }
}
