package dev.quayside.stack;

import dev.quayside.catalogue.StackKind;
import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Decides which services a request concerns. Services that were named are taken at the operator's
 * word; where all are meant, containers that the stack keeps stopped on purpose are left alone.
 *
 * @param services to work on, in the order of dependence
 * @param leftAlone services that are not touched, with the reason for people
 */
record LifecycleTargets(List<String> services, Map<String, String> leftAlone) {

  private static final Messages MESSAGES = Messages.of("stack");

  static LifecycleTargets of(
      LifecycleRequest request, StackKind kind, @Nullable StackDefinition definition)
      throws ProblemException {
    if (!request.services().isEmpty()) {
      requireKnown(request, definition);
      return new LifecycleTargets(ordered(request, request.services(), definition), Map.of());
    }
    ProfileSet profiles = definition == null ? null : ProfileSet.of(request.stack(), definition);
    List<String> services = new ArrayList<>();
    Map<String, String> leftAlone = new LinkedHashMap<>();
    for (StackService service : request.stack().services()) {
      String reason = reasonToLeave(request.action(), service, kind, definition, profiles);
      if (reason == null) {
        services.add(service.name());
      } else {
        leftAlone.put(service.name(), reason);
      }
    }
    if (request.action() == LifecycleRequest.Action.UP && definition != null && profiles != null) {
      for (String name : definition.services().keySet()) {
        if (profiles.uses(name)
            && !kind.keptStopped().contains(name)
            && !services.contains(name)
            && !leftAlone.containsKey(name)) {
          services.add(name);
        }
      }
    }
    return new LifecycleTargets(ordered(request, services, definition), leftAlone);
  }

  private static @Nullable String reasonToLeave(
      LifecycleRequest.Action action,
      StackService service,
      StackKind kind,
      @Nullable StackDefinition definition,
      @Nullable ProfileSet profiles) {
    boolean live = service.containers().stream().anyMatch(Container::live);
    if (action == LifecycleRequest.Action.STOP) {
      return live ? null : MESSAGES.get("left.stopped");
    }
    if (live) {
      boolean paused =
          service.containers().stream()
              .anyMatch(container -> container.state() == ContainerState.PAUSED);
      return paused ? MESSAGES.get("left.paused") : null;
    }
    if (kind.keptStopped().contains(service.name())) {
      return MESSAGES.get("left.kept");
    }
    if (definition == null || profiles == null) {
      // Whether its stack wants it to run cannot be told.
      boolean neverStarted =
          service.containers().stream()
              .allMatch(container -> container.state() == ContainerState.CREATED);
      if (neverStarted) {
        return MESSAGES.get("left.created");
      }
    } else if (!profiles.uses(service.name())) {
      StackDefinition.DefinedService defined = definition.services().get(service.name());
      Set<String> of = defined == null ? Set.of() : defined.profiles();
      return MESSAGES.get("left.profile", String.join(", ", new TreeSet<>(of)));
    }
    return switch (action) {
      case START, UP -> null;
      case RESTART, RECREATE -> MESSAGES.get("left.stopped");
      case STOP -> throw new IllegalStateException("handled above");
    };
  }

  private static void requireKnown(LifecycleRequest request, @Nullable StackDefinition definition)
      throws ProblemException {
    TreeSet<String> known = new TreeSet<>();
    request.stack().services().forEach(service -> known.add(service.name()));
    boolean needsContainer =
        switch (request.action()) {
          case START, STOP, RESTART -> true;
          case UP, RECREATE -> false;
        };
    Set<String> made = needsContainer ? Set.copyOf(known) : Set.of();
    if (definition != null) {
      known.addAll(definition.services().keySet());
    }
    for (String name : request.services()) {
      if (needsContainer && known.contains(name) && !made.contains(name)) {
        throw new ProblemException(
            Messages.of("lifecycle")
                .problem("SERVICE-WITHOUT-CONTAINER", name, request.stack().name()));
      }
      if (!known.contains(name)) {
        throw UnknownName.service(request.stack().name(), name, known);
      }
    }
  }

  private static List<String> ordered(
      LifecycleRequest request, List<String> names, @Nullable StackDefinition definition) {
    StackDefinition known = definition == null ? StackDefinition.told(request.stack()) : definition;
    return known.inOrder(names);
  }
}
