package dev.quayside.ui.environment;

import dev.quayside.stack.settings.EnvChange;
import dev.quayside.stack.settings.EnvProblem;
import dev.quayside.stack.settings.EnvView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Holds the changes of one file that are not saved yet, one for each setting. It owns values. */
final class PendingEdits {

  private final Map<String, PendingEdit> byName = new LinkedHashMap<>();

  int size() {
    return byName.size();
  }

  Collection<PendingEdit> all() {
    return List.copyOf(byName.values());
  }

  @Nullable PendingEdit of(String name) {
    return byName.get(name);
  }

  /** Returns whether the lines that repeat {@code name} are to go. */
  boolean single(String name) {
    return switch (byName.get(name)) {
      case null -> false;
      case PendingEdit.NewValue edit -> edit.single();
      case PendingEdit.Removed edit -> edit.single();
      case PendingEdit.LastKept _ -> true;
    };
  }

  /** Notes {@code edit} in the place of what was noted for its setting. */
  void note(PendingEdit edit) {
    wipe(byName.put(edit.name(), edit));
  }

  /** Forgets what was noted for {@code name}. */
  void undo(String name) {
    wipe(byName.remove(name));
  }

  /** Forgets everything. */
  void clear() {
    byName.values().forEach(PendingEdits::wipe);
    byName.clear();
  }

  /** Forgets those that are still the ones in {@code saved}; what was noted since stays. */
  void forget(Collection<PendingEdit> saved) {
    for (PendingEdit edit : saved) {
      if (same(edit, byName.get(edit.name()))) {
        undo(edit.name());
      }
    }
  }

  private static boolean same(PendingEdit edit, @Nullable PendingEdit now) {
    // The holder of the value tells; a value that was typed anew has another.
    return edit instanceof PendingEdit.NewValue was
        ? now instanceof PendingEdit.NewValue is && was.value() == is.value()
        : edit.equals(now);
  }

  private static void wipe(@Nullable PendingEdit edit) {
    if (edit instanceof PendingEdit.NewValue value) {
      value.value().close();
    }
  }

  /** Returns the changes with copies of the values, which the caller wipes. */
  List<EnvChange> changes() {
    return changesBut("");
  }

  /** Does {@link #changes()} without the setting {@code left}. */
  List<EnvChange> changesBut(String left) {
    List<EnvChange> changes = new ArrayList<>();
    for (PendingEdit edit : byName.values()) {
      if (!edit.name().equals(left)) {
        add(edit, changes);
      }
    }
    return changes;
  }

  private static void add(PendingEdit edit, List<EnvChange> changes) {
    switch (edit) {
      case PendingEdit.NewValue value -> {
        single(value.name(), value.single(), changes);
        changes.add(new EnvChange.Put(value.name(), value.value().copy()));
      }
      case PendingEdit.Removed removed -> {
        single(removed.name(), removed.single(), changes);
        changes.add(new EnvChange.Remove(removed.name()));
      }
      case PendingEdit.LastKept kept -> changes.add(new EnvChange.KeepLast(kept.name()));
    }
  }

  static void single(String name, boolean single, List<EnvChange> changes) {
    if (single) {
      changes.add(new EnvChange.KeepLast(name));
    }
  }

  /**
   * Keeps what still means something in a file that others changed.
   *
   * @return the settings whose change was dropped
   */
  List<String> adapt(EnvView now) {
    List<String> dropped = new ArrayList<>();
    for (PendingEdit edit : all()) {
      boolean set = now.settings().stream().anyMatch(one -> one.name().equals(edit.name()));
      boolean repeated =
          now.problems().stream()
              .anyMatch(
                  one -> one.kind() == EnvProblem.Kind.DUPLICATE && one.name().equals(edit.name()));
      switch (edit) {
        case PendingEdit.NewValue value ->
            byName.put(
                value.name(),
                new PendingEdit.NewValue(
                    value.name(), value.value(), value.shown(), value.single() && repeated));
        case PendingEdit.Removed removed -> {
          if (set) {
            byName.put(
                removed.name(),
                new PendingEdit.Removed(removed.name(), removed.single() && repeated));
          } else {
            dropped.add(removed.name());
          }
        }
        case PendingEdit.LastKept kept -> {
          if (!repeated) {
            dropped.add(kept.name());
          }
        }
      }
    }
    dropped.forEach(this::undo);
    return dropped;
  }
}
