package dev.quayside.stack.settings;

import dev.quayside.common.AtomicFiles;
import dev.quayside.common.Home;
import dev.quayside.engine.compose.ComposeInvocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Lays a content that is not saved yet where Compose can read it in the place of the real file:
 * mode 0600 in our state folder, overwritten and deleted when closed.
 */
final class Candidate implements AutoCloseable {

  private final Path file;

  private Candidate(Path file) {
    this.file = file;
  }

  static Candidate of(Home home, byte[] content) throws IOException {
    Path folder = folder(home);
    AtomicFiles.createFolder(folder);
    String name = ProcessHandle.current().pid() + "-" + UUID.randomUUID();
    Candidate candidate = new Candidate(folder.resolve(name));
    AtomicFiles.create(candidate.file, content);
    return candidate;
  }

  private static Path folder(Home home) {
    return home.state().resolve("env-candidates");
  }

  /** Destroys what killed processes left. */
  static void clear(Home home) throws IOException {
    if (!Files.isDirectory(folder(home))) {
      return;
    }
    try (Stream<Path> all = Files.list(folder(home))) {
      for (Path left : all.toList()) {
        String name = String.valueOf(left.getFileName());
        String pid = name.substring(0, Math.max(0, name.indexOf('-')));
        if (!pid.matches("[0-9]{1,9}") || ProcessHandle.of(Long.parseLong(pid)).isEmpty()) {
          AtomicFiles.destroy(left);
        }
      }
    }
  }

  /**
   * Returns {@code invocation} with this in the place of {@code real}; null where it has no such.
   */
  @org.jspecify.annotations.Nullable
  ComposeInvocation in(ComposeInvocation invocation, Path real) throws IOException {
    List<Path> files = new ArrayList<>();
    boolean found = false;
    List<Path> present =
        invocation.envFiles().isEmpty()
            ? List.of(invocation.directory().resolve(".env"))
            : invocation.envFiles();
    for (Path path : present) {
      boolean same = EnvFiles.real(path).equals(real);
      files.add(same ? file : path);
      found |= same;
    }
    return found
        ? new ComposeInvocation(
            invocation.project(),
            invocation.directory(),
            invocation.files(),
            files,
            invocation.profiles())
        : null;
  }

  @Override
  public void close() throws IOException {
    AtomicFiles.destroy(file);
  }
}
