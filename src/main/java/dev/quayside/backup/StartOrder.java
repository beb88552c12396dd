package dev.quayside.backup;

import dev.quayside.catalogue.StackKind;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
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
import java.util.Set;
import java.util.stream.Collectors;

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

  /** Returns who else runs in the network of one of {@code owners}, of whatever stack. */
  static List<Container> sharers(List<Container> owners, Engine engine) throws ProblemException {
    Set<ContainerId> ids = owners.stream().map(Container::id).collect(Collectors.toSet());
    List<Container> sharers = new ArrayList<>();
    if (owners.isEmpty()) {
      return sharers;
    }
    for (Container listed : engine.list()) {
      // One that has a network of its own is in it; a list says no more.
      if (listed.live()
          && listed.state() != ContainerState.PAUSED
          && listed.networks().isEmpty()
          && !ids.contains(listed.id())) {
        Container each = engine.inspect(listed.id()).container();
        if (each.networkOwner().filter(ids::contains).isPresent()) {
          sharers.add(each);
        }
      }
    }
    return sharers;
  }
}
