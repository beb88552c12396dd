package dev.quayside.exposure;

import dev.quayside.common.Messages;
import dev.quayside.engine.Container;
import dev.quayside.engine.Network;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether the networks of a container leave it to the binds of its ports who reaches it.
 * Sources: Docker's manual, "Port publishing and mapping" (gateway modes) and the pages of the
 * drivers.
 */
final class NetworkReach {

  /** Names what a network means for the containers on it, the narrowest first. */
  enum Way {
    /** Nobody outside reaches them but through the binds of their ports. */
    AS_BOUND,
    /** It cannot be told. */
    UNKNOWN,
    /** The LAN reaches their own addresses, whatever is published and wherever it is bound. */
    OPEN
  }

  /**
   * Holds a judgement.
   *
   * @param reason for people; empty where the binds decide
   */
  record Judgement(Way way, String reason) {}

  private final Messages messages;

  NetworkReach(Messages messages) {
    this.messages = messages;
  }

  /** Returns the networks by name; two of one name cannot be told apart, so neither is in it. */
  static Map<String, Network> byName(List<Network> networks) {
    Map<String, List<Network>> all = new HashMap<>();
    networks.forEach(each -> all.computeIfAbsent(each.name(), n -> new ArrayList<>()).add(each));
    all.values().removeIf(same -> same.size() > 1);
    Map<String, Network> single = HashMap.newHashMap(all.size());
    all.forEach((name, one) -> single.put(name, one.getFirst()));
    return single;
  }

  /** Judges all networks of a container: the widest counts. */
  Judgement of(Container container, Function<String, @Nullable Network> networks) {
    Judgement widest = new Judgement(Way.AS_BOUND, "");
    for (String name : container.networks()) {
      Network network = networks.apply(name);
      Judgement next =
          network == null ? unknown("reason.network-unread", name, "") : judge(network);
      if (next.way.compareTo(widest.way) > 0) {
        widest = next;
      }
    }
    return widest;
  }

  private Judgement judge(Network network) {
    String driver = network.driver();
    return switch (driver) {
      case "bridge" -> bridge(network);
      case "null" -> new Judgement(Way.AS_BOUND, "");
      case "macvlan", "ipvlan" ->
          network.separate()
              ? new Judgement(Way.AS_BOUND, "")
              : new Judgement(Way.OPEN, messages.get("reason.network-lan", network.name(), driver));
      default -> unknown("reason.network-driver", network.name(), driver);
    };
  }

  // Engines before 27 keep the option and ignore it: shown wider than it is, never narrower.
  private Judgement bridge(Network network) {
    Judgement ipv4 = mode(network, network.ipv4Mode());
    Judgement ipv6 = mode(network, network.ipv6Mode());
    return ipv6.way.compareTo(ipv4.way) > 0 ? ipv6 : ipv4;
  }

  /**
   * Judges a gateway mode. In {@code routed} the engine's filter admits published ports only, but
   * it lists them without a host port, like ports that are not published; so all count as open.
   */
  private Judgement mode(Network network, String mode) {
    return switch (mode) {
      case "", "nat", "isolated" -> new Judgement(Way.AS_BOUND, "");
      case "routed", "nat-unprotected" ->
          new Judgement(Way.OPEN, messages.get("reason.network-routed", network.name(), mode));
      default -> unknown("reason.network-mode", network.name(), mode);
    };
  }

  private Judgement unknown(String reason, String network, String detail) {
    return new Judgement(Way.UNKNOWN, messages.get(reason, network, detail));
  }
}
