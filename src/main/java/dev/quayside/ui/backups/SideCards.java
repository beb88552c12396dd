package dev.quayside.ui.backups;

import dev.quayside.common.Problem;
import dev.quayside.ui.control.TonePill.Tone;
import dev.quayside.ui.shell.StackChoice;
import dev.quayside.ui.theme.Icon;
import javafx.scene.layout.HBox;
import org.jspecify.annotations.Nullable;

/** Shows above the list how the plan of the chosen stack stands, and the keys. */
final class SideCards extends HBox {

  private final SideCard schedule;
  private final SideCard keys;
  private final StandingModel model;
  private String stack = StackChoice.ALL;

  SideCards(StandingModel model, Runnable openSchedule, Runnable openKeys) {
    this.model = model;
    getStyleClass().add("proof-cards");
    this.schedule =
        new SideCard(
            "card-schedule",
            BackupsText.of("schedule.card"),
            Icon.CLOCK,
            SideCard.link("schedule-open", BackupsText.of("action.schedule"), openSchedule));
    this.keys =
        new SideCard(
            "card-keys",
            BackupsText.of("key.title"),
            Icon.SECRETS,
            SideCard.link("keys-open", BackupsText.of("action.keys"), openKeys));
    getChildren().addAll(schedule, keys);
    model.standing().subscribe(standing -> show());
    model.problem().subscribe(problem -> show());
  }

  /** Shows the plan of {@code chosen}. */
  void stackChosen(String chosen) {
    stack = chosen;
    show();
  }

  private void show() {
    Standing standing = model.standing().get();
    Problem problem = model.problem().get();
    if (standing == null || problem != null) {
      SideCard.Said unknown = unknown(problem);
      schedule.show(unknown);
      keys.show(unknown);
      return;
    }
    schedule.show(
        stack.equals(StackChoice.ALL)
            ? ScheduleTexts.card(standing.schedules())
            : ScheduleTexts.card(ScheduleTexts.of(standing.schedules(), stack), stack));
    keys.show(KeyTexts.card(standing.keys(), standing.reminder()));
  }

  private static SideCard.Said unknown(@Nullable Problem problem) {
    return problem == null
        ? new SideCard.Said(Tone.UNKNOWN, BackupsText.of("card.reading"), "")
        : new SideCard.Said(Tone.UNKNOWN, BackupsText.of("card.unknown"), problem.title());
  }
}
