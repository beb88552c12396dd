package dev.quayside.backup;

import dev.quayside.backup.tar.RawPath;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks a folder in the order of its names' bytes, never through a symbolic link, holding one
 * listing per level.
 */
final class FolderWalk {

  /** Receives what is found; folders before what is in them. */
  interface Visitor {
    /** Takes a file, a folder or a link below the walked folder. */
    void found(Path path, RawPath relative, FileFacts facts) throws IOException;

    /** Takes what the system would not let us look at. */
    void unreadable(Path path, IOException why) throws IOException;
  }

  private record Found(Path path, RawPath relative) {}

  private FolderWalk() {}

  /**
   * Walks {@code root}, which itself is not visited.
   *
   * @throws IOException if {@code root} cannot be listed, or the visitor throws
   */
  static void walk(Path root, Visitor visitor) throws IOException {
    Deque<Found> waiting = new ArrayDeque<>();
    push(waiting, list(root, null));
    while (!waiting.isEmpty()) {
      Found next = waiting.pop();
      FileFacts facts;
      try {
        facts = FileFacts.of(next.path());
      } catch (IOException e) {
        visitor.unreadable(next.path(), e);
        continue;
      }
      visitor.found(next.path(), next.relative(), facts);
      if (facts.kind() == FileFacts.Kind.FOLDER) {
        try {
          push(waiting, list(next.path(), next.relative()));
        } catch (IOException e) {
          visitor.unreadable(next.path(), e);
        }
      }
    }
  }

  private static void push(Deque<Found> waiting, List<Found> found) {
    found.reversed().forEach(waiting::push);
  }

  private static List<Found> list(Path folder, @Nullable RawPath relative) throws IOException {
    List<Found> found = new ArrayList<>();
    try (DirectoryStream<Path> names = Files.newDirectoryStream(folder)) {
      for (Path path : names) {
        RawPath name = RawPaths.of(path.getFileName());
        found.add(new Found(path, relative == null ? name : relative.child(name)));
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    found.sort(Comparator.comparing(Found::relative));
    return found;
  }
}
