package dev.quayside.backup.landing;

import dev.quayside.backup.Places;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Tells what lies around the places that a restore exchanges.
 *
 * @param places what is known of the engine's volumes
 * @param spared archives and folders that no restore may take along
 * @param served volumes and folders in which database servers keep their own files
 */
record Surroundings(Places places, List<Path> spared, List<String> served) {

  /** Knows of nothing. */
  static final Surroundings NONE = new Surroundings(new Places(Map.of()), List.of(), List.of());

  Surroundings {
    spared = List.copyOf(spared);
    served = List.copyOf(served);
  }
}
