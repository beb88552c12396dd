package dev.quayside.backup;

import dev.quayside.catalogue.StackKind;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerInspection;
import dev.quayside.engine.ContainerState;
import dev.quayside.engine.Engine;
import dev.quayside.stack.Stack;
import dev.quayside.stack.StackDefinition;
import dev.quayside.stack.StackService;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Says in which order containers are started that were stopped together. */
final class StartOrder {

  private StartOrder() {}

  /**
   * Returns {@code containers} so that each comes after what it depends on, by what Compose wrote
   * on them, and after the one whose network it has.
   */
  static List<Container> of(String stack, List<Container> containers) {
    Map<String, List<Container>> byService = new LinkedHashMap<>();
    containers.forEach(
        each -> byService.computeIfAbsent(each.service(), _ -> new ArrayList<>()).add(each));
    List<StackService> services = new ArrayList<>();
    byService.forEach((name, some) -> services.add(new StackService(name, some)));
    List<String> names =
        StackDefinition.told(new Stack(stack, StackKind.GENERIC, "", null, services))
            .inOrder(byService.keySet());
    return containers.stream()
        .sorted(
            Comparator.<Container, Boolean>comparing(each -> each.networkOwner().isPresent())
                .thenComparingInt(each -> names.indexOf(each.service())))
        .toList();
  }

  /**
   * Returns who else runs in the network, or among the processes, of one of {@code owners}, of
   * whatever stack; whoever comes later has what he shares from one that comes before him.
   */
  static List<Container> sharers(List<Container> owners, Engine engine) throws ProblemException {
    List<Container> sharers = new ArrayList<>();
    if (owners.isEmpty()) {
      return sharers;
    }
    List<Container> stopped = new ArrayList<>(owners);
    List<ContainerInspection> others = new ArrayList<>();
    for (Container listed : engine.list()) {
      boolean stands = owners.stream().anyMatch(one -> one.id().equals(listed.id()));
      if (listed.live() && listed.state() != ContainerState.PAUSED && !stands) {
        Inspections.ifThere(engine, listed.id()).ifPresent(others::add);
      }
    }
    List<ContainerInspection> found = List.of();
    do {
      found = others.stream().filter(one -> shares(one, stopped)).toList();
      others.removeAll(found);
      found.forEach(one -> {
        stopped.add(one.container());
        sharers.add(one.container());
      });
    } while (!found.isEmpty());
    return sharers;
  }

  private static boolean shares(ContainerInspection one, List<Container> owners) {
    return Stream.concat(one.container().networkOwner().stream(), one.processOwner().stream())
        .anyMatch(told -> owners.stream().anyMatch(owner -> owner.meantBy(told)));
  }
}
