package dev.quayside.catalogue;

import java.util.List;
import java.util.Map;

/**
 * Says what the writable layers of containers hold. Patterns are those of {@link LayerPaths}; the
 * service {@code *} stands for every service.
 *
 * @param expendable paths that may be lost when a container is made anew, by service
 * @param kept paths that have to be copied out and back, by service
 */
public record LayerRules(Map<String, List<String>> expendable, Map<String, List<String>> kept) {

  /** Makes the maps immutable. */
  public LayerRules {
    expendable = Map.copyOf(expendable);
    kept = Map.copyOf(kept);
  }

  boolean isExpendable(String service, String path) {
    return covers(expendable, service, path);
  }

  boolean isKept(String service, String path) {
    return covers(kept, service, path);
  }

  private static boolean covers(Map<String, List<String>> rules, String service, String path) {
    return new LayerPaths(rules.getOrDefault("*", List.of())).covers(path)
        || new LayerPaths(rules.getOrDefault(service, List.of())).covers(path);
  }
}
