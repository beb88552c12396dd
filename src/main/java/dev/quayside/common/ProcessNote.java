package dev.quayside.common;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Notes in a file which process an operation has started, so that a later start finds it if it
 * outlives this one.
 *
 * @param file where the note lies
 */
public record ProcessNote(Path file) {

  private static final Duration GLANCE = Duration.ofMillis(200);

  /** Writes down {@code process}. */
  public void write(ProcessIdentity process) throws IOException {
    byte[] text = (process.pid() + " " + process.startedAt()).getBytes(StandardCharsets.US_ASCII);
    AtomicFiles.replace(file, text);
  }

  /** Returns the process written down last, whether it lives or not; null where there is none. */
  public @Nullable ProcessIdentity read() throws IOException {
    try {
      String[] parts =
          new String(Files.readAllBytes(file), StandardCharsets.US_ASCII).split(" ", 2);
      return new ProcessIdentity(Long.parseLong(parts[0]), Instant.parse(parts[1]));
    } catch (NoSuchFileException none) {
      return null;
    } catch (NumberFormatException | DateTimeParseException | IndexOutOfBoundsException broken) {
      throw new IOException("the note cannot be read: " + file, broken);
    }
  }

  /**
   * Waits until the process has ended, for it would go on changing things; after {@code patience}
   * ends it with all its children.
   *
   * @return the process that lives all the same; null where none does
   */
  public @Nullable ProcessIdentity end(Duration patience) throws IOException, ProblemException {
    ProcessIdentity child = read();
    if (child == null || Waiting.until(() -> !child.alive(), patience, GLANCE)) {
      return null;
    }
    Optional<ProcessHandle> handle = ProcessHandle.of(child.pid());
    handle.ifPresent(process -> process.descendants().forEach(ProcessHandle::destroyForcibly));
    handle.ifPresent(ProcessHandle::destroyForcibly);
    return Waiting.until(() -> !child.alive(), patience, GLANCE) ? null : child;
  }
}
