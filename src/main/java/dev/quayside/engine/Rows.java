package dev.quayside.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
  // Somebody sent them a signal in this run: the engine does not start such a container again.
  private final Set<ContainerId> signalled = new HashSet<>();
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

  /** Returns whether a container has changed since {@link #arranged} was asked last. */
  boolean changed() {
    return arranged == null;
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
        put(known == null ? container : Revision.listed(known, container));
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
          || !Revision.listed(known, container).equals(known)) {
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
        signalled.remove(id);
        if (known != null) {
          put(Revision.started(known, event.at()));
        }
        toRead.add(id);
      }
      case DIED -> {
        if (known != null) {
          put(Revision.ended(known, event, signalled.contains(id)));
        }
        toRead.add(id);
      }
      case PAUSED -> changeState(known, ContainerState.PAUSED, id);
      case UNPAUSED -> changeState(known, ContainerState.RUNNING, id);
      case HEALTH -> changeHealth(known, event);
      case RENAMED -> rename(known, event);
      case KILLED -> {
        signalled.add(id);
        toRead.add(id);
      }
      // "stop" and "restart" say what somebody did; the change itself has its own event before or
      // after.
      case CREATED, RESTARTED, STOPPED, OUT_OF_MEMORY, UPDATED, NETWORK, OTHER -> toRead.add(id);
      case NETWORK_LIST -> throw new IllegalArgumentException("about no container");
    }
  }

  private void changeState(@Nullable Container known, ContainerState state, ContainerId id) {
    if (known == null) {
      toRead.add(id);
    } else {
      put(Revision.in(state, known));
    }
  }

  private void changeHealth(@Nullable Container known, EngineEvent event) {
    Health health = event.health();
    if (known == null || health == null) {
      toRead.add(event.container());
    } else if (known.live()) {
      put(Revision.health(known, health));
    }
  }

  private void rename(@Nullable Container known, EngineEvent event) {
    String name = event.attributes().get("name");
    if (known != null && name != null && !name.isEmpty()) {
      put(Revision.named(known, name));
    }
    toRead.add(event.container());
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
    signalled.remove(id);
    if (containers.remove(id) != null) {
      arranged = null;
    }
  }
}
