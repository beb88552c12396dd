package dev.quayside.stack;

import dev.quayside.catalogue.KnownService;
import dev.quayside.catalogue.StackKind;
import dev.quayside.common.Messages;
import dev.quayside.common.Problem;
import dev.quayside.engine.Container;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Knows which models on demand a request starts, and which running ones hold a GPU that they need:
 * one heavy model has room on a GPU.
 *
 * @param starting models that the request starts and that do not run yet, by name
 * @param occupants models that run on a GPU of these
 */
record ModelTurns(Map<String, KnownService.OnDemand> starting, List<String> occupants) {

  private static final Messages MESSAGES = Messages.of("lifecycle");

  ModelTurns {
    starting = Collections.unmodifiableMap(new TreeMap<>(starting));
    occupants = List.copyOf(occupants);
  }

  static ModelTurns of(LifecycleRequest request, StackKind kind, List<String> targets) {
    Map<String, KnownService.OnDemand> starting = new TreeMap<>();
    if (request.action() != LifecycleRequest.Action.STOP) {
      for (String service : targets) {
        KnownService.OnDemand model = kind.onDemand(service);
        if (model != null && !live(request.stack(), service)) {
          starting.put(service, model);
        }
      }
    }
    List<String> occupants = new ArrayList<>();
    for (StackService service : request.stack().services()) {
      KnownService.OnDemand model = kind.onDemand(service.name());
      boolean clashes =
          model != null
              && live(request.stack(), service.name())
              && starting.values().stream().anyMatch(one -> shared(one, model));
      if (clashes) {
        occupants.add(service.name());
      }
    }
    return new ModelTurns(starting, occupants);
  }

  private static boolean shared(KnownService.OnDemand one, KnownService.OnDemand other) {
    return !Collections.disjoint(one.gpus(), other.gpus());
  }

  private static boolean live(Stack stack, String service) {
    return stack.services().stream()
        .filter(one -> one.name().equals(service))
        .anyMatch(one -> one.containers().stream().anyMatch(Container::live));
  }

  /** Returns why the request is refused, or null where it is not. */
  @Nullable Problem refusal(LifecycleRequest request) {
    String stack = request.stack().name();
    List<String> names = List.copyOf(starting.keySet());
    for (int i = 0; i < names.size(); i++) {
      KnownService.OnDemand one = starting.get(names.get(i));
      for (String other : names.subList(i + 1, names.size())) {
        KnownService.OnDemand second = starting.get(other);
        if (one != null && second != null && shared(one, second)) {
          return MESSAGES.problem("MODELS-CLASH", stack, names.get(i), other, gpus(one, second));
        }
      }
    }
    if (occupants.isEmpty() || request.swap()) {
      return null;
    }
    return MESSAGES
        .problem(
            "GPU-TAKEN",
            stack,
            String.join(", ", names),
            String.join(", ", occupants),
            String.join(" ", names))
        .withDetail(String.join(", ", occupants));
  }

  private static String gpus(KnownService.OnDemand one, KnownService.OnDemand other) {
    return String.join(
        ", ", one.gpus().stream().filter(other.gpus()::contains).map(String::valueOf).toList());
  }
}
