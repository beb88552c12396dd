package dev.quayside.catalogue;

import java.util.Map;
import java.util.Set;

/**
 * Says by what a kind of stack is recognised: its running containers by their services and names,
 * its folder by the files in it. The name of the folder itself never counts.
 *
 * @param services that must all be there
 * @param without services that must not be there
 * @param containerPrefix with which the names of its containers begin; empty where they have none
 * @param files that must all be there, relative to the stack's root; one that ends in a slash is a
 *     folder
 * @param withoutFiles files that must not be there
 * @param texts that files must hold, by file
 */
public record Recognition(
    Set<String> services,
    Set<String> without,
    String containerPrefix,
    Set<String> files,
    Set<String> withoutFiles,
    Map<String, String> texts) {

  /** Makes the sets immutable. */
  public Recognition {
    services = Set.copyOf(services);
    without = Set.copyOf(without);
    files = Set.copyOf(files);
    withoutFiles = Set.copyOf(withoutFiles);
    texts = Map.copyOf(texts);
  }
}
