package dev.quayside.engine.socket;

import dev.quayside.engine.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Guesses, before any container is known to run, whether an engine shares our kernel. */
final class LocalKernel {

  /**
   * Holds a guess.
   *
   * @param local whether the engine seems to share our kernel
   * @param evidence why
   */
  record Guess(boolean local, String evidence) {}

  private LocalKernel() {}

  /**
   * Compares host name and kernel release. Virtual machines of Docker Desktop differ in both. A
   * container's process in {@code /proc} is better evidence; the registry looks for it as soon as
   * one runs.
   */
  static Guess guess(Endpoint endpoint, String engineName, String engineKernel, Path proc) {
    if (!(endpoint instanceof Endpoint.Unix)) {
      return new Guess(false, "reached over the network");
    }
    String name = read(proc.resolve("sys/kernel/hostname"));
    String kernel = read(proc.resolve("sys/kernel/osrelease"));
    boolean same = !kernel.isEmpty() && kernel.equals(engineKernel) && name.equals(engineName);
    return new Guess(
        same,
        same
            ? "same host name and kernel release; no container has been looked at yet"
            : "another host name or kernel release: " + engineName + ", " + engineKernel);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      return "";
    }
  }
}
