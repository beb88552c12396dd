package dev.quayside.backup.drill;

import dev.quayside.common.ProblemException;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Knows which files of a service hold a database, and asks the service's own tools about them. */
sealed interface FileCheck permits SqliteCheck, RedisCheck, ServerCheck {

  /** Where in a throw-away container everything of a check lies. */
  String FOLDER = "/tmp/quayside-drill";

  /** How many bytes of a file's beginning tell what it is. */
  int HEAD = 16;

  /**
   * Returns where in the container a file goes; null if it is not wanted. Asked once for each file,
   * in the archive's order. {@code trial} is told if it shows already that nothing can be told.
   *
   * @param path inside the archive
   * @param head the file's first bytes, at most {@link #HEAD}
   */
  @Nullable String place(Trial trial, String path, byte[] head);

  /** Looks at what was put in, when all of it is there, and tells {@code trial}. */
  void look(Trial trial, Inside inside) throws ProblemException, IOException;

  /** Returns where the files of {@code subject} lie in the archive. */
  static List<String> roots(DrillSubject subject) {
    return subject.parts().stream().map(part -> part.path() + "/").toList();
  }

  /** Returns {@code path} as its service sees it, below the root that holds it. */
  static String within(List<String> roots, String path) {
    return roots.stream()
        .filter(path::startsWith)
        .findFirst()
        .map(root -> path.substring(root.length()))
        .orElse(path);
  }
}
