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
import java.util.function.Supplier;
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
    int count = model.pending().get();
    String name = EnvironmentText.name(target.name());
    ask(model::edits, EnvironmentText.of("save.title", name), EnvironmentText.save(count, name));
  }

  void restore() {
    EnvVersion version = history.chosen().getValue();
    EnvTarget target = model.shown().get().target();
    if (version != null && target != null) {
      String name = EnvironmentText.name(target.name());
      ask(
          () -> new EnvWish.Restore(target, version),
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
          () -> new EnvWish.Switch(active, set.name()),
          EnvironmentText.of("switch.title", name, set.name()),
          EnvironmentText.of("switch.go", set.name()));
    }
  }

  /** Shows what a wish would change, then what it concerns, and carries it out when confirmed. */
  private void ask(Supplier<? extends @Nullable EnvWish> wishes, String title, String go) {
    EnvWish wish = wishes.get();
    if (wish == null) {
      return;
    }
    changes.preview(
        wish,
        preview ->
            news.answered(
                Notice.Tone.INFO,
                EnvironmentText.of("notice.previewed"),
                EnvironmentText.of("notice.show"),
                () -> show(wishes, title, go, preview)),
        this::refused);
  }

  private void show(
      Supplier<? extends @Nullable EnvWish> wishes, String title, String go, EnvPreview preview) {
    ChangeSheet sheet =
        ChangeSheet.show(
            workbench.sheets(), title, preview, go, () -> carryOut(wishes.get(), preview));
    EnvWish wish = wishes.get();
    if (wish != null) {
      changes.impact(wish, sheet::tell, sheet::untold);
    }
  }

  private void carryOut(@Nullable EnvWish wish, EnvPreview preview) {
    if (wish != null) {
      changes.save(wish, preview, outcome -> saved(preview.target(), outcome));
    }
  }

  private void saved(EnvTarget target, Outcome<EnvReceipt> outcome) {
    String name = EnvironmentText.name(target.name());
    switch (outcome) {
      case Outcome.Done<EnvReceipt>(EnvReceipt receipt) -> written(target, name);
      case Outcome.Found<EnvReceipt>(EnvReceipt receipt) -> written(target, name);
      case Outcome.Attention<EnvReceipt>(EnvReceipt receipt, Problem problem) -> {
        written(target, name);
        news.ended(
            Notice.Tone.WARN,
            problem.title(),
            EnvironmentText.of("notice.details"),
            () -> workbench.dialogs().problem(problem));
      }
      case Outcome.Failed<EnvReceipt>(Problem problem) -> failed(problem);
      case Outcome.Refused<EnvReceipt>(Problem problem) -> refused(problem);
    }
  }

  private void written(EnvTarget target, String name) {
    model.saved(target);
    historyModel.show(model.shown().get().target());
    tell(Notice.Tone.GOOD, EnvironmentText.of("notice.saved", name));
  }

  private void refused(Problem problem) {
    if (List.of("ENV-CONFLICT", "ENV-CHANGED-SINCE").contains(problem.code())) {
      model.foundChanged();
    }
    news.answered(
        Notice.Tone.WARN,
        problem.title(),
        EnvironmentText.of("notice.details"),
        () -> workbench.dialogs().problem(problem));
  }

  void apply() {
    String stack = model.stack();
    if (stack != null) {
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
                          model.pending().get(),
                          () -> changes.apply(stack, this::applied)));
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
      case Outcome.Refused<LifecycleReceipt>(Problem problem) -> failed(problem);
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
