package dev.quayside.ui.backups;

import atlantafx.base.theme.Styles;
import dev.quayside.common.Problem;
import dev.quayside.ui.control.FittingScroll;
import dev.quayside.ui.dialog.Dialogs;
import dev.quayside.ui.dialog.Sheet;
import dev.quayside.ui.dialog.Sheets;
import dev.quayside.ui.fx.Job;
import dev.quayside.ui.theme.Look;
import java.util.ArrayList;
import java.util.List;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/** Shows the earlier drills of an archive, and leads through a new one. */
final class DrillSheet {

  private static final int SHOWN = 8;

  private final Sheets sheets;
  private final Dialogs dialogs;
  private final DrillModel model;
  private final VBox content = new VBox();
  private final VBox history = new VBox();
  private final Sheet sheet;
  private final Subscription steps;
  private Runnable leave = () -> {};

  private DrillSheet(Sheets sheets, Dialogs dialogs, DrillModel model) {
    this.sheets = sheets;
    this.dialogs = dialogs;
    this.model = model;
    content.getStyleClass().add("restore");
    history.getStyleClass().add("facts");
    history.setId("drill-history");
    VBox all = new VBox(content, history);
    all.getStyleClass().add("restore");
    this.sheet =
        new Sheet(
                "drill",
                BackupsText.of("drill.title", model.archive().archive().getFileName()),
                new FittingScroll(all))
            .withStyle("wide");
    model.history().addListener((ListChangeListener<Object>) change -> tellHistory());
    this.steps =
        Subscription.combine(
            model.unread().subscribe(problem -> tellHistory()), model.step().subscribe(this::show));
  }

  /** Shows the sheet. */
  static void open(Sheets sheets, Dialogs dialogs, DrillModel model) {
    DrillSheet drill = new DrillSheet(sheets, dialogs, model);
    sheets.show(drill.sheet, drill::ended);
  }

  private void ended() {
    steps.unsubscribe();
    leave.run();
  }

  private Button close(String key) {
    Button close = new Button(BackupsText.of(key));
    close.setId("drill-close");
    close.setOnAction(event -> {
      ended();
      sheets.close(sheet);
    });
    return close;
  }

  private void foot(Node focused, Button... buttons) {
    sheet.withButtons(buttons).focusing(focused);
    focused.requestFocus();
  }

  private void show(DrillModel.Step step) {
    leave.run();
    leave = () -> {};
    history.setVisible(step instanceof DrillModel.Step.Locked);
    history.setManaged(history.isVisible());
    switch (step) {
      case DrillModel.Step.Locked(var problem) -> locked(problem);
      case DrillModel.Step.Running(Job job) -> running(job);
      case DrillModel.Step.Ended(var receipt, var problem) -> {
        content.getChildren().setAll(DrillTexts.receipt(receipt, problem));
        Button close = close("restore.close");
        foot(close, close);
      }
    }
  }

  private void locked(@Nullable Problem problem) {
    UnlockPane pane =
        new UnlockPane("drill", BackupsText.of("drill.text"), dialogs, model.key(), problem);
    leave = pane::leave;
    content.getChildren().setAll(pane);
    Button go = new Button(BackupsText.of("drill.go"));
    go.setId("drill-go");
    go.getStyleClass().add(Styles.ACCENT);
    go.setDefaultButton(true);
    go.disableProperty().bind(pane.missing());
    go.setOnAction(event -> model.start(pane.take()));
    foot(pane.field(), close("restore.cancel"), go);
  }

  private void running(Job job) {
    ProgressPane pane = new ProgressPane("drill", BackupsText.of("drill.running"), job);
    leave = pane::leave;
    content.getChildren().setAll(pane);
    Button hide = close("restore.hide");
    foot(hide, hide, pane.stop());
  }

  private void tellHistory() {
    Label title = new Label(BackupsText.of("drill.history"));
    title.getStyleClass().add(Look.SECTION_TITLE);
    List<Node> lines = new ArrayList<>(List.of(title));
    Problem problem = model.unread().get();
    if (problem != null) {
      lines.add(Sheet.text(problem.title() + ". " + problem.happened()));
    } else if (model.history().isEmpty()) {
      lines.add(Sheet.mutedText(BackupsText.of("drill.none")));
    }
    model.history().stream().limit(SHOWN).map(DrillTexts::line).forEach(lines::add);
    history.getChildren().setAll(lines);
  }
}
