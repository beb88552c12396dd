package dev.quayside.stack.layer;

import java.util.List;
import java.util.Set;

/**
 * Tells what lies in the writable layer of one container and is not expendable.
 *
 * @param unknown paths that nobody knows and that would be lost, in their order
 * @param kept paths that the catalogue wants carried over
 * @param folders folders above {@code kept} that the image does not have
 */
public record LayerFindings(List<String> unknown, Set<String> kept, Set<String> folders) {

  /** Makes the collections immutable. */
  public LayerFindings {
    unknown = List.copyOf(unknown);
    kept = Set.copyOf(kept);
    folders = Set.copyOf(folders);
  }
}
