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
import java.util.LinkedHashSet;
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
   * @param expected the widest exposure that is safe
   */
  public record HostListener(String name, int port, Exposure expected) {}

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
    Set<Integer> held = held(containers);
    containers.forEach(each -> rows.addAll(of(each, held)));
    rows.addAll(withoutContainer(containers, held));
    agents.forEach(agent -> rows.addAll(of(agent)));
    rows.sort(ORDER);
    return List.copyOf(rows);
  }

  /** Identifies a port of one container. */
  private record Key(int port, String protocol) {}

  /** Returns the ports of this machine that containers of the stack hold themselves. */
  private static Set<Integer> held(List<Judged> containers) {
    Set<Integer> held = new HashSet<>();
    for (Judged judged : containers) {
      if (judged.container().live()) {
        judged.ports().ports().stream()
            .map(ExposedPort::binding)
            .filter(binding -> published(binding))
            .forEach(binding -> held.add(binding.published()));
      }
    }
    return held;
  }

  /** Returns a row for each port of a service that has no container: somebody else may hold it. */
  private List<PortTruth> withoutContainer(List<Judged> containers, Set<Integer> held) {
    List<PortTruth> rows = new ArrayList<>();
    if (declared == null) {
      return rows;
    }
    Set<String> present = new HashSet<>();
    containers.forEach(each -> present.add(each.container().service()));
    declared
        .byService()
        .forEach((service, ports) -> {
          Set<Key> keys = new LinkedHashSet<>();
          ports.forEach(port -> keys.add(new Key(port.containerPort(), port.protocol())));
          if (!present.contains(service)) {
            keys.forEach(key -> rows.add(missing(service, key, ports, held)));
          }
        });
    return rows;
  }

  private PortTruth missing(String service, Key key, List<PortBinding> ports, Set<Integer> held) {
    List<PortBinding> wanted = Objects.requireNonNull(wanted(ports, key));
    Strangers strangers = strangers(wanted, held);
    Exposure exposure = strangers.exposure();
    Exposure safe = expected.of(service, key.port(), key.protocol());
    return new PortTruth(
        service,
        "",
        key.port(),
        key.protocol(),
        wanted.stream().map(ExposureTable::place).toList(),
        places(strangers.sockets(), false),
        places(strangers.sockets(), true),
        Listens.NO,
        false,
        exposure,
        safe,
        strangers.marks(exposure == Exposure.LAN && safe != Exposure.LAN),
        strangers.reason(messages, ""));
  }

  private List<PortTruth> of(Judged judged, Set<Integer> held) {
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
    bound.forEach((key, ports) -> rows.add(row(judged, key, ports, defined, sockets, held)));
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
      Listening sockets,
      Set<Integer> held) {
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
    Strangers strangers =
        (container.live() && !bound.isEmpty()) || hostNetwork
            ? Strangers.NONE
            : strangers(wanted, held);
    Exposure exposure = own.widest(strangers.exposure());
    marks.addAll(strangers.marks(false));
    Exposure safe = expected.of(container.service(), key.port(), key.protocol());
    if (exposure == Exposure.LAN && safe != Exposure.LAN) {
      marks.add(Mark.BEYOND_LOOPBACK);
    }
    List<PortBinding> seen = container.live() ? bound : strangers.sockets();
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
        strangers.reason(messages, judged.ports().reason()));
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

  /**
   * Holds who listens where the definition would publish and no container of the stack does.
   *
   * @param sockets their sockets
   * @param hidden whether the kernel did not tell of some port
   */
  private record Strangers(List<PortBinding> sockets, boolean hidden) {

    static final Strangers NONE = new Strangers(List.of(), false);

    Exposure exposure() {
      return sockets.stream()
          .map(HostSockets::judge)
          .reduce(hidden ? Exposure.UNKNOWN : Exposure.NONE, Exposure::widest);
    }

    Set<Mark> marks(boolean beyond) {
      Set<Mark> marks = EnumSet.noneOf(Mark.class);
      if (!sockets.isEmpty()) {
        marks.add(Mark.SOMEBODY_ELSE);
      }
      if (beyond) {
        marks.add(Mark.BEYOND_LOOPBACK);
      }
      return marks;
    }

    String reason(Messages messages, String otherwise) {
      if (!sockets.isEmpty()) {
        return messages.get("reason.stranger");
      }
      return hidden ? messages.get("reason.strangers-hidden") : otherwise;
    }
  }

  private Strangers strangers(@Nullable List<PortBinding> wanted, Set<Integer> held) {
    List<PortBinding> found = new ArrayList<>();
    boolean hidden = false;
    if (host == null || wanted == null) {
      return Strangers.NONE;
    }
    for (PortBinding port : wanted) {
      boolean looked = !port.protocol().equals("sctp");
      if (port.published() == 0 || held.contains(port.published()) || !looked) {
        continue;
      }
      List<PortBinding> sockets = host.on(port.published(), port.protocol());
      hidden |= sockets == null;
      if (sockets != null) {
        sockets.stream().filter(socket -> !found.contains(socket)).forEach(found::add);
      }
    }
    return new Strangers(found, hidden);
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
            agent.expected(),
            exposure == Exposure.LAN && agent.expected() != Exposure.LAN
                ? Set.of(Mark.BEYOND_LOOPBACK)
                : Set.of(),
            messages.get("reason.host-process")));
  }
}
