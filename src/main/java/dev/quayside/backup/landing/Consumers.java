package dev.quayside.backup.landing;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Tells of one running container what it uses.
 *
 * @param stack name of its stack, empty for none of ours
 * @param service its service, or its name
 * @param binds folders and files of the host that it has mounted
 * @param volumes names of volumes that it has mounted
 * @param image digest of its image
 * @param networks networks it is attached to, or those of whom it joins
 * @param joins the service of the same stack whose network it lives in; empty for none
 */
record Consumers(
    String stack,
    String service,
    List<Path> binds,
    Set<String> volumes,
    String image,
    Set<String> networks,
    String joins) {

  Consumers {
    binds = List.copyOf(binds);
    volumes = Set.copyOf(volumes);
    networks = Set.copyOf(networks);
  }

  /** Returns whether it has one of the folders mounted, or something inside one. */
  boolean holds(Collection<Path> folders) {
    return binds.stream().anyMatch(bind -> folders.stream().anyMatch(bind::startsWith));
  }

  /** Returns whether it has the volume, or the folder, called {@code source} mounted. */
  boolean sees(String source) {
    return source.startsWith("/") ? reaches(List.of(Path.of(source))) : volumes.contains(source);
  }

  /** Returns whether it can reach one of the folders through its mounts. */
  boolean reaches(Collection<Path> folders) {
    return holds(folders)
        || binds.stream()
            .anyMatch(bind -> folders.stream().anyMatch(folder -> folder.startsWith(bind)));
  }

  /**
   * Returns whether {@code source} may not change places while it runs: what only looks at a whole
   * disk of ours, and is no part of {@code stack}, is none of its users.
   */
  boolean blocks(String stack, String source) {
    boolean ours = this.stack.equals(stack);
    boolean whole = ours || !source.startsWith("/");
    return whole ? sees(source) : holds(List.of(Path.of(source)));
  }

  /** Returns whether it is on a network with {@code other}. */
  boolean meets(Consumers other) {
    return networks.stream().anyMatch(other.networks()::contains);
  }
}
