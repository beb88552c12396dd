package dev.quayside.ui.environment;

import dev.quayside.stack.settings.EnvProblem;
import dev.quayside.stack.settings.EnvView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Shows one setting with what is noted for it.
 *
 * @param name as written
 * @param line where it counts, from 1; 0 where it is not in the file yet
 * @param was its value for people, masked where it is a secret; empty for a new one
 * @param willBe the noted value for people; null where none is noted
 * @param secret whether the value is masked
 * @param state what is noted
 * @param problems of this setting
 */
record SettingRow(
    String name,
    int line,
    String was,
    @Nullable String willBe,
    boolean secret,
    State state,
    List<EnvProblem> problems) {

  /** Names what is noted for a setting. */
  enum State {
    SAVED,
    CHANGED,
    ADDED,
    REMOVED,
    LAST_KEPT
  }

  /** Makes the list immutable. */
  SettingRow {
    problems = List.copyOf(problems);
  }

  /** Returns the rows of a file in its order, new settings last. */
  static List<SettingRow> of(EnvView view, PendingEdits pending) {
    List<SettingRow> rows = new ArrayList<>();
    for (EnvView.Setting setting : view.settings()) {
      rows.add(row(setting, pending.of(setting.name()), view.problems()));
    }
    for (PendingEdit edit : pending.all()) {
      boolean set = view.settings().stream().anyMatch(one -> one.name().equals(edit.name()));
      if (!set && edit instanceof PendingEdit.NewValue added) {
        rows.add(new SettingRow(added.name(), 0, "", added.shown(), false, State.ADDED, List.of()));
      }
    }
    return List.copyOf(rows);
  }

  private static SettingRow row(
      EnvView.Setting setting, @Nullable PendingEdit edit, List<EnvProblem> problems) {
    State state =
        switch (edit) {
          case null -> State.SAVED;
          case PendingEdit.NewValue _ -> State.CHANGED;
          case PendingEdit.Removed _ -> State.REMOVED;
          case PendingEdit.LastKept _ -> State.LAST_KEPT;
        };
    return new SettingRow(
        setting.name(),
        setting.line(),
        setting.shown(),
        edit instanceof PendingEdit.NewValue value ? value.shown() : null,
        setting.secret(),
        state,
        problems.stream().filter(one -> one.name().equals(setting.name())).toList());
  }

  /** Returns whether {@code words} stand in its name or in what is shown of its value. */
  boolean matches(String words) {
    String wanted = words.strip().toLowerCase(java.util.Locale.ROOT);
    String next = willBe == null ? "" : willBe;
    return (name + "\n" + was + "\n" + next).toLowerCase(java.util.Locale.ROOT).contains(wanted);
  }

  /** Returns whether it is set on several lines, of which one counts. */
  boolean repeated() {
    return problems.stream().anyMatch(one -> one.kind() == EnvProblem.Kind.DUPLICATE);
  }
}
