package dev.quayside.catalogue;

import java.util.Set;

/**
 * Says how to ask a service whether it accepts a key.
 *
 * @param service that is asked
 * @param port inside its container
 * @param path of an HTTP GET that needs the key
 * @param header that carries the key
 * @param prefix before the key in that header, for example {@code Bearer }
 * @param accepted status codes that mean the key was accepted
 * @param refused status codes that mean it was refused
 * @param source where the codes come from
 */
public record KeyProbe(
    String service,
    int port,
    String path,
    String header,
    String prefix,
    Set<Integer> accepted,
    Set<Integer> refused,
    String source) {

  /** Makes the sets immutable. */
  public KeyProbe {
    accepted = Set.copyOf(accepted);
    refused = Set.copyOf(refused);
  }
}
