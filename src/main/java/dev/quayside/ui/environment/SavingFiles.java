package dev.quayside.ui.environment;

import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.stack.LifecycleReceipt;
import dev.quayside.stack.settings.EnvReceipt;
import dev.quayside.stack.settings.EnvSets.EnvSet;
import dev.quayside.stack.settings.EnvTarget;
import dev.quayside.stack.settings.EnvVersion;
import dev.quayside.ui.dialog.LateNews;
import dev.quayside.ui.dialog.Notice;
import dev.quayside.ui.shell.Workbench;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Saves and applies: shows first what it would do, and tells how it ended. */
final class SavingFiles {

  private final Workbench workbench;
  private final EnvironmentModel model;
  private final HistoryModel historyModel;
  private final EnvironmentChanges changes;
  private final LateNews news;
  private final HistoryPane history;
  private final SetsPane sets;
  private @Nullable Asked open;

  SavingFiles(
      Workbench workbench,
      EnvironmentModel model,
      HistoryModel historyModel,
      EnvironmentChanges changes,
      LateNews news,
      HistoryPane history,
      SetsPane sets) {
    this.workbench = workbench;
    this.model = model;
    this.historyModel = historyModel;
    this.changes = changes;
    this.news = news;
    this.history = history;
    this.sets = sets;
  }

  void save() {
    EnvTarget target = model.shown().get().target();
    if (target == null || model.pendingEdits() == null) {
      return;
    }
    Asked asked = model.ask();
    if (asked != null) {
      String name = EnvironmentText.name(target.name());
      ask(
          asked,
          EnvironmentText.of("save.title", name),
          EnvironmentText.save(asked.noted().size(), name));
    }
  }

  void restore() {
    EnvVersion version = history.chosen().getValue();
    EnvTarget target = model.shown().get().target();
    if (version != null && target != null) {
      String name = EnvironmentText.name(target.name());
      ask(
          new Asked(new EnvWish.Restore(target, version), List.of()),
          EnvironmentText.of("restore.title", name),
          EnvironmentText.of("restore.go", name));
    }
  }

  void change() {
    EnvSet set = sets.chosen().getValue();
    EnvTarget active =
        model.files().stream()
            .filter(one -> one.role() == EnvTarget.Role.ACTIVE)
            .findFirst()
            .orElse(null);
    if (set != null && active != null) {
      String name = EnvironmentText.name(active.name());
      ask(
          new Asked(new EnvWish.Switch(active, set.name()), List.of()),
          EnvironmentText.of("switch.title", name, set.name()),
          EnvironmentText.of("switch.go", set.name()));
    }
  }

  /** Shows what a wish would change, then what it concerns, and carries it out when confirmed. */
  private void ask(Asked asked, String title, String go) {
    drop();
    open = asked;
    changes.preview(
        asked.copy(),
        preview ->
            news.answered(
                Notice.Tone.INFO,
                EnvironmentText.of("notice.previewed"),
                EnvironmentText.of("notice.show"),
                () -> show(asked, title, go, preview)),
        problem -> {
          drop();
          refused(asked.target(), problem);
        });
  }

  private void show(Asked asked, String title, String go, EnvPreview preview) {
    if (!asked.equals(open)) {
      tell(Notice.Tone.INFO, EnvironmentText.of("notice.dropped"));
      return;
    }
    int noted = asked.noted().isEmpty() ? model.pendingOf(asked.target()) : 0;
    ChangeSheet sheet =
        ChangeSheet.show(
            workbench.sheets(),
            title,
            preview,
            go,
            noted,
            () -> carryOut(asked, preview),
            () -> drop(asked));
    changes.impact(asked.copy(), sheet::tell, sheet::untold);
  }

  private void carryOut(Asked asked, EnvPreview preview) {
    if (!asked.equals(open)) {
      tell(Notice.Tone.INFO, EnvironmentText.of("notice.dropped"));
      return;
    }
    open = null;
    // The save wipes the wish.
    changes.save(asked.wish(), preview, outcome -> saved(asked, outcome));
  }

  /** Drops what is asked and not confirmed yet, if that is for another file than {@code shown}. */
  void fileShown(@Nullable EnvTarget shown) {
    Asked asked = open;
    if (asked != null && !concerns(asked, shown)) {
      changes.forget();
      drop();
    }
  }

  /** A switch is for the active file, whichever of the stack is shown. */
  private static boolean concerns(Asked asked, @Nullable EnvTarget shown) {
    return shown != null
        && shown.stack().name().equals(asked.target().stack().name())
        && (shown.file().equals(asked.target().file()) || asked.wish() instanceof EnvWish.Switch);
  }

  /** Drops what is asked and not confirmed yet, and wipes it. */
  void drop() {
    drop(open);
  }

  private void drop(@Nullable Asked asked) {
    if (asked != null && asked.equals(open)) {
      asked.close();
      open = null;
    }
  }

  private void saved(Asked asked, Outcome<EnvReceipt> outcome) {
    if (model.ended(asked, outcome)) {
      String name = EnvironmentText.name(asked.target().name());
      tell(Notice.Tone.GOOD, EnvironmentText.of("notice.saved", name));
    }
    switch (outcome) {
      case Outcome.Done<EnvReceipt> done -> historyModel.show(model.shown().get().target());
      case Outcome.Found<EnvReceipt> found -> historyModel.show(model.shown().get().target());
      case Outcome.Attention<EnvReceipt>(EnvReceipt receipt, Problem problem) -> {
        historyModel.show(model.shown().get().target());
        news.ended(
            Notice.Tone.WARN,
            problem.title(),
            EnvironmentText.of("notice.details"),
            () -> workbench.dialogs().problem(problem));
      }
      case Outcome.Failed<EnvReceipt>(Problem problem) -> failed(problem);
      case Outcome.Refused<EnvReceipt>(Problem problem) -> refused(asked.target(), problem);
    }
  }

  private void refused(EnvTarget target, Problem problem) {
    if (List.of("ENV-CONFLICT", "ENV-CHANGED-SINCE").contains(problem.code())) {
      model.foundChanged(target);
    }
    refused(problem);
  }

  private void refused(Problem problem) {
    news.answered(
        Notice.Tone.WARN,
        problem.title(),
        EnvironmentText.of("notice.details"),
        () -> workbench.dialogs().problem(problem));
  }

  void apply() {
    String stack = model.stack();
    if (stack != null) {
      drop();
      changes.impactNow(
          stack,
          impact -> {
            Problem unknown = impact.unknown();
            if (unknown != null) {
              refused(unknown);
            } else {
              news.answered(
                  Notice.Tone.INFO,
                  EnvironmentText.of("notice.previewed"),
                  EnvironmentText.of("notice.show"),
                  () ->
                      ChangeSheet.apply(
                          workbench.sheets(),
                          stack,
                          impact,
                          model.pendingOfStack(stack),
                          () -> changes.apply(stack, impact.recreated(), this::applied)));
            }
          },
          this::refused);
    }
  }

  private void applied(Outcome<LifecycleReceipt> outcome) {
    switch (outcome) {
      case Outcome.Done<LifecycleReceipt>(LifecycleReceipt receipt) ->
          tell(Notice.Tone.GOOD, EnvironmentText.applied(receipt));
      case Outcome.Found<LifecycleReceipt>(LifecycleReceipt receipt) ->
          tell(Notice.Tone.GOOD, EnvironmentText.applied(receipt));
      case Outcome.Attention<LifecycleReceipt>(LifecycleReceipt receipt, Problem problem) ->
          news.ended(
              Notice.Tone.WARN,
              problem.title(),
              EnvironmentText.of("notice.details"),
              () -> workbench.dialogs().problem(problem));
      case Outcome.Failed<LifecycleReceipt>(Problem problem) -> failed(problem);
      case Outcome.Refused<LifecycleReceipt>(Problem problem) -> refused(problem);
    }
  }

  private void failed(Problem problem) {
    news.ended(
        Notice.Tone.BAD,
        problem.title(),
        EnvironmentText.of("notice.details"),
        () -> workbench.dialogs().problem(problem));
  }

  private void tell(Notice.Tone tone, String text) {
    workbench.dialogs().notice(new Notice(tone, text, null, null));
  }
}
