package dev.quayside.exposure;

import dev.quayside.common.Messages;
import dev.quayside.engine.Container;
import dev.quayside.engine.PortBinding;
import dev.quayside.exposure.PortTruth.Listens;
import dev.quayside.exposure.PortTruth.Mark;
import dev.quayside.stack.DeclaredPorts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sets side by side what is declared of each port of a stack, how it is bound, whether anything
 * listens, and what is expected of it.
 */
public final class ExposureTable {

  private static final Comparator<PortTruth> ORDER =
      Comparator.comparing(PortTruth::service)
          .thenComparing(PortTruth::container)
          .thenComparingInt(PortTruth::port)
          .thenComparing(PortTruth::protocol);

  private final @Nullable DeclaredPorts declared;
  private final Function<Container, Listening> listening;
  private final @Nullable HostSockets host;
  private final Expected expected;
  private final Messages messages = Messages.of("exposure");

  /** Says how widely a port may be reachable. */
  @FunctionalInterface
  public interface Expected {
    /** Returns the widest exposure that is safe; null where nothing is known. */
    @Nullable Exposure of(String service, int containerPort, String protocol);
  }

  /**
   * Names a process of the host that belongs to a stack.
   *
   * @param name for people
   * @param port that it listens on
   */
  public record HostListener(String name, int port) {}

  /**
   * Holds a container with what its binds and sockets say.
   *
   * @param container from the engine
   * @param ports as {@link ExposureReader} judged them
   */
  public record Judged(Container container, ContainerPorts ports) {}

  /**
   * Creates a table.
   *
   * @param declared what the definition says; null where it cannot be read
   * @param listening what a container listens on in its own network
   * @param host what this machine listens on; null for an engine of another machine
   * @param expected what the catalogue says
   */
  public ExposureTable(
      @Nullable DeclaredPorts declared,
      Function<Container, Listening> listening,
      @Nullable HostSockets host,
      Expected expected) {
    this.declared = declared;
    this.listening = listening;
    this.host = host;
    this.expected = expected;
  }

  /** Returns all rows in the order of services and ports. */
  public List<PortTruth> rows(List<Judged> containers, List<HostListener> agents) {
    List<PortTruth> rows = new ArrayList<>();
    containers.forEach(each -> rows.addAll(of(each)));
    agents.forEach(agent -> rows.addAll(of(agent)));
    rows.sort(ORDER);
    return List.copyOf(rows);
  }

  /** Identifies a port of one container. */
  private record Key(int port, String protocol) {}

  private List<PortTruth> of(Judged judged) {
    Container container = judged.container();
    Map<Key, List<ExposedPort>> bound = new LinkedHashMap<>();
    for (ExposedPort port : judged.ports().ports()) {
      PortBinding binding = port.binding();
      bound
          .computeIfAbsent(
              new Key(binding.containerPort(), binding.protocol()), _ -> new ArrayList<>())
          .add(port);
    }
    List<PortBinding> defined =
        declared == null ? null : declared.byService().get(container.service());
    if (defined != null) {
      defined.forEach(port ->
          bound.computeIfAbsent(
              new Key(port.containerPort(), port.protocol()), _ -> new ArrayList<>()));
    }
    Listening sockets =
        container.live() ? listening.apply(container) : new Listening.Sockets(List.of());
    List<PortTruth> rows = new ArrayList<>();
    bound.forEach((key, ports) -> rows.add(row(judged, key, ports, defined, sockets)));
    if (rows.isEmpty() && judged.ports().exposure() == Exposure.UNKNOWN) {
      rows.add(untold(judged));
    }
    return rows;
  }

  /** Has no port to name: who can reach the container at all is not known. */
  private static PortTruth untold(Judged judged) {
    return new PortTruth(
        judged.container().service(),
        judged.container().name(),
        0,
        "",
        null,
        List.of(),
        List.of(),
        Listens.UNKNOWN,
        false,
        Exposure.UNKNOWN,
        null,
        Set.of(),
        judged.ports().reason());
  }

  private PortTruth row(
      Judged judged,
      Key key,
      List<ExposedPort> ports,
      @Nullable List<PortBinding> defined,
      Listening sockets) {
    Container container = judged.container();
    List<PortBinding> bound =
        ports.stream().map(ExposedPort::binding).filter(ExposureTable::published).toList();
    List<PortBinding> wanted = wanted(defined, key);
    boolean hostNetwork = ports.stream().anyMatch(ExposedPort::hostNetwork);
    Listens listens = hostNetwork ? Listens.YES : listens(container, sockets, key);
    Exposure own =
        ports.stream()
            .map(ExposedPort::exposure)
            .reduce(container.live() ? Exposure.INTERNAL : Exposure.NONE, Exposure::widest);
    Set<Mark> marks = EnumSet.noneOf(Mark.class);
    if (container.live() && wanted != null && !hostNetwork && !same(wanted, bound)) {
      marks.add(Mark.NOT_AS_DECLARED);
    }
    boolean deaf = container.live() && listens == Listens.NO && key.protocol().equals("tcp");
    if (deaf && !bound.isEmpty()) {
      marks.add(Mark.NOBODY_LISTENS);
    }
    List<PortBinding> strangers =
        (container.live() && !bound.isEmpty()) || hostNetwork ? List.of() : strangers(wanted);
    Exposure exposure = own;
    if (!strangers.isEmpty()) {
      marks.add(Mark.SOMEBODY_ELSE);
      exposure = strangers.stream().map(HostSockets::judge).reduce(own, Exposure::widest);
    }
    Exposure safe = expected.of(container.service(), key.port(), key.protocol());
    if (exposure == Exposure.LAN && safe != Exposure.LAN) {
      marks.add(Mark.BEYOND_LOOPBACK);
    }
    List<PortBinding> seen = container.live() ? bound : strangers;
    return new PortTruth(
        container.service(),
        container.name(),
        key.port(),
        key.protocol(),
        wanted == null ? null : wanted.stream().map(ExposureTable::place).toList(),
        places(seen, false),
        places(seen, true),
        listens,
        hostNetwork,
        exposure,
        safe,
        marks,
        strangers.isEmpty() ? judged.ports().reason() : messages.get("reason.stranger"));
  }

  private static boolean published(PortBinding binding) {
    return binding.hostAddress() != null;
  }

  private static @Nullable List<PortBinding> wanted(@Nullable List<PortBinding> defined, Key key) {
    return defined == null
        ? null
        : defined.stream()
            .filter(port ->
                port.containerPort() == key.port() && port.protocol().equals(key.protocol()))
            .toList();
  }

  private static Listens listens(Container container, Listening sockets, Key key) {
    if (!container.live()) {
      return Listens.NO;
    }
    return switch (sockets) {
      case Listening.Hidden _ -> Listens.UNKNOWN;
      case Listening.Sockets(List<PortBinding> all, boolean _) ->
          all.stream()
                  .anyMatch(socket ->
                      socket.containerPort() == key.port()
                          && socket.protocol().equals(key.protocol()))
              ? Listens.YES
              : Listens.NO;
    };
  }

  /** Returns who listens where the definition would publish; the engine holds no such port. */
  private List<PortBinding> strangers(@Nullable List<PortBinding> wanted) {
    List<PortBinding> found = new ArrayList<>();
    if (host == null || wanted == null) {
      return found;
    }
    for (PortBinding port : wanted) {
      List<PortBinding> sockets =
          port.published() == 0 || !port.protocol().equals("tcp")
              ? null
              : host.on(port.published());
      if (sockets != null) {
        sockets.stream().filter(socket -> !found.contains(socket)).forEach(found::add);
      }
    }
    return found;
  }

  private static boolean same(List<PortBinding> wanted, List<PortBinding> bound) {
    return wanted.stream().allMatch(each -> bound.stream().anyMatch(one -> matches(each, one)))
        && bound.stream().allMatch(one -> wanted.stream().anyMatch(each -> matches(each, one)));
  }

  private static boolean matches(PortBinding wanted, PortBinding bound) {
    if (wanted.published() != 0 && wanted.published() != bound.published()) {
      return false;
    }
    AddressLiteral real = AddressLiteral.parse(String.valueOf(bound.hostAddress()));
    String address = String.valueOf(wanted.hostAddress());
    if (address.isEmpty()) {
      return real == null || real.wildcard();
    }
    AddressLiteral literal = AddressLiteral.parse(address);
    return (literal == null || real == null)
        ? Objects.equals(address, bound.hostAddress())
        : java.util.Arrays.equals(literal.toBytes(), real.toBytes());
  }

  private static List<String> places(List<PortBinding> bindings, boolean six) {
    Set<String> places = new HashSet<>();
    bindings.stream()
        .filter(binding -> String.valueOf(binding.hostAddress()).contains(":") == six)
        .map(ExposureTable::place)
        .forEach(places::add);
    return places.stream().sorted().toList();
  }

  private static String place(PortBinding binding) {
    String address = String.valueOf(binding.hostAddress());
    String literal =
        address.contains(":") ? "[" + address + "]" : address.isEmpty() ? "*" : address;
    return literal + ":" + (binding.published() == 0 ? "*" : binding.published());
  }

  private List<PortTruth> of(HostListener agent) {
    if (host == null) {
      return List.of();
    }
    List<PortBinding> sockets = host.on(agent.port());
    if (sockets != null && sockets.isEmpty()) {
      return List.of();
    }
    List<PortBinding> known = sockets == null ? List.of() : sockets;
    Exposure exposure =
        sockets == null
            ? Exposure.UNKNOWN
            : known.stream().map(HostSockets::judge).reduce(Exposure.NONE, Exposure::widest);
    return List.of(
        new PortTruth(
            agent.name(),
            "",
            agent.port(),
            "tcp",
            null,
            places(known, false),
            places(known, true),
            sockets == null ? Listens.UNKNOWN : Listens.YES,
            true,
            exposure,
            Exposure.INTERNAL,
            exposure == Exposure.LAN ? Set.of(Mark.BEYOND_LOOPBACK) : Set.of(),
            messages.get("reason.host-process")));
  }
}
