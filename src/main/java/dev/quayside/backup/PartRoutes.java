package dev.quayside.backup;

import dev.quayside.backup.tar.RawPath;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells for each entry of an archive whether its part was chosen, and where it is written then. */
final class PartRoutes {

  private final Map<RawPath, Path> places = new HashMap<>();
  private final Set<RawPath> sent;

  /**
   * Takes the place of each chosen part, by the part's path in the archive, and the parts that go
   * somewhere else.
   */
  PartRoutes(Map<String, Path> chosen, Set<RawPath> sent) {
    chosen.forEach((part, place) -> places.put(RawPath.of(part), place));
    this.sent = Set.copyOf(sent);
  }

  /** Returns the chosen part that {@code path} is or lies in; null if there is none. */
  @Nullable RawPath part(RawPath path) {
    for (RawPath at = path; at.length() > 0; at = at.parent()) {
      if (places.containsKey(at) || sent.contains(at)) {
        return at;
      }
    }
    return null;
  }

  /** Returns where {@code path}, which lies in a chosen part, is written. */
  Path place(RawPath path) {
    RawPath part = part(path);
    Path place = part == null ? null : places.get(part);
    if (part == null || place == null) {
      throw new IllegalStateException("not chosen: " + path);
    }
    if (path.equals(part)) {
      return place;
    }
    byte[] bytes = path.bytes();
    return RawPaths.resolve(
        place, RawPath.of(Arrays.copyOfRange(bytes, part.length() + 1, bytes.length)));
  }
}
