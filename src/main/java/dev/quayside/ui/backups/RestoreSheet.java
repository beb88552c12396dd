package dev.quayside.ui.backups;

import atlantafx.base.theme.Styles;
import dev.quayside.backup.ArchivePlan;
import dev.quayside.backup.Origin;
import dev.quayside.backup.RestoreReceipt;
import dev.quayside.backup.VerificationReport;
import dev.quayside.common.Problem;
import dev.quayside.common.Quantities;
import dev.quayside.ui.control.RelativeAge;
import dev.quayside.ui.control.SecretField;
import dev.quayside.ui.control.TonePill;
import dev.quayside.ui.dialog.Dialogs;
import dev.quayside.ui.dialog.FileQuestion;
import dev.quayside.ui.dialog.ProblemView;
import dev.quayside.ui.dialog.Sheet;
import dev.quayside.ui.dialog.Sheets;
import dev.quayside.ui.fx.Job;
import dev.quayside.ui.fx.JobStatus;
import dev.quayside.ui.theme.Icon;
import dev.quayside.ui.theme.Look;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/** Shows one step of a restore at a time. */
final class RestoreSheet {

  private final Sheets sheets;
  private final Dialogs dialogs;
  private final RestoreModel model;
  private final VBox content = new VBox();
  private final Sheet sheet;
  private final Subscription steps;
  private final Consumer<? super RestoreModel.Step> later;
  private Subscription job = Subscription.EMPTY;
  private Subscription keys = Subscription.EMPTY;

  private RestoreSheet(
      Sheets sheets,
      Dialogs dialogs,
      RestoreModel model,
      Consumer<? super RestoreModel.Step> later) {
    this.sheets = sheets;
    this.dialogs = dialogs;
    this.model = model;
    this.later = later;
    content.getStyleClass().add("restore");
    this.sheet =
        new Sheet(
                "restore", BackupsText.of("restore.title", model.archive().getFileName()), content)
            .withStyle("wide");
    this.steps = model.step().subscribe(this::show);
  }

  /** Shows the sheet; {@code later} is told how the work ended that ran when it was closed. */
  static void open(
      Sheets sheets,
      Dialogs dialogs,
      RestoreModel model,
      Consumer<? super RestoreModel.Step> later) {
    RestoreSheet restore = new RestoreSheet(sheets, dialogs, model, later);
    sheets.show(restore.sheet, restore::ended);
  }

  private void ended() {
    steps.unsubscribe();
    job.unsubscribe();
    keys.unsubscribe();
    model.close(later);
  }

  private Button close(String key) {
    Button close = new Button(BackupsText.of(key));
    close.setId("restore-close");
    close.setOnAction(event -> {
      ended();
      sheets.close(sheet);
    });
    return close;
  }

  private static Button go(String id, String words) {
    Button go = new Button(words);
    go.setId(id);
    go.getStyleClass().add(Styles.ACCENT);
    return go;
  }

  /**
   * Puts {@code buttons} at the foot and gives the focus to {@code focused}: what had it before is
   * gone with the last step.
   */
  private void foot(Node focused, Button... buttons) {
    sheet.withButtons(buttons).focusing(focused);
    focused.requestFocus();
  }

  private void show(RestoreModel.Step step) {
    job.unsubscribe();
    job = Subscription.EMPTY;
    switch (step) {
      case RestoreModel.Step.Locked(var problem) -> locked(problem);
      case RestoreModel.Step.Opening() -> {
        content
            .getChildren()
            .setAll(new ProgressBar(), Sheet.mutedText(BackupsText.of("restore.opening")));
        Button cancel = close("restore.cancel");
        foot(cancel, cancel);
      }
      case RestoreModel.Step.Preview(ArchivePlan plan) -> preview(plan);
      case RestoreModel.Step.Verifying(ArchivePlan plan, Job running) ->
          progress(BackupsText.of("restore.verifying"), running);
      case RestoreModel.Step.Verified(VerificationReport report, ArchivePlan plan) ->
          verified(report, plan);
      case RestoreModel.Step.Restoring(Path folder, Job running) ->
          progress(BackupsText.of("restore.restoring", folder), running);
      case RestoreModel.Step.Restored(RestoreReceipt receipt, var problem) ->
          restored(receipt, problem);
      case RestoreModel.Step.Failed(Problem problem, var back) -> failed(problem);
    }
  }

  private void locked(@Nullable Problem problem) {
    List<Node> nodes = new ArrayList<>();
    nodes.add(Sheet.text(BackupsText.of("restore.unlock")));
    SecretField field = new SecretField();
    field.setId("restore-passphrase");
    field.setAccessibleText(BackupsText.of("restore.passphrase"));
    nodes.add(field);
    nodes.add(field.complaint());
    if (problem != null) {
      Label wrong = Sheet.text(problem.title());
      wrong.setId("restore-wrong");
      wrong.getStyleClass().add(Look.BAD);
      nodes.add(wrong);
      nodes.add(Sheet.mutedText(problem.happened() + " " + problem.nextStep()));
    }
    nodes.add(keyChoice());
    content.getChildren().setAll(nodes);
    Button open = go("restore-open", BackupsText.of("restore.look"));
    open.setDefaultButton(true);
    // A key may have no passphrase.
    open.disableProperty().bind(field.length().isEqualTo(0).and(model.key().isNull()));
    open.setOnAction(event -> model.unlock(field.length().get() == 0 ? null : field.take()));
    foot(field, close("restore.cancel"), open);
  }

  private Node keyChoice() {
    Hyperlink withKey = new Hyperlink(BackupsText.of("restore.with-key"));
    withKey.setId("restore-with-key");
    withKey.setOnAction(event -> dialogs.choose(keyQuestion(), model::useKey));
    Label key = Sheet.text("");
    key.setId("restore-key");
    Hyperlink without = new Hyperlink(BackupsText.of("restore.without-key"));
    without.setId("restore-without-key");
    without.setOnAction(event -> model.useKey(null));
    VBox box = new VBox(withKey);
    keys.unsubscribe();
    keys =
        model
            .key()
            .subscribe(file -> {
              key.setText(file == null ? "" : BackupsText.of("restore.key", file));
              if (file == null) {
                box.getChildren().setAll(withKey);
              } else {
                box.getChildren().setAll(withKey, key, without);
              }
            });
    return box;
  }

  private static FileQuestion keyQuestion() {
    return new FileQuestion(
        BackupsText.of("restore.key.title"),
        FileQuestion.Kind.OPEN,
        null,
        "",
        BackupsText.of("keys.filter"),
        List.of("*.asc", "*.gpg", "*.pgp", "*.key"));
  }

  private void preview(ArchivePlan plan) {
    content
        .getChildren()
        .setAll(
            pill(
                TonePill.Tone.WARN, BackupsText.of("restore.not-verified"), "restore-not-verified"),
            Sheet.mutedText(BackupsText.of("restore.not-verified.text")),
            facts(plan));
    Button verify = go("restore-verify", BackupsText.of("restore.verify"));
    verify.setOnAction(event -> model.verify());
    foot(verify, close("restore.cancel"), verify);
  }

  private static Node pill(TonePill.Tone tone, String word, String id) {
    TonePill pill = new TonePill(tone, word);
    pill.setId(id);
    return pill;
  }

  private static Node facts(ArchivePlan plan) {
    VBox box = new VBox();
    box.getStyleClass().add("facts");
    box.getChildren()
        .add(
            Sheet.text(
                BackupsText.of(
                    "restore.made",
                    plan.stack(),
                    RelativeAge.exact(plan.created()),
                    plan.madeBy())));
    for (ArchivePlan.Part part : plan.parts()) {
      box.getChildren().add(Sheet.text("• " + part(part)));
    }
    for (var left : plan.leftOut()) {
      box.getChildren()
          .add(Sheet.mutedText(BackupsText.of("restore.left-out", left.what(), left.reason())));
    }
    return box;
  }

  private static String part(ArchivePlan.Part part) {
    String size = Quantities.bytes(part.bytes());
    return switch (part.kind()) {
      case FOLDER, LAYER -> BackupsText.of("part.folder", part.source(), size, part.entries());
      case FILE -> BackupsText.of("part.file", part.source(), size);
      case VOLUME -> BackupsText.of("part.volume", part.source(), size, part.entries());
      case POSTGRES_DUMP, MONGO_DUMP, SQLITE, REDIS_DUMP ->
          BackupsText.of("part.database", part.source(), size);
      case POSTGRES_GLOBALS -> BackupsText.of("part.globals", part.source());
    };
  }

  private void progress(String words, Job running) {
    ProgressBar bar = new ProgressBar();
    bar.setId("restore-progress");
    bar.setAccessibleText(words);
    bar.setMaxWidth(Double.MAX_VALUE);
    Label line = Sheet.mutedText("");
    line.setId("restore-line");
    Button stop = new Button(BackupsText.of("restore.stop"));
    stop.setId("restore-stop");
    stop.setOnAction(event -> running.cancel());
    job =
        running
            .status()
            .subscribe(status -> {
              bar.setProgress(status.share().orElse(ProgressBar.INDETERMINATE_PROGRESS));
              line.setText(amount(status));
              stop.setDisable(status.state() != JobStatus.State.RUNNING);
            });
    content
        .getChildren()
        .setAll(Sheet.text(words), bar, line, Sheet.mutedText(BackupsText.of("restore.goes-on")));
    Button hide = close("restore.hide");
    foot(hide, hide, stop);
  }

  private static String amount(JobStatus status) {
    if (status.state() == JobStatus.State.CANCELLING) {
      return BackupsText.of("restore.stopping", status.text());
    }
    String bytes =
        status.totalBytes() > 0
            ? Quantities.bytes(status.doneBytes()) + " / " + Quantities.bytes(status.totalBytes())
            : "";
    return status.text().isEmpty() || bytes.isEmpty()
        ? status.text() + bytes
        : status.text() + "  ·  " + bytes;
  }

  private void verified(VerificationReport report, ArchivePlan plan) {
    content
        .getChildren()
        .setAll(
            pill(TonePill.Tone.GOOD, BackupsText.of("restore.verified"), "restore-verified"),
            Sheet.text(
                BackupsText.of(
                    "restore.verified.text",
                    report.entries(),
                    Quantities.bytes(report.contentBytes()))),
            Sheet.mutedText(origin(report.origin())),
            facts(plan),
            Sheet.text(BackupsText.of("restore.where")));
    Button choose = go("restore-choose", BackupsText.of("restore.choose"));
    choose.setGraphic(Icon.FOLDER.node());
    choose.setOnAction(event ->
        dialogs.choose(
            new FileQuestion(
                BackupsText.of("restore.where.title"),
                FileQuestion.Kind.FOLDER,
                null,
                "",
                "",
                List.of()),
            model::restoreInto));
    foot(choose, close("restore.cancel"), choose);
  }

  private static String origin(Origin origin) {
    return switch (origin) {
      case PASSPHRASE_HOLDER -> BackupsText.of("origin.passphrase");
      case SIGNED_BY_US -> BackupsText.of("origin.ours");
      case SIGNED_BY_KNOWN -> BackupsText.of("origin.known");
      case UNKNOWN -> BackupsText.of("origin.unknown");
    };
  }

  private void restored(RestoreReceipt receipt, @Nullable Problem problem) {
    List<Node> nodes = new ArrayList<>();
    nodes.add(
        problem == null
            ? pill(TonePill.Tone.GOOD, BackupsText.of("restore.done"), "restore-done")
            : pill(TonePill.Tone.WARN, problem.title(), "restore-done"));
    nodes.add(
        Sheet.text(
            BackupsText.of(
                "restore.done.text",
                receipt.entries(),
                Quantities.bytes(receipt.contentBytes()),
                Quantities.duration(receipt.took()))));
    Label folder = Sheet.text(receipt.folder().toString());
    folder.getStyleClass().add(Look.CODE);
    nodes.add(folder);
    if (!receipt.ownersKept()) {
      nodes.add(Sheet.mutedText(BackupsText.of("restore.owners")));
    }
    if (!receipt.outsideLinks().isEmpty()) {
      nodes.add(
          Sheet.mutedText(
              BackupsText.of("restore.links", String.join(", ", receipt.outsideLinks()))));
    }
    receipt
        .unread()
        .forEach(one ->
            nodes.add(Sheet.mutedText(BackupsText.of("restore.unread", one.path(), one.reason()))));
    receipt
        .changed()
        .forEach(path -> nodes.add(Sheet.mutedText(BackupsText.of("restore.changed", path))));
    if (problem != null) {
      nodes.add(new ProblemView(problem));
    }
    content.getChildren().setAll(nodes);
    Button close = close("restore.close");
    foot(close, close);
  }

  private void failed(Problem problem) {
    HBox title = new HBox(Icon.PROBLEM.node(Look.BAD), Sheet.text(problem.title()));
    title.getStyleClass().add(Look.TOOLS);
    title.setAlignment(Pos.CENTER_LEFT);
    title.setId("restore-failed");
    content.getChildren().setAll(title, new ProblemView(problem));
    Button back = new Button(BackupsText.of("restore.back"));
    back.setId("restore-back");
    back.setOnAction(event -> model.back());
    foot(back, back, close("restore.close"));
  }
}
