package dev.quayside.stack.layer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** Reckons with absolute paths inside a container. */
final class LayerPlaces {

  private LayerPlaces() {}

  /** Returns those of {@code paths} that lie in no other of them, in their order. */
  static List<String> roots(Collection<String> paths) {
    List<String> roots = new ArrayList<>();
    for (String path : new TreeSet<>(paths)) {
      // Not only the last root: "a!" sorts between "a" and "a/b".
      if (roots.stream().noneMatch(root -> below(path, root))) {
        roots.add(path);
      }
    }
    return roots;
  }

  /** Returns whether {@code path} is {@code folder} or lies in it. */
  static boolean below(String path, String folder) {
    return path.equals(folder)
        || (path.startsWith(folder)
            && (folder.endsWith("/") || path.charAt(folder.length()) == '/'));
  }

  /** Returns the folder in which {@code path} lies. */
  static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "/" : path.substring(0, slash);
  }
}
