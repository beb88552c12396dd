package dev.quayside.backup;

import dev.quayside.common.Messages;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerInspection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Collects through which containers a volume or folder can be seen, and chooses the one that shows
 * most of it: another mount may lie over a part of it in one container and not in the next.
 */
final class Sightings {

  private static final Messages MESSAGES = Messages.of("backup");

  private final Map<String, List<Sighting>> all = new TreeMap<>();

  /**
   * Tells how one container shows a place.
   *
   * @param place the place, seen through it
   * @param hidden what of it lies below another mount there
   */
  private record Sighting(BackupScope.Mounted place, Set<String> hidden) {

    /** Returns whether neither {@code path} nor anything in it is hidden. */
    boolean shows(String path) {
      return !hides(path) && hidden.stream().noneMatch(each -> each.startsWith(path + "/"));
    }

    boolean hides(String path) {
      return hidden.stream().anyMatch(each -> path.equals(each) || path.startsWith(each + "/"));
    }
  }

  /** Notes that {@code container} has {@code mount}, a volume or a folder. */
  void add(
      ContainerInspection.Mount mount,
      String source,
      ContainerId container,
      ContainerInspection inspection) {
    List<Sighting> sightings = all.computeIfAbsent(source, _ -> new ArrayList<>());
    if (!mount.subpath().isEmpty()) {
      return; // It shows a part as if it were all.
    }
    boolean volume = mount.type().equals("volume");
    List<String> nested = new ArrayList<>();
    Set<String> hidden = new LinkedHashSet<>();
    for (ContainerInspection.Mount other : inspection.mounts()) {
      if (other.target().startsWith(mount.target() + "/")) {
        String path = other.target().substring(mount.target().length() + 1);
        if (!itself(mount, other, path)) {
          nested.add(other.target());
          hidden.add(path);
        }
      }
    }
    String label = volume ? source : BackupScope.label(Path.of(source));
    sightings.add(
        new Sighting(
            new BackupScope.Mounted(label, volume, source, container, mount.target(), nested),
            hidden));
  }

  /** A folder inside of another one that is mounted once more at its own place hides nothing. */
  private static boolean itself(
      ContainerInspection.Mount outer, ContainerInspection.Mount inner, String path) {
    return outer.type().equals("bind")
        && inner.type().equals("bind")
        && Places.real(outer.source() + "/" + path).equals(Places.real(inner.source()));
  }

  /** Returns each place that can be seen as a whole, through the container that shows most. */
  List<BackupScope.Mounted> best() {
    return all.values().stream()
        .filter(one -> !one.isEmpty())
        .map(one -> best(one).place())
        .toList();
  }

  /**
   * Returns whether {@code folder} lies in a folder that is saved as it is seen here, and all of it
   * is seen there.
   */
  boolean shows(Path folder) {
    String real = Places.real(folder.toString());
    return all.entrySet().stream()
        .filter(one -> !one.getValue().isEmpty() && one.getKey().startsWith("/"))
        .anyMatch(one -> {
          String outer = Places.real(one.getKey());
          return Path.of(real).startsWith(outer)
              && !real.equals(outer)
              && best(one.getValue()).shows(Path.of(outer).relativize(Path.of(real)).toString());
        });
  }

  private static Sighting best(List<Sighting> sightings) {
    return sightings.stream()
        .min(
            Comparator.<Sighting>comparingInt(one -> lost(one, sightings).size())
                .thenComparingInt(one -> one.hidden().size()))
        .orElseThrow();
  }

  /** Returns what {@code one} hides and another container shows. */
  private static List<String> lost(Sighting one, List<Sighting> sightings) {
    return one.hidden().stream()
        .filter(path -> !sightings.stream().allMatch(other -> other.hides(path)))
        .toList();
  }

  /** Returns what is in use and not to be seen through the chosen containers. */
  List<BackupScope.LeftOut> missing() {
    List<BackupScope.LeftOut> missing = new ArrayList<>();
    all.forEach((source, sightings) -> {
      if (sightings.isEmpty()) {
        missing.add(new BackupScope.LeftOut(source, MESSAGES.get("missing.subpath")));
        return;
      }
      Sighting best = best(sightings);
      lost(best, sightings)
          .forEach(path ->
              missing.add(
                  new BackupScope.LeftOut(source + "/" + path, MESSAGES.get("missing.hidden"))));
    });
    return missing;
  }

  /** Returns what no container shows, so that none uses it. */
  List<BackupScope.LeftOut> hidden() {
    List<BackupScope.LeftOut> hidden = new ArrayList<>();
    all.forEach((source, sightings) -> {
      if (!sightings.isEmpty()) {
        Sighting best = best(sightings);
        best.hidden().stream()
            .filter(path -> !lost(best, sightings).contains(path))
            .forEach(path ->
                hidden.add(
                    new BackupScope.LeftOut(source + "/" + path, MESSAGES.get("left.hidden"))));
      }
    });
    return hidden;
  }
}
