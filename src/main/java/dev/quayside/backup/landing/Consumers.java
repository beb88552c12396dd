package dev.quayside.backup.landing;

import dev.quayside.backup.Places;
import dev.quayside.engine.ContainerInspection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Tells of one running container what it uses.
 *
 * @param stack name of its stack, empty for none of ours
 * @param service its service, or its name
 * @param binds folders and files of the host that it has mounted
 * @param volumes names of volumes that it has mounted
 * @param image digest of its image
 * @param networks networks it is attached to, or those of whom it joins
 * @param joins services of the same stack whose network, or among whose processes, it lives
 */
record Consumers(
    String stack,
    String service,
    List<Path> binds,
    Set<String> volumes,
    String image,
    Set<String> networks,
    Set<String> joins) {

  Consumers {
    binds = List.copyOf(binds);
    volumes = Set.copyOf(volumes);
    networks = Set.copyOf(networks);
    joins = Set.copyOf(joins);
  }

  /** Returns the folders and files that a container has mounted: a volume is also a folder. */
  static List<Path> binds(ContainerInspection seen, Places places) {
    return seen.mounts().stream()
        .flatMap(mount ->
            switch (mount.type()) {
              case "bind" -> named(Path.of(mount.source()).normalize());
              case "volume" -> places.folders(mount.source()).stream();
              default -> Stream.of();
            })
        .toList();
  }

  /** A folder that was mounted by a link is the same folder by its own name. */
  private static Stream<Path> named(Path source) {
    try {
      return Stream.of(source, source.toRealPath()).distinct();
    } catch (IOException notHere) {
      return Stream.of(source); // of another machine, or gone
    }
  }

  /**
   * Returns the volumes that a container has mounted, under whatever name or as a folder. Who is
   * none of ours and only looks at a whole disk uses none of the volumes on it.
   */
  static Set<String> volumes(ContainerInspection seen, Places places, boolean ours) {
    Set<String> volumes = new TreeSet<>();
    for (ContainerInspection.Mount mount : seen.mounts()) {
      if (mount.type().equals("volume")) {
        volumes.add(mount.source());
      }
    }
    binds(seen, places).forEach(one -> volumes.addAll(places.volumes(one, ours)));
    return volumes;
  }

  /** Returns whether it has one of the folders mounted, or something inside one. */
  boolean holds(Collection<Path> folders) {
    return holdsNamed(named(folders));
  }

  private boolean holdsNamed(List<Path> folders) {
    return binds.stream().anyMatch(bind -> folders.stream().anyMatch(bind::startsWith));
  }

  private static List<Path> named(Collection<Path> folders) {
    return folders.stream().flatMap(Consumers::named).toList();
  }

  /** Returns whether it has the volume, or the folder, called {@code source} mounted. */
  boolean sees(String source) {
    return source.startsWith("/") ? reaches(List.of(Path.of(source))) : volumes.contains(source);
  }

  /** Returns whether it can reach one of the folders through its mounts. */
  boolean reaches(Collection<Path> folders) {
    List<Path> named = named(folders);
    return holdsNamed(named)
        || binds.stream()
            .anyMatch(bind -> named.stream().anyMatch(folder -> folder.startsWith(bind)));
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

  /** Returns whether it ends, or is cut off, with one of {@code services}. */
  boolean livesIn(Collection<String> services) {
    return joins.stream().anyMatch(services::contains);
  }

  /** Returns whether it is on a network with {@code other}. */
  boolean meets(Consumers other) {
    return networks.stream().anyMatch(other.networks()::contains);
  }
}
