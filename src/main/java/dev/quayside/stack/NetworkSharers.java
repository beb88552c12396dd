package dev.quayside.stack;

import dev.quayside.common.ProblemException;
import dev.quayside.engine.Container;
import dev.quayside.engine.Engine;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the services whose containers live in the network of another one's: made anew alone, that
 * one would leave them without any.
 */
public final class NetworkSharers {

  private NetworkSharers() {}

  /** Returns {@code services}, and after them those that share the network of one of them. */
  public static List<String> with(List<String> services, Stack stack, Engine engine)
      throws ProblemException {
    List<Container> owners = new ArrayList<>();
    for (StackService service : stack.services()) {
      if (services.contains(service.name())) {
        owners.addAll(service.containers());
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

  private static boolean shares(StackService service, List<Container> owners, Engine engine)
      throws ProblemException {
    for (Container container : service.containers()) {
      // One that has a network of its own is in it; a list says no more.
      if (container.networks().isEmpty() || container.facts() != null) {
        Container known = container.facts() != null ? container : engine.read(container.id());
        if (known
            .networkOwner()
            .filter(told -> owners.stream().anyMatch(owner -> owner.meantBy(told)))
            .isPresent()) {
          return true;
        }
      }
    }
    return false;
  }
}
