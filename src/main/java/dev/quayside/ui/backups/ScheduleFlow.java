package dev.quayside.ui.backups;

import dev.quayside.backup.schedule.SchedulePlan;
import dev.quayside.backup.schedule.ScheduleStatus;
import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.ui.dialog.Confirmation;
import dev.quayside.ui.dialog.Danger;
import dev.quayside.ui.dialog.Notice;
import dev.quayside.ui.fx.Background;
import dev.quayside.ui.shell.Workbench;
import java.time.Instant;
import java.util.List;

/** Sets and ends the plan of the chosen stack. Belongs to the FX thread. */
final class ScheduleFlow {

  private final Workbench workbench;
  private final BackupDesk desk;
  private final Runnable changed;
  private final Background.Newest reading;

  /**
   * Joins them.
   *
   * @param changed told after each change
   */
  ScheduleFlow(Workbench workbench, BackupDesk desk, Runnable changed) {
    this.workbench = workbench;
    this.desk = desk;
    this.changed = changed;
    this.reading = workbench.background().newest();
  }

  /** Asks for the plan of the chosen stack, beginning with what is set. */
  void open() {
    if (!workbench.stacks().chooseOnly()) {
      workbench
          .dialogs()
          .notice(new Notice(Notice.Tone.INFO, BackupsText.of("choose-stack"), null, null));
      return;
    }
    String stack = workbench.stacks().chosen().get();
    Instant now = workbench.clock().instant();
    reading.run(() -> Standing.read(desk, now), standing -> show(stack, standing), this::problem);
  }

  private void show(String stack, Standing standing) {
    ScheduleStatus older = ScheduleTexts.of(standing.schedules(), stack);
    ScheduleModel model = new ScheduleModel(stack, older, standing.keys());
    ScheduleSheet.open(
        workbench.sheets(),
        workbench.dialogs(),
        model,
        () -> set(model.request()),
        () -> off(stack));
  }

  private void set(SchedulePlan.Request request) {
    workbench
        .background()
        .run(
            () -> desk.schedules().set(request),
            outcome -> {
              switch (outcome) {
                case Outcome.Done<ScheduleStatus>(var status) ->
                    good("schedule.done", request.stack());
                case Outcome.Found<ScheduleStatus>(var status) ->
                    good("schedule.done", request.stack());
                case Outcome.Attention<ScheduleStatus>(var status, Problem problem) ->
                    problem(problem);
                case Outcome.Failed<ScheduleStatus>(Problem problem) -> problem(problem);
                case Outcome.Refused<ScheduleStatus>(Problem problem) -> problem(problem);
              }
            },
            this::problem);
  }

  private void off(String stack) {
    workbench
        .dialogs()
        .confirm(
            new Confirmation(
                BackupsText.of("schedule.off.title", stack),
                BackupsText.of("schedule.off.text"),
                List.of(),
                BackupsText.of("schedule.off"),
                Danger.NONE,
                null),
            () -> end(stack));
  }

  private void end(String stack) {
    workbench
        .background()
        .run(
            () -> desk.schedules().off(stack),
            outcome -> {
              switch (outcome) {
                case Outcome.Done<SchedulePlan>(var plan) -> good("schedule.ended", stack);
                case Outcome.Found<SchedulePlan>(var plan) -> good("schedule.ended", stack);
                case Outcome.Attention<SchedulePlan>(var plan, Problem problem) -> problem(problem);
                case Outcome.Failed<SchedulePlan>(Problem problem) -> problem(problem);
                case Outcome.Refused<SchedulePlan>(Problem problem) -> problem(problem);
              }
            },
            this::problem);
  }

  private void good(String key, String stack) {
    changed.run();
    workbench
        .dialogs()
        .notice(new Notice(Notice.Tone.GOOD, BackupsText.of(key, stack), null, null));
  }

  private void problem(Problem problem) {
    changed.run();
    workbench.dialogs().problem(problem);
  }
}
