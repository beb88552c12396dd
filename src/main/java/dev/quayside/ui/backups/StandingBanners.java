package dev.quayside.ui.backups;

import dev.quayside.backup.landing.LandingReceipt;
import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.ui.control.NoteBanner;
import dev.quayside.ui.control.RelativeAge;
import dev.quayside.ui.dialog.LateNews;
import dev.quayside.ui.dialog.Notice;
import dev.quayside.ui.fx.Background;
import dev.quayside.ui.fx.JobRequest;
import dev.quayside.ui.shell.Workbench;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/**
 * Shows above the list what waits for the operator. Made anew only when something of it changed, so
 * that no button loses the focus.
 */
final class StandingBanners extends VBox {

  private final Workbench workbench;
  private final BackupDesk desk;
  private final LateNews news;
  private final Background.Newest reading;
  private final Set<String> busy = new HashSet<>();
  private @Nullable Standing shown;

  StandingBanners(Workbench workbench, BackupDesk desk, LateNews news) {
    this.workbench = workbench;
    this.desk = desk;
    this.news = news;
    this.reading = workbench.background().newest();
    setId("backups-standing");
    getStyleClass().add("note-banners");
    setVisible(false);
    setManaged(false);
  }

  /** Reads it again; what is shown stays until the answer is there. */
  void reload() {
    reading.run(() -> Standing.read(desk), this::show, this::unread);
  }

  /** What cannot be read is said once, and not taken for nothing. */
  private void unread(Problem problem) {
    shown = null;
    fill(List.of(new NoteBanner(true, problem.title() + ". " + problem.happened())));
  }

  private void show(Standing now) {
    if (now.equals(shown)) {
      return;
    }
    shown = now;
    List<Node> banners = new ArrayList<>();
    now.pending().forEach(one -> banners.add(pending(one)));
    fill(banners);
  }

  private void fill(List<Node> banners) {
    getChildren().setAll(banners);
    setVisible(!banners.isEmpty());
    setManaged(!banners.isEmpty());
  }

  private Node pending(LandingReceipt receipt) {
    Button accept = new Button(BackupsText.of("standing.accept"));
    accept.setId("landing-accept");
    accept.setAccessibleText(BackupsText.of("accept.title", receipt.stack()));
    accept.setOnAction(event ->
        workbench.dialogs().confirm(LandingTexts.accept(receipt), () -> end(receipt, true)));
    Button undo = new Button(BackupsText.of("standing.undo"));
    undo.setId("landing-undo");
    undo.setAccessibleText(BackupsText.of("undo.title", receipt.stack()));
    undo.setOnAction(event ->
        workbench.dialogs().confirm(LandingTexts.undo(receipt), () -> end(receipt, false)));
    boolean working = busy.contains(receipt.stack());
    accept.setDisable(working);
    undo.setDisable(working);
    return new NoteBanner(
        true,
        BackupsText.of(
            "standing.pending",
            receipt.stack(),
            receipt.archive().getFileName(),
            RelativeAge.exact(receipt.begun())),
        accept,
        undo);
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

  /** Makes the banners anew from what was read last, then reads. */
  private void again() {
    Standing last = shown;
    shown = null;
    if (last != null) {
      show(last);
    }
    reload();
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
