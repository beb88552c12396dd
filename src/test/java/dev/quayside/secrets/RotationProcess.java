package dev.quayside.secrets;

import dev.quayside.bed.Bed;
import dev.quayside.bed.BedProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Starts rotations in processes of their own, as root or as an unprivileged user in group docker.
 */
final class RotationProcess {

  private final BedProgram program;
  private Path home;

  /**
   * Copies what a process needs to where everybody may read it.
   *
   * @param home the state of Quayside, which is made readable by the user who runs it
   */
  RotationProcess(Bed bed, Path folder, Path home) throws IOException {
    this.program = new BedProgram(bed, folder, RotationWorld.class);
    this.home = home;
  }

  /** Makes the following processes keep their state in {@code next}. */
  void useHome(Path next, boolean forUser) throws IOException {
    Files.createDirectories(next);
    if (forUser) {
      LitellmStack.giveAway(next);
    }
    home = next;
  }

  Path home() {
    return home;
  }

  /** Starts {@code rotate} or {@code recover}. */
  Process start(boolean root, @Nullable String halt, String... words) throws IOException {
    String[] all =
        Stream.concat(Stream.of(home.toString()), Stream.of(words)).toArray(String[]::new);
    return program.start(root, halt, all);
  }

  int rotate(boolean root, @Nullable String halt) throws Exception {
    return start(root, halt, "rotate", LitellmStack.PROJECT, LitellmStack.KEY).waitFor();
  }

  int recover(boolean root, @Nullable String halt) throws Exception {
    return start(root, halt, "recover").waitFor();
  }
}
