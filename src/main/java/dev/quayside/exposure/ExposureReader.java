package dev.quayside.exposure;

import dev.quayside.common.Messages;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerState;
import dev.quayside.engine.PortBinding;
import dev.quayside.engine.RuntimeFacts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tells who can reach a container by how its ports are bound; for a container on the host's
 * network, by the sockets its processes listen on. It says nothing of firewalls.
 */
public final class ExposureReader {

  private static final Comparator<PortBinding> ORDER =
      Comparator.comparingInt(PortBinding::containerPort)
          .thenComparing(PortBinding::protocol)
          .thenComparingInt(PortBinding::published)
          .thenComparing(
              PortBinding::hostAddress, Comparator.nullsFirst(Comparator.naturalOrder()));

  private static final String JOINED = "container:";

  /**
   * Label on the containers of a swarm service, whose ports the swarm itself binds on every node
   * (moby, {@code daemon/cluster/executor/container}).
   */
  private static final String SWARM = "com.docker.swarm.service.id";

  private final Messages messages = Messages.of("exposure");

  /**
   * Judges one container.
   *
   * @param container the container
   * @param others finds another container, for those that share one's network
   * @param listening what a container on the host's network listens on
   */
  public ContainerPorts read(
      Container container,
      Function<ContainerId, @Nullable Container> others,
      Function<Container, Listening> listening) {
    RuntimeFacts facts = container.facts();
    String mode = facts == null ? "" : facts.networkMode();
    if (container.state() == ContainerState.UNKNOWN) {
      return unknown("reason.state");
    }
    if (!container.live()) {
      return stopped(container);
    }
    if (mode.equals("host")) {
      return listening(listening.apply(container));
    }
    if (mode.startsWith(JOINED)) {
      return joined(
          container, others.apply(new ContainerId(mode.substring(JOINED.length()))), listening);
    }
    return mapped(container);
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
  private ContainerPorts mapped(Container container) {
    if (container.facts() == null && container.ports().isEmpty()) {
      return unknown("reason.not-inspected");
    }
    ContainerPorts own = bound(container);
    return own.exposure() != Exposure.LAN && container.labels().containsKey(SWARM)
        ? new ContainerPorts(own.ports(), Exposure.UNKNOWN, messages.get("reason.swarm"))
        : own;
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
      case Listening.Sockets(List<PortBinding> sockets) -> {
        List<PortBinding> sorted = new ArrayList<>(sockets);
        sorted.sort(ORDER);
        List<ExposedPort> ports = new ArrayList<>(sorted.size());
        Exposure widest = Exposure.INTERNAL;
        for (PortBinding socket : sorted) {
          Exposure exposure = Exposure.of(address(socket));
          widest = widest.widest(exposure);
          ports.add(new ExposedPort(socket, exposure, true));
        }
        yield new ContainerPorts(ports, widest, "");
      }
    };
  }

  private ContainerPorts joined(
      Container container, @Nullable Container host, Function<Container, Listening> listening) {
    RuntimeFacts facts = host == null ? null : host.facts();
    if (host == null || !host.live()) {
      return unknown("reason.host-gone");
    }
    if (facts != null && facts.networkMode().equals("host")) {
      return listening(listening.apply(container));
    }
    if (facts != null && facts.networkMode().startsWith(JOINED)) {
      return unknown("reason.not-inspected");
    }
    ContainerPorts theirs = mapped(host);
    return new ContainerPorts(
        bound(container).ports(),
        theirs.exposure(),
        theirs.exposure() == Exposure.UNKNOWN
            ? theirs.reason()
            : messages.get("reason.shares", host.name()));
  }
}
