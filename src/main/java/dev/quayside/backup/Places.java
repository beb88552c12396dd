package dev.quayside.backup;

import dev.quayside.common.ProblemException;
import dev.quayside.engine.Engine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Compares what containers have mounted by where it really is: one folder has several paths as soon
 * as there are symbolic links, and the files of a volume lie in a folder of the host, which another
 * container may have mounted as one.
 */
public final class Places {

  private final Map<String, Set<String>> volumes = new TreeMap<>();

  /**
   * Compares with what is known of volumes.
   *
   * @param folders the folders of the host that the files of each volume can be reached by
   */
  public Places(Map<String, Set<String>> folders) {
    folders.forEach((volume, paths) -> volumes.put(volume, real(paths)));
  }

  /** Compares with all volumes of {@code engine}, which is asked once. */
  public static Places of(Engine engine) throws ProblemException {
    return new Places(engine.volumeFolders());
  }

  private static Set<String> real(Set<String> paths) {
    return paths.stream().map(Places::real).collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Names something by which a place is known.
   *
   * @param place real path on the host, or name of a volume
   * @param kept whether the engine keeps a volume there, beside all others: who has the folder of
   *     all of them mounted looks after the engine, and is no user of each
   */
  record Spot(String place, boolean kept) {

    boolean shares(Spot other) {
      return place.equals(other.place)
          || (!kept && lies(place, other.place))
          || (!other.kept && lies(other.place, place));
    }
  }

  /** Returns all by which one place is known: the name of a volume and the real paths of both. */
  Set<Spot> known(String source) {
    Set<Spot> known = new HashSet<>();
    known.add(new Spot(real(source), false));
    for (String path : volumes.getOrDefault(source, Set.of())) {
      known.add(new Spot(path, path.endsWith("/" + source + "/_data")));
    }
    return known;
  }

  /** Returns whether two places, by all that is {@linkplain #known known} of them, share files. */
  static boolean share(Set<Spot> one, Set<Spot> other) {
    return one.stream().anyMatch(each -> other.stream().anyMatch(each::shares));
  }

  /** Returns the folders of the host in which the files of {@code volume} lie. */
  public Set<Path> folders(String volume) {
    return volumes.getOrDefault(volume, Set.of()).stream()
        .map(Path::of)
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Returns the volumes around {@code folder}, and with {@code inside} those that lie in it, too.
   */
  public Set<String> volumes(Path folder, boolean inside) {
    Path real = Path.of(real(folder.toString()));
    return volumes.entrySet().stream()
        .filter(volume ->
            volume.getValue().stream()
                .map(Path::of)
                .anyMatch(place -> real.startsWith(place) || (inside && place.startsWith(real))))
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Returns the real path of a folder or file, as far as it is there; a volume's name as it is. */
  static String real(String source) {
    return source.startsWith("/") ? real(Path.of(source).normalize()).toString() : source;
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException absent) {
      // Or hidden from us; what is above it need not be.
      Path parent = path.getParent();
      Path name = path.getFileName();
      return parent == null || name == null ? path : real(parent).resolve(name);
    }
  }

  /**
   * Returns whether one place is another or lies in it, wherever symbolic links lead and whatever
   * volumes are made of. Reads the disk.
   *
   * @param inner path of the host, or name of a volume
   * @param outer path of the host, or name of a volume
   */
  public boolean within(String inner, String outer) {
    Set<Spot> around = known(outer);
    return known(inner).stream()
        .anyMatch(one -> around.stream().anyMatch(other -> lies(one.place(), other.place())));
  }

  private static boolean lies(String inner, String outer) {
    return inner.equals(outer)
        || (inner.startsWith("/") && outer.startsWith("/") && Path.of(inner).startsWith(outer));
  }
}
