package dev.quayside.ui.backups;

import dev.quayside.backup.landing.LandingReceipt;
import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.ui.control.NoteBanner;
import dev.quayside.ui.control.RelativeAge;
import dev.quayside.ui.dialog.LateNews;
import dev.quayside.ui.dialog.Notice;
import dev.quayside.ui.fx.JobRequest;
import dev.quayside.ui.shell.Workbench;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.VBox;

/**
 * Shows above the list what waits for the operator. Made anew only when something of it changed, so
 * that no button loses the focus.
 */
final class StandingBanners extends VBox {

  private final Workbench workbench;
  private final BackupDesk desk;
  private final LateNews news;
  private final StandingModel model;
  private final KeysFlow keys;
  private final Place place;
  private final Set<String> busy = new HashSet<>();

  /** Names where the banners are shown. */
  enum Place {
    /** On the page of backups. */
    BACKUPS,
    /** On another page: in fewer words, with the way to the page of backups. */
    ELSEWHERE
  }

  StandingBanners(
      Workbench workbench,
      BackupDesk desk,
      LateNews news,
      StandingModel model,
      KeysFlow keys,
      Place place) {
    this.place = place;
    this.workbench = workbench;
    this.desk = desk;
    this.news = news;
    this.model = model;
    this.keys = keys;
    setId(place == Place.BACKUPS ? "backups-standing" : "overview-standing");
    getStyleClass().add("note-banners");
    model.standing().subscribe(standing -> show());
    model.problem().subscribe(problem -> show());
  }

  /** What cannot be read is said, and not taken for nothing. */
  private void show() {
    Standing now = model.standing().get();
    Problem problem = model.problem().get();
    List<Node> banners = new ArrayList<>();
    if (problem != null) {
      banners.add(banner(true, problem.title() + ". " + problem.happened()));
    }
    if (now != null) {
      now.pending().forEach(one -> banners.add(pending(one)));
      now.alarms().forEach(one -> banners.add(banner(one.loud(), one.words())));
      String due = KeyTexts.due(now.reminder());
      String key = now.reminder().key();
      if (due != null && key != null) {
        banners.add(reminder(due, key));
      }
    }
    fill(banners);
  }

  private Node reminder(String words, String key) {
    Button check = new Button(BackupsText.of("standing.check"));
    check.setId("key-check");
    check.setOnAction(event -> keys.check(key));
    return banner(false, words, check);
  }

  private Node banner(boolean loud, String words, Button... buttons) {
    if (place == Place.BACKUPS) {
      return new NoteBanner(loud, words, buttons);
    }
    Button open = new Button(BackupsText.of("standing.open"));
    open.setAccessibleText(words + " " + open.getText());
    open.setOnAction(event -> workbench.navigator().show("backups"));
    Button[] all = Arrays.copyOf(buttons, buttons.length + 1);
    all[buttons.length] = open;
    return new NoteBanner(loud, words, all);
  }

  private void fill(List<Node> banners) {
    getChildren().setAll(banners);
    setVisible(!banners.isEmpty());
    setManaged(!banners.isEmpty());
  }

  private Node pending(LandingReceipt receipt) {
    Button accept = new Button(BackupsText.of("standing.accept"));
    // Several restores can wait, one for each stack.
    accept.setId("landing-accept-" + receipt.stack());
    accept.setAccessibleText(BackupsText.of("accept.title", receipt.stack()));
    accept.setOnAction(event ->
        workbench.dialogs().confirm(LandingTexts.accept(receipt), () -> end(receipt, true)));
    Button undo = new Button(BackupsText.of("standing.undo"));
    undo.setId("landing-undo-" + receipt.stack());
    undo.setAccessibleText(BackupsText.of("undo.title", receipt.stack()));
    undo.setOnAction(event ->
        workbench.dialogs().confirm(LandingTexts.undo(receipt), () -> end(receipt, false)));
    boolean working = busy.contains(receipt.stack());
    accept.setDisable(working);
    undo.setDisable(working);
    String words =
        place == Place.BACKUPS
            ? BackupsText.of(
                "standing.pending",
                receipt.stack(),
                receipt.archive().getFileName(),
                RelativeAge.exact(receipt.begun()))
            : BackupsText.of("standing.pending.short", receipt.stack());
    return banner(true, words, accept, undo);
  }

  private void end(LandingReceipt receipt, boolean accepted) {
    String stack = receipt.stack();
    if (!busy.add(stack)) {
      return;
    }
    again();
    var _ =
        workbench
            .jobs()
            .start(
                new JobRequest<LandingReceipt>(
                    BackupsText.of(accepted ? "job.accept" : "job.undo", stack),
                    false,
                    progress ->
                        accepted ? desk.landings().accept(stack) : desk.landings().undo(stack),
                    done -> BackupsText.of(accepted ? "job.accepted" : "job.undone", stack),
                    outcome -> {
                      busy.remove(stack);
                      again();
                      tell(
                          outcome, BackupsText.of(accepted ? "job.accepted" : "job.undone", stack));
                    }));
  }

  private void again() {
    show();
    model.reload();
  }

  private void tell(Outcome<LandingReceipt> outcome, String done) {
    switch (outcome) {
      case Outcome.Done<LandingReceipt> good -> good(done);
      case Outcome.Found<LandingReceipt> good -> good(done);
      case Outcome.Attention<LandingReceipt>(var receipt, Problem problem) ->
          bad(Notice.Tone.WARN, problem);
      case Outcome.Failed<LandingReceipt>(Problem problem) -> bad(Notice.Tone.BAD, problem);
      case Outcome.Refused<LandingReceipt>(Problem problem) -> bad(Notice.Tone.BAD, problem);
    }
  }

  private void good(String words) {
    workbench.dialogs().notice(new Notice(Notice.Tone.GOOD, words, null, null));
  }

  private void bad(Notice.Tone tone, Problem problem) {
    news.ended(
        tone,
        problem.title(),
        BackupsText.of("notice.details"),
        () -> workbench.dialogs().problem(problem));
  }
}
