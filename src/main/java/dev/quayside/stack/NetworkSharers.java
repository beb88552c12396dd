package dev.quayside.stack;

import dev.quayside.common.ProblemException;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.Engine;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the services whose containers live in the network of another one's: made anew alone, that
 * one would leave them without any.
 */
public final class NetworkSharers {

  private NetworkSharers() {}

  /** Returns {@code services}, and after them those that share the network of one of them. */
  public static List<String> with(List<String> services, Stack stack, Engine engine)
      throws ProblemException {
    Set<ContainerId> owners = new HashSet<>();
    for (StackService service : stack.services()) {
      if (services.contains(service.name())) {
        service.containers().forEach(container -> owners.add(container.id()));
      }
    }
    List<String> all = new ArrayList<>(services);
    for (StackService service : stack.services()) {
      if (!services.contains(service.name()) && shares(service, owners, engine)) {
        all.add(service.name());
      }
    }
    return List.copyOf(all);
  }

  private static boolean shares(StackService service, Set<ContainerId> owners, Engine engine)
      throws ProblemException {
    for (Container container : service.containers()) {
      // One that has a network of its own is in it; a list says no more.
      if (container.networks().isEmpty() || container.facts() != null) {
        Container known = container.facts() != null ? container : engine.read(container.id());
        if (known.networkOwner().filter(owners::contains).isPresent()) {
          return true;
        }
      }
    }
    return false;
  }
}
