package dev.quayside.stack.adopt;

import java.nio.file.Path;
import java.util.List;

/**
 * Holds what the operator said about a stack himself; it goes before what its folder tells.
 *
 * @param name what to call it; empty for its Compose project
 * @param project Compose project; empty to let Compose find it
 * @param files Compose files in order; empty for those its folder tells
 * @param envFiles env files in order; empty for those its folder tells
 * @param profiles that are to be on
 */
public record Wishes(
    String name, String project, List<Path> files, List<Path> envFiles, List<String> profiles) {

  /** The wishes of somebody who has none. */
  public static final Wishes NONE = new Wishes("", "", List.of(), List.of(), List.of());

  /** Returns the wish to call the stack {@code name}; empty for its Compose project. */
  public static Wishes named(String name) {
    return new Wishes(name, "", List.of(), List.of(), List.of());
  }

  /** Makes the lists immutable. */
  public Wishes {
    files = List.copyOf(files);
    envFiles = List.copyOf(envFiles);
    profiles = List.copyOf(profiles);
  }
}
