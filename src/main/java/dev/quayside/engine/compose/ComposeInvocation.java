package dev.quayside.engine.compose;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/**
 * Says how a stack's containers are made: the same project name, files, env files and profiles each
 * time.
 *
 * @param project name of the Compose project; empty to let Compose find it
 * @param directory project directory, absolute
 * @param files Compose files in order; empty for the directory's default file
 * @param envFiles env files in order; empty for the directory's {@code .env}
 * @param profiles active profiles
 */
public record ComposeInvocation(
    String project, Path directory, List<Path> files, List<Path> envFiles, List<String> profiles) {

  /** Makes the lists immutable. */
  public ComposeInvocation {
    files = List.copyOf(files);
    envFiles = List.copyOf(envFiles);
    profiles = List.copyOf(profiles);
  }

  /** Returns the same with other profiles. */
  public ComposeInvocation withProfiles(Collection<String> others) {
    return new ComposeInvocation(project, directory, files, envFiles, List.copyOf(others));
  }

  /** Returns the env files that count: those named, else the directory's {@code .env}. */
  public List<Path> envFilesInUse() {
    return envFiles.isEmpty() ? List.of(directory.resolve(".env")) : envFiles;
  }
}
