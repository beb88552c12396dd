package dev.quayside.catalogue;

import dev.quayside.common.Messages;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says what a service of a kind of stack is and what may be reached of it.
 *
 * @param role key of a message that says what it does
 * @param ports that it listens on
 * @param gpu whether it is expected to ask for a graphics card
 * @param onDemand what starting it takes, where the stack starts it when it is asked for; else null
 * @param module part of the stack that brings it; empty for the core
 */
public record KnownService(
    String role, List<KnownPort> ports, boolean gpu, @Nullable OnDemand onDemand, String module) {

  private static final Messages MESSAGES = Messages.of("catalogue");

  /** Makes the list immutable. */
  public KnownService {
    ports = List.copyOf(ports);
  }

  /** Returns what it does, for people. */
  public String roleText() {
    return MESSAGES.get("role." + role);
  }

  /**
   * Says who should be able to reach a port.
   *
   * @param container number inside the container
   * @param protocol {@code tcp} or {@code udp}
   * @param exposure the widest that is safe
   * @param authentication that the service itself asks for
   */
  public record KnownPort(
      int container, String protocol, Exposure exposure, Authentication authentication) {}

  /**
   * Says what a model needs that the stack starts on demand.
   *
   * @param gpus indexes of the graphics cards it occupies
   * @param memoryShare of each card's memory, between 0 and 1
   * @param weights name of the folder with its weights
   */
  public record OnDemand(List<Integer> gpus, double memoryShare, String weights) {

    /** Makes the list immutable. */
    public OnDemand {
      gpus = List.copyOf(gpus);
    }
  }

  /** Names how widely a port may be reachable. */
  public enum Exposure {
    /** Only from other containers of the stack. */
    NONE,
    /** From this host. */
    LOOPBACK,
    /** From the local network. */
    LAN
  }

  /** Names what a service asks of a caller. */
  public enum Authentication {
    /** Nothing. */
    NONE,
    /** An API key, a token or a password of a program. */
    KEY,
    /** A person's login. */
    LOGIN
  }
}
