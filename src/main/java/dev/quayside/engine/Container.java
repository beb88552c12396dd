package dev.quayside.engine;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Describes a container as the live model knows it.
 *
 * @param id its identity; a recreated container has another
 * @param name without the leading slash; foreign text that may hold any character
 * @param image the reference it was created from, for example {@code postgres:15}
 * @param imageId digest of the image it really runs
 * @param state as last seen
 * @param health as last seen
 * @param created when it was created; null where the engine does not say
 * @param ports all exposed and published ports, IPv4 and IPv6 apart
 * @param labels Compose's and others'
 * @param networks names of the networks it is attached to
 * @param facts what an inspection told; null until one has answered
 */
public record Container(
    ContainerId id,
    String name,
    String image,
    String imageId,
    ContainerState state,
    Health health,
    @Nullable Instant created,
    List<PortBinding> ports,
    Map<String, String> labels,
    List<String> networks,
    @Nullable RuntimeFacts facts) {

  /**
   * Label by which Compose marks its project (Compose specification, {@code
   * com.docker.compose.project}).
   */
  public static final String PROJECT = "com.docker.compose.project";

  /**
   * How the engine names the network of a container that has none of its own (Engine API, {@code
   * HostConfig.NetworkMode}).
   */
  private static final String JOINED = "container:";

  /** Length of the identities that engines print. */
  private static final int SHORT = 12;

  /** Label by which Compose marks the service. */
  public static final String SERVICE = "com.docker.compose.service";

  /** Makes the lists immutable. */
  public Container {
    Objects.requireNonNull(id);
    ports = List.copyOf(ports);
    labels = Map.copyOf(labels);
    networks = List.copyOf(networks);
  }

  /** Returns the Compose project, or null for a container that Compose did not make. */
  public @Nullable String project() {
    return labels.get(PROJECT);
  }

  /** Returns the Compose service, or the container's name where Compose did not make it. */
  public String service() {
    return labels.getOrDefault(SERVICE, name);
  }

  /** Returns whether it has processes: running, paused or restarting. */
  public boolean live() {
    return state.live();
  }

  /**
   * Returns whose network it lives in; empty for one of its own, for the host's, and until an
   * inspection has answered.
   */
  public Optional<ContainerId> networkOwner() {
    return facts != null && facts.networkMode().startsWith(JOINED)
        ? Optional.of(new ContainerId(facts.networkMode().substring(JOINED.length())))
        : Optional.empty();
  }

  /**
   * Returns whether {@code told} means this container: engines keep its name, or the begin of its
   * identity, where whoever joined it was made with that.
   */
  public boolean meantBy(ContainerId told) {
    return id.equals(told)
        || name.equals(told.value())
        || (told.value().length() >= SHORT && id.value().startsWith(told.value()));
  }

  /** Returns whether it lives in the host's network; false until an inspection has answered. */
  public boolean onHostNetwork() {
    return facts != null && facts.networkMode().equals("host");
  }
}
