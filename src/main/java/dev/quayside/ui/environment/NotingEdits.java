package dev.quayside.ui.environment;

import dev.quayside.common.Secret;
import dev.quayside.stack.settings.EnvProblem;
import dev.quayside.stack.settings.EnvTarget;
import dev.quayside.stack.settings.EnvView;
import dev.quayside.ui.dialog.Confirmation;
import dev.quayside.ui.dialog.Notice;
import dev.quayside.ui.shell.Workbench;
import java.util.List;

/** Notes changes of single settings, which touch nothing until they are saved. */
final class NotingEdits {

  private final Workbench workbench;
  private final EnvironmentDesk desk;
  private final EnvironmentModel model;
  private final SettingsPane settings;

  NotingEdits(
      Workbench workbench, EnvironmentDesk desk, EnvironmentModel model, SettingsPane settings) {
    this.workbench = workbench;
    this.desk = desk;
    this.model = model;
    this.settings = settings;
  }

  private record Facts(boolean secret, String text, boolean several) {}

  void edit() {
    SettingRow row = settings.chosen().getValue();
    EnvView now = model.shown().get().view();
    if (row == null || now == null || row.state() == SettingRow.State.REMOVED) {
      return;
    }
    EnvTarget target = now.target();
    workbench
        .background()
        .run(
            () -> facts(target, row),
            facts -> {
              if (!workbench.sheets().showing().get()) {
                edit(row, now, facts);
              }
            },
            problem -> workbench.dialogs().problem(problem));
  }

  private Facts facts(EnvTarget target, SettingRow row) throws Exception {
    boolean secret = row.secret() || desk.secret(target, row.name());
    if (secret || row.line() == 0) {
      return new Facts(secret, "", false);
    }
    try (Secret value = desk.reveal(target, row.name())) {
      String text = value == null ? "" : value.withChars(String::new);
      // A field for one line would lose them without a word.
      boolean several = text.chars().anyMatch(Character::isISOControl);
      return new Facts(false, several ? "" : text, several);
    }
  }

  private void edit(SettingRow row, EnvView now, Facts facts) {
    PendingEdits pending = model.pendingEdits();
    if (pending == null) {
      return;
    }
    EditModel asked = new EditModel(desk, workbench.background(), now, pending, false);
    asked.hide(facts.secret());
    String text =
        pending.of(row.name()) instanceof PendingEdit.NewValue value && !facts.secret()
            ? value.value().withChars(String::new)
            : facts.text();
    EditSheet.change(
        workbench.sheets(),
        asked,
        row.name(),
        new EditSheet.Start(text, hint(row, facts)),
        this::note);
  }

  private static String hint(SettingRow row, Facts facts) {
    if (facts.several()) {
      return EnvironmentText.of("hint.several");
    }
    boolean puts =
        row.problems().stream().anyMatch(one -> one.kind() == EnvProblem.Kind.INTERPOLATED);
    return puts ? EnvironmentText.of("hint.interpolated") : "";
  }

  private void note(PendingEdit edit) {
    model.note(edit);
    settings.choose(edit.name());
  }

  void add() {
    EnvView now = model.shown().get().view();
    PendingEdits pending = model.pendingEdits();
    if (now != null && pending != null) {
      EditModel asked = new EditModel(desk, workbench.background(), now, pending, true);
      EditSheet.add(workbench.sheets(), asked, this::note);
    }
  }

  void remove() {
    SettingRow row = settings.chosen().getValue();
    PendingEdits pending = model.pendingEdits();
    if (row == null || pending == null || row.state() == SettingRow.State.REMOVED) {
      return;
    }
    if (row.line() == 0) {
      model.undo(row.name());
    } else {
      note(new PendingEdit.Removed(row.name(), row.repeated()));
    }
  }

  void keepLast(String name) {
    PendingEdits pending = model.pendingEdits();
    if (pending != null && pending.of(name) == null) {
      note(new PendingEdit.LastKept(name));
    } else {
      settings.choose(name);
    }
  }

  void undo() {
    SettingRow row = settings.chosen().getValue();
    if (row != null) {
      model.undo(row.name());
      settings.choose(row.name());
    }
  }

  void discard() {
    EnvTarget target = model.shown().get().target();
    int count = model.pending().get();
    if (target != null && count > 0) {
      workbench
          .dialogs()
          .confirm(
              Confirmation.recoverable(
                  EnvironmentText.of("discard.title", EnvironmentText.name(target.name())),
                  EnvironmentText.of("discard.text"),
                  model.rows().stream()
                      .filter(row -> row.state() != SettingRow.State.SAVED)
                      .map(row -> EnvironmentText.name(row.name()))
                      .toList(),
                  EnvironmentText.of("discard.go", EnvironmentText.changes(count))),
              model::discard);
    }
  }

  void again() {
    model.loadAgain(dropped -> {
      if (!dropped.isEmpty()) {
        sayDropped(dropped);
      }
    });
  }

  /** Tells which edits mean nothing in the file as it is now. */
  void sayDropped(List<String> settings) {
    String names = String.join(", ", settings.stream().map(EnvironmentText::name).toList());
    workbench
        .dialogs()
        .notice(
            new Notice(Notice.Tone.WARN, EnvironmentText.of("again.dropped", names), null, null));
  }
}
