package dev.quayside.exposure;

import dev.quayside.common.Messages;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerState;
import dev.quayside.engine.Network;
import dev.quayside.engine.PortBinding;
import dev.quayside.engine.RuntimeFacts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tells who can reach a container by how its ports are bound, if its networks leave that to the
 * binds; for a container on the host's network, by the sockets its processes listen on. Datagram
 * sockets on ports that the kernel chose may be clients' or servers', so they leave it unknown. It
 * says nothing of firewalls.
 */
public final class ExposureReader {

  private static final Comparator<PortBinding> ORDER =
      Comparator.comparingInt(PortBinding::containerPort)
          .thenComparing(PortBinding::protocol)
          .thenComparingInt(PortBinding::published)
          .thenComparing(
              PortBinding::hostAddress, Comparator.nullsFirst(Comparator.naturalOrder()));

  /**
   * Label on the containers of a swarm service, whose ports the swarm itself binds on every node
   * (moby, {@code daemon/cluster/executor/container}).
   */
  private static final String SWARM = "com.docker.swarm.service.id";

  private final Messages messages = Messages.of("exposure");
  private final NetworkReach reach = new NetworkReach(messages);

  /**
   * Holds what else is asked to judge a container.
   *
   * @param others finds another container, for those that share one's network
   * @param networks finds a network by its name; null for one that is not known
   * @param listening what a container listens on
   */
  public record Surroundings(
      Function<ContainerId, @Nullable Container> others,
      Function<String, @Nullable Network> networks,
      Function<Container, Listening> listening) {}

  /** Returns the networks by name; those that share one are not in it. */
  public static Map<String, Network> byName(List<Network> networks) {
    return NetworkReach.byName(networks);
  }

  /** Judges one container. */
  public ContainerPorts read(Container container, Surroundings around) {
    if (container.state() == ContainerState.UNKNOWN) {
      return unknown("reason.state");
    }
    if (!container.live()) {
      return stopped(container);
    }
    if (container.onHostNetwork()) {
      return listening(around.listening().apply(container));
    }
    Optional<ContainerId> owner = container.networkOwner();
    return owner.isPresent()
        ? joined(container, around.others().apply(owner.get()), around)
        : mapped(container, around);
  }

  // Keeps the ports that are known, which nobody can reach before it runs.
  private static ContainerPorts stopped(Container container) {
    List<ExposedPort> ports =
        container.ports().stream()
            .sorted(ORDER)
            .map(binding -> new ExposedPort(binding, Exposure.NONE, false))
            .toList();
    return new ContainerPorts(ports, Exposure.NONE, "");
  }

  // Judges a container that has a network of its own, as far as is known.
  private ContainerPorts mapped(Container container, Surroundings around) {
    if (container.facts() == null && container.ports().isEmpty()) {
      return unknown("reason.not-inspected");
    }
    ContainerPorts own = reached(container, reach.of(container, around.networks()), around);
    return own.exposure() != Exposure.LAN && container.labels().containsKey(SWARM)
        ? new ContainerPorts(own.ports(), Exposure.UNKNOWN, messages.get("reason.swarm"))
        : own;
  }

  private ContainerPorts reached(
      Container container, NetworkReach.Judgement judgement, Surroundings around) {
    return switch (judgement.way()) {
      case AS_BOUND -> bound(container);
      case UNKNOWN -> doubted(bound(container), judgement.reason());
      case OPEN -> open(container, judgement.reason(), around.listening().apply(container));
    };
  }

  // What the binds alone open stays open; the rest may be anything.
  private static ContainerPorts doubted(ContainerPorts bound, String reason) {
    Exposure widest = bound.exposure().widest(Exposure.UNKNOWN);
    return new ContainerPorts(
        bound.ports().stream()
            .map(port ->
                new ExposedPort(port.binding(), port.exposure().widest(Exposure.UNKNOWN), false))
            .toList(),
        widest,
        widest == Exposure.UNKNOWN ? reason : "");
  }

  /**
   * Judges a container whose own address the LAN reaches: every port that it declares, and every
   * one that it is seen to listen on.
   */
  private ContainerPorts open(Container container, String reason, Listening listening) {
    List<PortBinding> bindings = new ArrayList<>(container.ports());
    RuntimeFacts facts = container.facts();
    if (facts != null) {
      facts.declared().forEach(port -> addUnbound(bindings, port));
    }
    if (listening instanceof Listening.Sockets(List<PortBinding> sockets, boolean _)) {
      // Its loopback is its own: not even this machine reaches that.
      sockets.stream()
          .filter(socket -> Exposure.of(address(socket)) == Exposure.LAN)
          .forEach(socket -> addUnbound(bindings, socket));
    }
    bindings.sort(ORDER);
    List<ExposedPort> ports =
        bindings.stream().map(each -> new ExposedPort(each, Exposure.LAN, false)).toList();
    return ports.isEmpty()
        ? new ContainerPorts(ports, Exposure.UNKNOWN, messages.get("reason.ports-unknown", reason))
        : new ContainerPorts(ports, Exposure.LAN, reason);
  }

  private static void addUnbound(List<PortBinding> bindings, PortBinding port) {
    if (bindings.stream().noneMatch(known -> samePort(known, port))) {
      bindings.add(new PortBinding(port.containerPort(), port.protocol(), null, 0));
    }
  }

  private static boolean samePort(PortBinding one, PortBinding other) {
    return one.containerPort() == other.containerPort() && one.protocol().equals(other.protocol());
  }

  private ContainerPorts unknown(String reason) {
    return new ContainerPorts(List.of(), Exposure.UNKNOWN, messages.get(reason));
  }

  private ContainerPorts bound(Container container) {
    List<PortBinding> sorted = new ArrayList<>(container.ports());
    sorted.sort(ORDER);
    List<ExposedPort> ports = new ArrayList<>(sorted.size());
    Exposure widest = Exposure.INTERNAL;
    String reason = "";
    for (PortBinding binding : sorted) {
      Exposure exposure = Exposure.of(binding.published() == 0 ? null : address(binding));
      widest = widest.widest(exposure);
      if (exposure == Exposure.UNKNOWN) {
        reason = messages.get("reason.no-literal", String.valueOf(binding.hostAddress()));
      }
      ports.add(new ExposedPort(binding, exposure, false));
    }
    return new ContainerPorts(ports, widest, widest == Exposure.UNKNOWN ? reason : "");
  }

  // A published port without an address is bound to every address.
  private static String address(PortBinding binding) {
    return binding.hostAddress() == null ? "" : binding.hostAddress();
  }

  private ContainerPorts listening(Listening found) {
    return switch (found) {
      case Listening.Hidden(String reason) ->
          new ContainerPorts(List.of(), Exposure.UNKNOWN, reason);
      case Listening.Sockets(List<PortBinding> sockets, boolean skipped) -> {
        List<PortBinding> sorted = new ArrayList<>(sockets);
        sorted.sort(ORDER);
        List<ExposedPort> ports = new ArrayList<>(sorted.size());
        Exposure widest = Exposure.INTERNAL;
        for (PortBinding socket : sorted) {
          Exposure exposure = Exposure.of(address(socket));
          widest = widest.widest(exposure);
          ports.add(new ExposedPort(socket, exposure, true));
        }
        yield skipped && widest != Exposure.LAN
            ? new ContainerPorts(ports, Exposure.UNKNOWN, messages.get("reason.datagrams"))
            : new ContainerPorts(ports, widest, "");
      }
    };
  }

  private ContainerPorts joined(
      Container container, @Nullable Container owner, Surroundings around) {
    if (owner == null || !owner.live()) {
      return unknown("reason.host-gone");
    }
    if (owner.onHostNetwork()) {
      return listening(around.listening().apply(container));
    }
    if (owner.networkOwner().isPresent()) {
      return unknown("reason.not-inspected");
    }
    ContainerPorts theirs = mapped(owner, around);
    NetworkReach.Judgement judgement = reach.of(owner, around.networks());
    ContainerPorts own = reached(container, judgement, around);
    // Ports of its own that the LAN reaches count as well: the owner may have none.
    Exposure widest = own.exposure() == Exposure.LAN ? Exposure.LAN : theirs.exposure();
    return new ContainerPorts(
        own.ports(),
        widest,
        widest == Exposure.UNKNOWN ? theirs.reason() : messages.get("reason.shares", owner.name()));
  }
}
