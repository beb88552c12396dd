package dev.quayside.ui.journal;

import dev.quayside.common.ForeignText;
import dev.quayside.common.Messages;
import dev.quayside.common.Problem;
import dev.quayside.common.Subscription;
import dev.quayside.journal.EntryKind;
import dev.quayside.journal.JournalCheck;
import dev.quayside.journal.JournalEntry;
import dev.quayside.ui.action.Action;
import dev.quayside.ui.action.ActionNodes;
import dev.quayside.ui.control.AgeText;
import dev.quayside.ui.control.Columns;
import dev.quayside.ui.control.EmptyState;
import dev.quayside.ui.control.PageHeader;
import dev.quayside.ui.control.RelativeAge;
import dev.quayside.ui.control.TonePill;
import dev.quayside.ui.dialog.ProblemView;
import dev.quayside.ui.shell.Page;
import dev.quayside.ui.shell.PageSpec;
import dev.quayside.ui.shell.Workbench;
import dev.quayside.ui.theme.Icon;
import dev.quayside.ui.theme.Look;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import javafx.collections.ListChangeListener;
import javafx.collections.transformation.SortedList;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** Is the Journal page: what was done, newest first, and whether the chain is whole. */
public final class JournalPage implements Page {

  private static final int LONGEST = 200;

  private final Workbench workbench;
  private final JournalModel model;
  private final VBox view;
  private final StackPane body = new StackPane();
  private final TextField filter = new TextField();
  private final TonePill verdict = new TonePill();
  private final TableView<JournalRow> table = new TableView<>();
  private final Subscription actions;
  private javafx.util.Subscription ages = javafx.util.Subscription.EMPTY;
  private long lastChosen = -1;

  /** Builds the page; nothing is read before it is seen. */
  public JournalPage(Workbench workbench, JournalBackend backend) {
    this.workbench = workbench;
    this.model = new JournalModel(backend, workbench.background(), workbench.clock());
    Action verify =
        Action.of(
            "journal.verify",
            JournalText.of("title"),
            JournalText.of("action.verify"),
            Icon.VERIFY,
            model::verify);
    this.actions = workbench.actions().register(verify);
    fillTable();
    verdict.setId("journal-verdict");
    view =
        new VBox(
            new PageHeader(
                JournalText.of("title"),
                JournalText.of("subtitle"),
                verdict,
                ActionNodes.button(verify)),
            tools(),
            body);
    view.getStyleClass().add(Look.PAGE);
    VBox.setVgrow(body, Priority.ALWAYS);
    model.check().subscribe(this::showCheck);
    model.state().subscribe(this::showState);
  }

  private Node tools() {
    filter.setId("journal-filter");
    filter.setPromptText(JournalText.of("filter"));
    filter.setAccessibleText(JournalText.of("filter"));
    filter.setPrefColumnCount(30);
    filter.textProperty().bindBidirectional(model.filter());
    HBox row = new HBox(filter);
    row.getStyleClass().add(Look.TOOLS);
    row.setAlignment(Pos.CENTER_LEFT);
    return row;
  }

  private void fillTable() {
    table.setId("journal-table");
    table.setAccessibleText(JournalText.of("table.name"));
    SortedList<JournalRow> sorted = new SortedList<>(model.shown());
    sorted.comparatorProperty().bind(table.comparatorProperty());
    table.setItems(sorted);
    table.setPlaceholder(nothingMatches());
    table
        .getSelectionModel()
        .selectedItemProperty()
        .subscribe(row -> lastChosen = row == null ? lastChosen : row.entry().number());
    model.shown().addListener((ListChangeListener<JournalRow>) change -> chooseAgain());
    table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
    table
        .getColumns()
        .setAll(
            List.of(
                Columns.text(
                    "journal-number",
                    JournalText.of("column.number"),
                    60,
                    row -> Long.toString(row.entry().number())),
                Columns.text(
                    "journal-at",
                    JournalText.of("column.at"),
                    200,
                    row -> RelativeAge.exact(row.entry().at())),
                Columns.node(
                    "journal-kind",
                    JournalText.of("column.kind"),
                    120,
                    Comparator.comparing(row -> row.entry().kind()),
                    row -> kind(row.entry())),
                Columns.text(
                    "journal-action",
                    JournalText.of("column.action"),
                    130,
                    row -> ForeignText.line(row.entry().action(), LONGEST)),
                Columns.text(
                    "journal-subject",
                    JournalText.of("column.subject"),
                    160,
                    row -> ForeignText.line(row.entry().subject(), LONGEST)),
                Columns.text(
                    "journal-details",
                    JournalText.of("column.details"),
                    420,
                    JournalRow::details)));
  }

  private Node nothingMatches() {
    Button clear = new Button(JournalText.of("clear"), Icon.CLEAR.node());
    clear.setId("journal-clear");
    clear.setOnAction(event -> {
      filter.clear();
      filter.requestFocus();
    });
    VBox box = new VBox(new Label(JournalText.of("nothing")), clear);
    box.getStyleClass().add("page-stack");
    box.setAlignment(Pos.CENTER);
    return box;
  }

  /** A filter that is taken away brings back what was chosen before it. */
  private void chooseAgain() {
    JournalRow chosen = table.getSelectionModel().getSelectedItem();
    if (chosen == null || chosen.entry().number() != lastChosen) {
      for (JournalRow row : model.shown()) {
        if (row.entry().number() == lastChosen) {
          table.getSelectionModel().select(row);
          return;
        }
      }
    }
  }

  private static Node kind(JournalEntry entry) {
    return new TonePill(tone(entry.kind()), JournalText.kind(entry.kind()));
  }

  private static TonePill.Tone tone(EntryKind kind) {
    return switch (kind) {
      case INTENT, STEP -> TonePill.Tone.INFO;
      case DONE -> TonePill.Tone.GOOD;
      case FAILED -> TonePill.Tone.BAD;
      case ATTENTION -> TonePill.Tone.WARN;
      case NOTE -> TonePill.Tone.OFF;
    };
  }

  private void showCheck(JournalModel.Check check) {
    switch (check) {
      case JournalModel.Check.NotYet() ->
          verdict.show(TonePill.Tone.UNKNOWN, JournalText.of("check.not-yet"));
      case JournalModel.Check.Running() ->
          verdict.show(TonePill.Tone.INFO, JournalText.of("check.running"));
      case JournalModel.Check.Done(JournalCheck.Intact(long entries, String head), Instant at) ->
          verdict.show(TonePill.Tone.GOOD, JournalText.of("check.intact", entries, ago(at)));
      case JournalModel.Check.Done(
              JournalCheck.Broken(long number, long line, String reason),
              Instant at) ->
          verdict.show(
              TonePill.Tone.BAD, JournalText.of("check.broken", number, line, reason, ago(at)));
    }
  }

  private String ago(Instant at) {
    return AgeText.of(Messages.of("shell"), at, workbench.clock().instant());
  }

  private void showState(JournalModel.State state) {
    Node now =
        switch (state) {
          case JournalModel.State.Reading() -> reading();
          case JournalModel.State.Empty() ->
              new EmptyState(
                  Icon.JOURNAL, JournalText.of("empty.title"), JournalText.of("empty.text"));
          case JournalModel.State.Listed() -> table;
          case JournalModel.State.Failed(Problem problem) -> failed(problem);
        };
    body.getChildren().setAll(now);
  }

  private static Node reading() {
    ProgressIndicator busy = new ProgressIndicator();
    busy.setAccessibleText(JournalText.of("loading"));
    busy.setMaxSize(40, 40);
    VBox box = new VBox(busy, new Label(JournalText.of("loading")));
    box.setId("journal-reading");
    box.getStyleClass().add("page-stack");
    box.setAlignment(Pos.CENTER);
    return box;
  }

  private static Node failed(Problem problem) {
    Label title = new Label(problem.title());
    title.getStyleClass().addAll(Look.SECTION_TITLE, Look.BAD);
    VBox box = new VBox(title, new ProblemView(problem));
    box.getStyleClass().add("page-stack");
    return box;
  }

  /** Describes the page for the rail. */
  public static PageSpec spec(JournalBackend backend) {
    return new PageSpec(
        "journal",
        JournalText.of("title"),
        Icon.JOURNAL,
        workbench -> new JournalPage(workbench, backend));
  }

  @Override
  public Node view() {
    return view;
  }

  @Override
  public void shown() {
    model.reload();
    ages.unsubscribe();
    ages = workbench.status().subscribe(snapshot -> showCheck(model.check().get()));
  }

  @Override
  public void hidden() {
    ages.unsubscribe();
  }

  @Override
  public void refresh() {
    model.reload();
  }

  @Override
  public void find() {
    filter.requestFocus();
  }

  @Override
  public void close() {
    ages.unsubscribe();
    actions.close();
  }
}
