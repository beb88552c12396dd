package dev.quayside.backup;

import dev.quayside.common.ForeignText;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerInspection;
import dev.quayside.engine.ContainerState;
import dev.quayside.engine.Engine;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Looks who can write to places while they are copied, whatever stack he belongs to: every
 * container of the engine that has them, or something in or around them, mounted for writing. A
 * program of the host is not seen, nor a container that came and was removed between two looks. For
 * one thread.
 */
final class WriterWatch {

  private static final int LONGEST_NAME = 80;

  private final Engine engine;
  private final BackupScope scope;

  /** What a container has mounted never changes. */
  private final Map<ContainerId, Set<Places.Spot>> written = new HashMap<>();

  /** Watches the places of {@code scope}. */
  WriterWatch(Engine engine, BackupScope scope) {
    this.engine = engine;
    this.scope = scope;
  }

  /**
   * Tells how a container was seen.
   *
   * @param name its name
   * @param sources what it could write to
   * @param writes whether it runs and is not paused
   * @param startedAt when its last run began; null if it never ran
   */
  private record Seen(
      String name, Set<String> sources, boolean writes, @Nullable Instant startedAt) {

    /** Returns whether it ran at any time since it was seen as {@code before}. */
    boolean ranSince(@Nullable Seen before) {
      return writes
          || (before == null
              ? startedAt != null
              : before.writes || !Objects.equals(startedAt, before.startedAt));
    }
  }

  /**
   * Returns who can write now, by what he can write to.
   *
   * @param known who is not told of
   */
  Map<String, Set<String>> now(Collection<String> sources, Set<ContainerId> known)
      throws ProblemException {
    Map<String, Set<String>> found = new TreeMap<>();
    look(sources, known).values().stream().filter(Seen::writes).forEach(seen -> tell(seen, found));
    return found;
  }

  /** Begins to watch a copy of {@code sources}, when all that has to stand still does. */
  Copy begin(Collection<String> sources, Set<ContainerId> known) throws ProblemException {
    return new Copy(sources, known, look(sources, known));
  }

  /** Watches one copy. */
  final class Copy {
    private final Collection<String> sources;
    private final Set<ContainerId> known;
    private final Map<ContainerId, Seen> before;

    private Copy(
        Collection<String> sources, Set<ContainerId> known, Map<ContainerId, Seen> before) {
      this.sources = sources;
      this.known = known;
      this.before = before;
    }

    /** Returns who could write at any time since the beginning, by what he could write to. */
    Map<String, Set<String>> end() throws ProblemException {
      Map<String, Set<String>> found = new TreeMap<>();
      Map<ContainerId, Seen> after = look(sources, known);
      before.forEach((id, seen) -> {
        if (seen.writes() && !after.containsKey(id)) {
          tell(seen, found);
        }
      });
      after.forEach((id, seen) -> {
        if (seen.ranSince(before.get(id))) {
          tell(seen, found);
        }
      });
      return found;
    }
  }

  private static void tell(Seen seen, Map<String, Set<String>> found) {
    seen.sources()
        .forEach(source -> found.computeIfAbsent(source, _ -> new TreeSet<>()).add(seen.name()));
  }

  private Map<ContainerId, Seen> look(Collection<String> sources, Set<ContainerId> known)
      throws ProblemException {
    // Volumes are made and removed while a copy is under way.
    Places where = Places.of(engine);
    Map<String, Set<Places.Spot>> real = new HashMap<>();
    sources.forEach(source -> real.put(source, where.known(source)));
    Map<ContainerId, Seen> seen = new HashMap<>();
    for (Container listed : engine.list()) {
      Set<Places.Spot> places = written.get(listed.id());
      boolean concerned =
          places == null || sources.stream().anyMatch(one -> shares(listed, one, real, places));
      if (concerned && !known.contains(listed.id())) {
        look(listed, where, real, seen);
      }
    }
    return seen;
  }

  /** One that is gone by now is as if it had gone before the list was made. */
  private void look(
      Container listed,
      Places where,
      Map<String, Set<Places.Spot>> real,
      Map<ContainerId, Seen> seen)
      throws ProblemException {
    ContainerInspection inspection = Inspections.ifThere(engine, listed.id()).orElse(null);
    if (inspection == null) {
      return;
    }
    Set<Places.Spot> places =
        inspection.mounts().stream()
            .filter(ContainerInspection.Mount::writable)
            .map(ContainerInspection.Mount::source)
            .filter(source -> !source.isEmpty())
            .flatMap(source -> where.known(source).stream())
            .collect(Collectors.toUnmodifiableSet());
    written.put(listed.id(), places);
    Set<String> shared =
        real.keySet().stream()
            .filter(source -> shares(listed, source, real, places))
            .collect(Collectors.toCollection(TreeSet::new));
    if (!shared.isEmpty()) {
      Container now = inspection.container();
      seen.put(
          listed.id(),
          new Seen(
              ForeignText.line(now.name(), LONGEST_NAME),
              shared,
              now.live() && now.state() != ContainerState.PAUSED,
              now.facts() == null ? null : now.facts().startedAt()));
    }
  }

  private boolean shares(
      Container container,
      String source,
      Map<String, Set<Places.Spot>> real,
      Set<Places.Spot> places) {
    return Places.share(real.getOrDefault(source, Set.of()), places)
        || scope.writers(source).stream()
            .anyMatch(writer -> writer.container().equals(container.id()));
  }
}
