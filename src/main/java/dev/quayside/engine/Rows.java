package dev.quayside.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds the containers of one engine and brings lists, events and single readings together, in
 * whatever order they come.
 *
 * <p>Each change gets a number. What was asked for before a change and answered after it tells
 * nothing certain about the changed container: such an answer is dropped and the container is read
 * again. A container that is unchanged stays the same object, so that observers can tell by
 * identity. Confined to one thread.
 */
final class Rows {

  private static final Comparator<Container> ORDER =
      Comparator.comparing(Container::name).thenComparing(Container::id);

  private final Map<ContainerId, Container> containers = new HashMap<>();
  private final Map<ContainerId, Long> lastChanges = new HashMap<>();
  private final Set<ContainerId> toRead = new HashSet<>();
  private long changes;
  private long forgotten;
  private @Nullable List<Container> arranged;

  /**
   * Returns the number of the last change, to be handed back with the answer to what is asked now.
   */
  long ticket() {
    return changes;
  }

  /**
   * Returns all containers in the order of their names; the same list as before where nothing has
   * changed.
   */
  List<Container> arranged() {
    List<Container> current = arranged;
    if (current == null) {
      current = containers.values().stream().sorted(ORDER).toList();
      arranged = current;
    }
    return current;
  }

  /** Takes the containers that have to be read; those that live come first. */
  List<ContainerId> takeToRead() {
    List<ContainerId> wanted = new ArrayList<>(toRead);
    toRead.clear();
    wanted.sort(Comparator.comparing((ContainerId id) -> !lives(id)).thenComparing(id -> id));
    return wanted;
  }

  private boolean lives(ContainerId id) {
    Container container = containers.get(id);
    return container == null || container.live();
  }

  /**
   * Takes the first list of a connection: what is not on it is gone, and everything is read anew.
   */
  void applyFirstList(List<Container> listed, long ticket) {
    Set<ContainerId> present = new HashSet<>();
    for (Container container : listed) {
      present.add(container.id());
      if (!changedSince(container.id(), ticket)) {
        Container known = containers.get(container.id());
        put(known == null ? container : merged(known, container));
      }
      toRead.add(container.id());
    }
    removeAbsent(present, ticket);
  }

  /**
   * Takes a later list. It only adds and removes; where it differs, the container is read, because
   * an engine's list may lag behind its events by a moment.
   */
  void applyLaterList(List<Container> listed, long ticket) {
    Set<ContainerId> present = new HashSet<>();
    for (Container container : listed) {
      present.add(container.id());
      Container known = containers.get(container.id());
      if (known == null
          || changedSince(container.id(), ticket)
          || !merged(known, container).equals(known)) {
        toRead.add(container.id());
      }
    }
    removeAbsent(present, ticket);
  }

  private void removeAbsent(Set<ContainerId> present, long ticket) {
    List<ContainerId> absent =
        containers.keySet().stream()
            .filter(id -> !present.contains(id) && !changedSince(id, ticket))
            .toList();
    absent.forEach(this::remove);
    forgetGone(ticket);
  }

  /**
   * Drops the numbers of containers that are gone; what was asked before the last of them is from
   * then on doubted.
   */
  private void forgetGone(long ticket) {
    lastChanges
        .entrySet()
        .removeIf(change -> {
          boolean gone = !containers.containsKey(change.getKey()) && change.getValue() <= ticket;
          if (gone) {
            forgotten = Math.max(forgotten, change.getValue());
          }
          return gone;
        });
  }

  /** Returns the known container with what a list tells anew. */
  private static Container merged(Container known, Container listed) {
    // A paused container's health is in no list of older engines.
    Health health = listed.state() == ContainerState.PAUSED ? known.health() : listed.health();
    return new Container(
        known.id(),
        listed.name(),
        known.image(),
        known.imageId(),
        listed.state(),
        health,
        known.created(),
        listed.ports(),
        known.labels(),
        listed.networks(),
        known.facts());
  }

  /** Takes what an inspection told; an outdated one leads to another. */
  void applyReading(Container container, long ticket) {
    if (changedSince(container.id(), ticket)) {
      toRead.add(container.id());
    } else {
      put(container);
    }
  }

  /** Takes that a container was not there when it was to be read. */
  void applyGone(ContainerId id, long ticket) {
    if (!changedSince(id, ticket)) {
      remove(id);
    }
  }

  /** Takes an event. */
  void apply(EngineEvent event) {
    ContainerId id = event.container();
    Container known = containers.get(id);
    lastChanges.put(id, ++changes);
    switch (event.kind()) {
      case DESTROYED -> {
        remove(id);
        toRead.remove(id);
      }
      case STARTED -> {
        change(
            known,
            ContainerState.RUNNING,
            known == null ? Health.NONE : known.health(),
            started(known, event.at()));
        toRead.add(id);
      }
      case DIED -> {
        change(known, ContainerState.EXITED, Health.NONE, ended(known, event));
        toRead.add(id);
      }
      case PAUSED -> changeState(known, ContainerState.PAUSED, id);
      case UNPAUSED -> changeState(known, ContainerState.RUNNING, id);
      case HEALTH -> changeHealth(known, event);
      case RENAMED -> rename(known, event);
      // "stop", "kill" and "restart" say what somebody did; the change itself has its own event
      // before or after.
      case CREATED, RESTARTED, KILLED, STOPPED, OUT_OF_MEMORY, UPDATED, NETWORK, OTHER ->
          toRead.add(id);
    }
  }

  private void changeState(@Nullable Container known, ContainerState state, ContainerId id) {
    if (known == null) {
      toRead.add(id);
    } else {
      change(known, state, known.health(), known.facts());
    }
  }

  private void changeHealth(@Nullable Container known, EngineEvent event) {
    Health health = event.health();
    if (known == null || health == null) {
      toRead.add(event.container());
    } else if (known.live()) {
      change(known, known.state(), health, known.facts());
    }
  }

  private void rename(@Nullable Container known, EngineEvent event) {
    String name = event.attributes().get("name");
    if (known != null && name != null && !name.isEmpty()) {
      put(withName(known, name.startsWith("/") ? name.substring(1) : name));
    }
    toRead.add(event.container());
  }

  private void change(
      @Nullable Container known,
      ContainerState state,
      Health health,
      @Nullable RuntimeFacts facts) {
    if (known != null) {
      put(
          new Container(
              known.id(),
              known.name(),
              known.image(),
              known.imageId(),
              state,
              health,
              known.created(),
              known.ports(),
              known.labels(),
              known.networks(),
              facts));
    }
  }

  private static Container withName(Container known, String name) {
    return new Container(
        known.id(),
        name,
        known.image(),
        known.imageId(),
        known.state(),
        known.health(),
        known.created(),
        known.ports(),
        known.labels(),
        known.networks(),
        known.facts());
  }

  /**
   * Returns the facts of a new run: its process id is not known yet, and the old one means nothing
   * any more.
   */
  private static @Nullable RuntimeFacts started(@Nullable Container known, Instant at) {
    RuntimeFacts old = known == null ? null : known.facts();
    return old == null ? null : run(old, at, null, OptionalInt.empty());
  }

  private static @Nullable RuntimeFacts ended(@Nullable Container known, EngineEvent event) {
    RuntimeFacts old = known == null ? null : known.facts();
    return old == null ? null : run(old, old.startedAt(), event.at(), exitCode(event));
  }

  private static RuntimeFacts run(
      RuntimeFacts old,
      @Nullable Instant startedAt,
      @Nullable Instant finishedAt,
      OptionalInt exitCode) {
    return new RuntimeFacts(
        OptionalLong.empty(),
        startedAt,
        finishedAt,
        exitCode,
        false,
        old.restarts(),
        old.cpuLimit(),
        old.memoryLimit(),
        old.networkMode(),
        old.wantsGpu());
  }

  private static OptionalInt exitCode(EngineEvent event) {
    try {
      return OptionalInt.of(Integer.parseInt(event.attributes().getOrDefault("exitCode", "")));
    } catch (NumberFormatException e) {
      return OptionalInt.empty();
    }
  }

  private boolean changedSince(ContainerId id, long ticket) {
    return lastChanges.getOrDefault(id, forgotten) > ticket;
  }

  private void put(Container container) {
    Container previous = containers.get(container.id());
    if (!container.equals(previous)) {
      containers.put(container.id(), container);
      arranged = null;
    }
  }

  private void remove(ContainerId id) {
    if (containers.remove(id) != null) {
      arranged = null;
    }
  }
}
