package dev.quayside.engine.compose;

import java.nio.file.Path;
import java.util.List;

/**
 * Says how a Compose project was made, so that the same can be asked again.
 *
 * @param project its name
 * @param directory its project directory, absolute
 * @param files its Compose files in their order, absolute
 * @param envFiles its environment files in their order, absolute; empty for the default {@code .env}
 * @param profiles profiles that were switched on
 */
public record ComposeInvocation(
    String project, Path directory, List<Path> files, List<Path> envFiles, List<String> profiles) {

  /** Makes the lists immutable. */
  public ComposeInvocation {
    files = List.copyOf(files);
    envFiles = List.copyOf(envFiles);
    profiles = List.copyOf(profiles);
  }
}
