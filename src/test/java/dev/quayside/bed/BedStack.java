package dev.quayside.bed;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A Compose stack on the bed's engine; closing it removes its containers, networks and volumes. */
public final class BedStack implements AutoCloseable {

  private final Bed bed;
  private final Path directory;
  private final List<String> arguments;
  private final @Nullable String fixture;
  private final Path folder;

  BedStack(Bed bed, Path directory, List<String> arguments, @Nullable String fixture, Path folder) {
    this.bed = bed;
    this.directory = directory;
    this.arguments = List.copyOf(arguments);
    this.fixture = fixture;
    this.folder = folder;
  }

  /** Returns the folder Compose is run in. */
  public Path directory() {
    return directory;
  }

  /**
   * Returns the words between {@code docker compose} and its verb: files, env files, profiles,
   * project name.
   */
  public List<String> arguments() {
    return arguments;
  }

  /** Starts the stack the way its owner does and returns when Compose is done. */
  public BedStack up() throws IOException, InterruptedException {
    if (fixture == null) {
      compose("up", "-d");
    } else {
      bed.script("compose", fixture, folder.toString(), "up", "-d");
    }
    return this;
  }

  /** Runs another verb of Compose with the stack's own invocation; a failure fails the test. */
  public String compose(String... verb) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("docker", "compose"));
    command.addAll(arguments);
    command.addAll(List.of(verb));
    return bed.command(directory, command);
  }

  /** Returns the names of the project's containers, whatever their state, sorted. */
  public List<String> containers() throws IOException, InterruptedException {
    return compose("ps", "-a", "--format", "{{.Name}}")
        .lines()
        .filter(name -> !name.isBlank())
        .sorted()
        .toList();
  }

  /** Removes containers, running or not, all at once. */
  private void remove(List<String> containers) throws IOException, InterruptedException {
    if (!containers.isEmpty()) {
      var command = new ArrayList<>(List.of("rm", "-f", "-v"));
      command.addAll(containers);
      bed.docker(command.toArray(String[]::new));
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    // Containers created behind a profile that is not named do not belong to `down`, so they go
    // first.
    var created =
        bed.docker(
            "ps",
            "-aq",
            "--filter",
            "label=com.docker.compose.project.working_dir=" + projectFolder());
    remove(created.lines().toList());
    compose("down", "-v", "-t", "1", "--remove-orphans");
  }

  // Compose takes the folder of the first file, which need not be the one it is run in.
  private Path projectFolder() {
    int file = arguments.indexOf("-f");
    var first = directory.resolve(arguments.get(file + 1)).normalize();
    return Objects.requireNonNull(first.getParent());
  }
}
