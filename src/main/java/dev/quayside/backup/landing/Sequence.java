package dev.quayside.backup.landing;

import dev.quayside.backup.Inspections;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerInspection;
import dev.quayside.engine.Engine;
import dev.quayside.stack.Stack;
import dev.quayside.stack.StackDefinition;
import dev.quayside.stack.StackService;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Says after whom services can be started. One that lives in the network of another, or among its
 * processes, cannot even be started while that stands; one that depends on another is only held
 * back.
 *
 * @param joins services in whose network, or among whose processes, each lives
 * @param told on what each depends
 */
record Sequence(Map<String, Set<String>> joins, StackDefinition told) {

  /** Looks at the containers of {@code stack}, whether they run or not. */
  static Sequence of(Engine engine, Stack stack) throws ProblemException {
    Map<String, Set<String>> joins = new TreeMap<>();
    for (StackService service : stack.services()) {
      Set<String> owners = new TreeSet<>();
      for (Container container : service.containers()) {
        ContainerInspection seen = Inspections.ifThere(engine, container.id()).orElse(null);
        if (seen != null) {
          seen.container().networkOwner().flatMap(stack::serviceOf).ifPresent(owners::add);
          seen.processOwner().flatMap(stack::serviceOf).ifPresent(owners::add);
        }
      }
      owners.remove(service.name());
      joins.put(service.name(), owners);
    }
    return new Sequence(joins, StackDefinition.told(stack));
  }

  /** Returns {@code services} and those without whom they cannot even be started. */
  Set<String> withOwners(Collection<String> services) {
    Set<String> all = new TreeSet<>(services);
    List<String> open = new ArrayList<>(all);
    while (!open.isEmpty()) {
      for (String owner : joins.getOrDefault(open.removeLast(), Set.of())) {
        if (all.add(owner)) {
          open.add(owner);
        }
      }
    }
    return all;
  }

  /**
   * Returns {@code services}, those without whom they cannot be started, and what they depend on.
   */
  Set<String> withNeeds(Collection<String> services) {
    Set<String> all = new TreeSet<>(services);
    int before;
    do {
      before = all.size();
      all.addAll(withOwners(told.withDependencies(all)));
    } while (all.size() > before);
    return all;
  }

  /**
   * Returns {@code services} in groups that can be started one after the other, each in the order
   * of its services. They are one group if what they depend on tells the whole order: who waits
   * until a group is ready must not wait for one that needs another of a later group.
   */
  List<List<String>> turns(Collection<String> services) {
    if (services.isEmpty()) {
      return List.of();
    }
    Map<Integer, List<String>> turns = new TreeMap<>();
    Map<String, Integer> known = new HashMap<>();
    boolean told = true;
    for (String service : new TreeSet<>(services)) {
      turns.computeIfAbsent(depth(service, known), _ -> new ArrayList<>()).add(service);
      Set<String> owners = withOwners(List.of(service));
      owners.retainAll(services);
      told &= this.told.withDependencies(List.of(service)).containsAll(owners);
    }
    return told
        ? List.of(turns.values().stream().flatMap(List::stream).toList())
        : List.copyOf(turns.values());
  }

  /** Returns how many have to be started before it, one after the other. */
  private int depth(String service, Map<String, Integer> known) {
    Integer before = known.putIfAbsent(service, 0);
    if (before != null) {
      return before; // or a circle, which nobody can start in any order
    }
    Set<String> needs = new TreeSet<>(joins.getOrDefault(service, Set.of()));
    StackDefinition.DefinedService defined = told.services().get(service);
    if (defined != null) {
      needs.addAll(defined.dependsOn());
    }
    int depth = 0;
    for (String each : needs) {
      depth = Math.max(depth, depth(each, known) + 1);
    }
    known.put(service, depth);
    return depth;
  }
}
