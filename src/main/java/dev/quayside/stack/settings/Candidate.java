package dev.quayside.stack.settings;

import dev.quayside.common.AtomicFiles;
import dev.quayside.common.Home;
import dev.quayside.common.ProcessIdentity;
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
 * mode 0600 in our state folder, overwritten and deleted when closed. What a kill left is destroyed
 * when the next one is made, and at the next start.
 */
final class Candidate implements AutoCloseable {

  private final Path file;

  private Candidate(Path file) {
    this.file = file;
  }

  static Candidate of(Home home, byte[] content) throws IOException {
    Path folder = folder(home);
    AtomicFiles.createFolder(folder);
    clear(home);
    String name = ProcessIdentity.own().asPrefix() + UUID.randomUUID();
    Candidate candidate = new Candidate(folder.resolve(name));
    AtomicFiles.create(candidate.file, content);
    return candidate;
  }

  private static Path folder(Home home) {
    return home.state().resolve("env-candidates");
  }

  /** Returns whether anything lies there; cheap. */
  static boolean anyLeft(Home home) {
    String[] names = folder(home).toFile().list();
    return names != null && names.length > 0;
  }

  /** Destroys what killed processes left. */
  static void clear(Home home) throws IOException {
    if (!Files.isDirectory(folder(home))) {
      return;
    }
    try (Stream<Path> all = Files.list(folder(home))) {
      for (Path left : all.toList()) {
        ProcessIdentity maker = ProcessIdentity.ofPrefix(String.valueOf(left.getFileName()));
        if (maker == null || !maker.alive()) {
          AtomicFiles.destroy(left);
        }
      }
    }
  }

  /** Returns whether {@code invocation} reads {@code real}, so that a candidate makes sense. */
  static boolean concerns(ComposeInvocation invocation, Path real) throws IOException {
    for (Path path : invocation.envFilesInUse()) {
      if (EnvFiles.real(path).equals(real)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns {@code invocation} with this in the place of {@code real}; null where it has no such.
   */
  @org.jspecify.annotations.Nullable
  ComposeInvocation in(ComposeInvocation invocation, Path real) throws IOException {
    List<Path> files = new ArrayList<>();
    boolean found = false;
    for (Path path : invocation.envFilesInUse()) {
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
