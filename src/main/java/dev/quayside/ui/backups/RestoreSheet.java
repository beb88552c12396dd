package dev.quayside.ui.backups;

import atlantafx.base.theme.Styles;
import dev.quayside.backup.ForeignReport;
import dev.quayside.backup.PreviewReport;
import dev.quayside.common.Problem;
import dev.quayside.ui.control.FittingScroll;
import dev.quayside.ui.dialog.Dialogs;
import dev.quayside.ui.dialog.FileQuestion;
import dev.quayside.ui.dialog.ProblemView;
import dev.quayside.ui.dialog.Sheet;
import dev.quayside.ui.dialog.Sheets;
import dev.quayside.ui.fx.Job;
import dev.quayside.ui.theme.Icon;
import dev.quayside.ui.theme.Look;
import java.util.List;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
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
  private final Consumer<? super RestoreStep> later;
  private Runnable leave = () -> {};

  private RestoreSheet(
      Sheets sheets, Dialogs dialogs, RestoreModel model, Consumer<? super RestoreStep> later) {
    this.sheets = sheets;
    this.dialogs = dialogs;
    this.model = model;
    this.later = later;
    content.getStyleClass().add("restore");
    this.sheet =
        new Sheet(
                "restore",
                BackupsText.of("restore.title", model.archive().getFileName()),
                new FittingScroll(content))
            .withStyle("wide");
    this.steps = model.step().subscribe(this::show);
  }

  /** Shows the sheet; {@code later} is told how the work ended that ran when it was closed. */
  static void open(
      Sheets sheets, Dialogs dialogs, RestoreModel model, Consumer<? super RestoreStep> later) {
    RestoreSheet restore = new RestoreSheet(sheets, dialogs, model, later);
    sheets.show(restore.sheet, restore::ended);
  }

  private void ended() {
    steps.unsubscribe();
    leave.run();
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

  private static Button button(String id, String words, Runnable handler) {
    Button button = new Button(words);
    button.setId(id);
    // Names have underscores, which are no mnemonics.
    button.setMnemonicParsing(false);
    button.setOnAction(event -> handler.run());
    return button;
  }

  private static Button go(String id, String words, Runnable handler) {
    Button go = button(id, words, handler);
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

  private void show(RestoreStep step) {
    leave.run();
    leave = () -> {};
    switch (step) {
      case RestoreStep.Locked(var problem) -> locked(problem);
      case RestoreStep.Opening() -> waiting(BackupsText.of("restore.opening"));
      case RestoreStep.Preview(PreviewReport report) -> preview(report);
      case RestoreStep.Surveying(Job job) -> progress(BackupsText.of("foreign.surveying"), job);
      case RestoreStep.Surveyed(ForeignReport report) -> surveyed(report);
      case RestoreStep.Unpacked(var receipt, var problem) ->
          done(ForeignTexts.unpacked(receipt, problem));
      case RestoreStep.Verifying(var preview, Job job) ->
          progress(BackupsText.of("restore.verifying"), job);
      case RestoreStep.Verified verified -> verified(verified);
      case RestoreStep.Planning(String stack) -> waiting(BackupsText.of("restore.planning", stack));
      case RestoreStep.Planned planned -> planned(planned);
      case RestoreStep.Landing(String stack, Job job) ->
          progress(BackupsText.of("restore.landing", stack), job);
      case RestoreStep.Landed(var receipt, var problem) ->
          done(LandingTexts.landed(receipt, problem));
      case RestoreStep.Restoring(var folder, Job job) ->
          progress(BackupsText.of("restore.restoring", folder), job);
      case RestoreStep.Restored(var receipt, var problem) ->
          done(RestoreTexts.restored(receipt, problem));
      case RestoreStep.Failed(Problem problem, var back) -> failed(problem, back != null);
    }
  }

  private void surveyed(ForeignReport report) {
    content.getChildren().setAll(ForeignTexts.surveyed(report));
    if (ForeignTexts.obstacle(report) != null) {
      Button close = close("restore.close");
      foot(close, close);
    } else if (report.kind().database()) {
      DumpPane pane = new DumpPane(model.foreignTarget());
      leave = pane::leave;
      content.getChildren().add(pane);
      Button plan = go("restore-plan", BackupsText.of("restore.plan"), model::planDump);
      plan.disableProperty().bind(model.foreignTarget().plannable().not());
      Button cancel = close("restore.cancel");
      foot(cancel, cancel, plan);
    } else {
      CheckBox known = new CheckBox(BackupsText.of("foreign.known-maker"));
      known.setId("restore-known-maker");
      known.setWrapText(true);
      known.selectedProperty().bindBidirectional(model.foreignTarget().knownMaker());
      leave =
          () -> known.selectedProperty().unbindBidirectional(model.foreignTarget().knownMaker());
      content.getChildren().add(known);
      Button choose = go("restore-unpack", BackupsText.of("foreign.unpack"), this::chooseFolder);
      choose.disableProperty().bind(known.selectedProperty().not());
      foot(known, close("restore.cancel"), choose);
    }
  }

  private void waiting(String words) {
    ProgressBar bar = new ProgressBar();
    bar.setAccessibleText(words);
    content.getChildren().setAll(bar, Sheet.mutedText(words));
    Button cancel = close("restore.cancel");
    foot(cancel, cancel);
  }

  private void locked(@Nullable Problem problem) {
    UnlockPane pane =
        new UnlockPane("restore", BackupsText.of("restore.unlock"), dialogs, model.key(), problem);
    leave = pane::leave;
    content.getChildren().setAll(pane);
    Button open =
        go("restore-open", BackupsText.of("restore.look"), () -> model.unlock(pane.take()));
    open.setDefaultButton(true);
    open.disableProperty().bind(pane.missing());
    foot(pane.field(), close("restore.cancel"), open);
  }

  private void preview(PreviewReport report) {
    content.getChildren().setAll(RestoreTexts.looked(report));
    TargetPane pane = choice();
    Button verify = button("restore-verify", BackupsText.of("restore.verify"), model::verify);
    Button plan = plan(pane);
    foot(pane.over() ? plan : verify, close("restore.cancel"), verify, plan);
  }

  private void verified(RestoreStep.Verified verified) {
    content.getChildren().setAll(RestoreTexts.verified(verified.report(), verified.plan()));
    TargetPane pane = choice();
    Button choose = button("restore-choose", BackupsText.of("restore.choose"), this::chooseFolder);
    choose.setGraphic(Icon.FOLDER.node());
    choose.disableProperty().bind(model.target().over());
    Button plan = plan(pane);
    foot(pane.over() ? plan : choose, close("restore.cancel"), choose, plan);
  }

  private TargetPane choice() {
    TargetPane pane = new TargetPane(model.target(), model.key().get() != null);
    leave = pane::leave;
    content.getChildren().add(pane);
    return pane;
  }

  private Button plan(TargetPane pane) {
    Button plan = go("restore-plan", BackupsText.of("restore.plan"), model::plan);
    plan.disableProperty().bind(pane.plannable().not());
    return plan;
  }

  private void chooseFolder() {
    dialogs.choose(
        new FileQuestion(
            BackupsText.of("restore.where.title"),
            FileQuestion.Kind.FOLDER,
            null,
            "",
            "",
            List.of()),
        model::restoreInto);
  }

  private void planned(RestoreStep.Planned planned) {
    String stack = planned.order().stack();
    content.getChildren().setAll(LandingTexts.planned(planned.plan(), stack));
    Button back = button("restore-back", BackupsText.of("restore.back"), model::back);
    Button go = go("restore-land", LandingTexts.go(planned.plan(), stack), model::land);
    Sheet.ignoreEnter(go);
    if (planned.order().needsName()) {
      TypedName name = new TypedName(LandingTexts.why(planned.order()), stack, model.typed());
      leave = name::leave;
      content.getChildren().add(name);
      go.disableProperty().bind(name.missing());
    }
    foot(back, close("restore.cancel"), back, go);
  }

  private void progress(String words, Job job) {
    ProgressPane pane = new ProgressPane("restore", words, job);
    leave = pane::leave;
    content.getChildren().setAll(pane);
    Button hide = close("restore.hide");
    foot(hide, hide, pane.stop());
  }

  private void done(List<Node> nodes) {
    content.getChildren().setAll(nodes);
    Button close = close("restore.close");
    foot(close, close);
  }

  private void failed(Problem problem, boolean leadsBack) {
    HBox title = new HBox(Icon.PROBLEM.node(Look.BAD), Sheet.text(problem.title()));
    title.getStyleClass().add(Look.TOOLS);
    title.setAlignment(Pos.CENTER_LEFT);
    title.setId("restore-failed");
    content.getChildren().setAll(title, new ProblemView(problem));
    Button close = close("restore.close");
    if (leadsBack) {
      Button back = button("restore-back", BackupsText.of("restore.back"), model::back);
      foot(back, back, close);
    } else {
      foot(close, close);
    }
  }
}
