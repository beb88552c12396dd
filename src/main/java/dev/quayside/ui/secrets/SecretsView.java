package dev.quayside.ui.secrets;

import dev.quayside.common.Problem;
import dev.quayside.common.Quantities;
import dev.quayside.secrets.RotationReceipt;
import dev.quayside.secrets.SecretFlag;
import dev.quayside.secrets.SecretStatus;
import dev.quayside.ui.action.Action;
import dev.quayside.ui.action.ActionNodes;
import dev.quayside.ui.control.Columns;
import dev.quayside.ui.control.EmptyState;
import dev.quayside.ui.control.PageHeader;
import dev.quayside.ui.control.RelativeAge;
import dev.quayside.ui.control.TonePill;
import dev.quayside.ui.dialog.ProblemView;
import dev.quayside.ui.theme.Icon;
import dev.quayside.ui.theme.Look;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Lays out the Secrets page. */
final class SecretsView extends VBox {

  private static final int RECEIPTS = 4;

  private final SecretsModel model;
  private final InstantSource clock;
  private final TableView<SecretStatus> table = new TableView<>();
  private final Label reason = new Label();
  private final Label summary = new Label();
  private final VBox receipts = new VBox();
  private final StackPane body = new StackPane();
  private final VBox listed;
  private final Consumer<RotationReceipt> openReceipt;
  private final Node stackButtons;
  private String lastChosen = "";

  SecretsView(
      SecretsModel model,
      InstantSource clock,
      Action rotate,
      Consumer<RotationReceipt> openReceipt,
      Node stackButtons) {
    this.model = model;
    this.stackButtons = stackButtons;
    this.clock = clock;
    this.openReceipt = openReceipt;
    getStyleClass().add(Look.PAGE);
    fillTable(rotate);
    reason.setId("secrets-reason");
    reason.setWrapText(true);
    reason.getStyleClass().add(Look.MUTED);
    receipts.getStyleClass().add("receipts");
    listed = new VBox(summary, table, reason, receipts);
    listed.getStyleClass().add("page-stack");
    VBox.setVgrow(table, Priority.ALWAYS);
    VBox.setVgrow(body, Priority.ALWAYS);
    getChildren()
        .addAll(
            new PageHeader(
                SecretsText.of("title"), SecretsText.of("subtitle"), ActionNodes.button(rotate)),
            new RotationStrip(model.rotating(), model.planning()),
            body);
    model.state().subscribe(this::showState);
    model
        .secrets()
        .addListener(
            (ListChangeListener<SecretStatus>)
                change -> {
                  // The state equals the one before where a list was read again, and tells nobody.
                  if (model.state().get() instanceof SecretsModel.State.Ready ready) {
                    showState(ready);
                  }
                  choose(lastChosen);
                });
    model.receipts().addListener((ListChangeListener<RotationReceipt>) change -> showReceipts());
    table.getSelectionModel().selectedItemProperty().subscribe(this::explain);
  }

  /** Returns the chosen secret. */
  ObservableValue<? extends @Nullable SecretStatus> chosen() {
    return table.getSelectionModel().selectedItemProperty();
  }

  void choose(String name) {
    for (SecretStatus secret : model.secrets()) {
      if (secret.name().equals(name)) {
        table.getSelectionModel().select(secret);
        table.scrollTo(secret);
      }
    }
  }

  private void fillTable(Action rotate) {
    table.setId("secrets-table");
    table.setAccessibleText(SecretsText.of("table.name"));
    table.setItems(model.secrets());
    table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
    table
        .getColumns()
        .setAll(
            List.of(
                Columns.text("secret-name", SecretsText.of("column.name"), 190, SecretStatus::name),
                Columns.text(
                    "secret-class",
                    SecretsText.of("column.class"),
                    180,
                    secret -> SecretsText.classOf(secret.governing())),
                Columns.node("secret-age", SecretsText.of("column.age"), 80, byAge(), this::age),
                Columns.text(
                    "secret-copies",
                    SecretsText.of("column.copies"),
                    110,
                    secret -> String.join(", ", secret.copies())),
                Columns.text(
                    "secret-consumers",
                    SecretsText.of("column.consumers"),
                    170,
                    SecretsText::consumers),
                Columns.node(
                    "secret-flags",
                    SecretsText.of("column.flags"),
                    225,
                    Comparator.comparing(SecretsText::flags),
                    this::flags),
                Columns.text(
                    "secret-rotatable",
                    SecretsText.of("column.rotatable"),
                    220,
                    SecretsView::rotatable)));
    table.setRowFactory(shown -> {
      TableRow<SecretStatus> row = new TableRow<>();
      row.setOnMouseClicked(event -> {
        if (event.getButton() == MouseButton.PRIMARY
            && event.getClickCount() == 2
            && !row.isEmpty()) {
          rotate.run();
        }
      });
      return row;
    });
  }

  private static String rotatable(SecretStatus secret) {
    return secret.rotatable() ? SecretsText.of("rotatable.yes") : secret.reason();
  }

  private static Comparator<SecretStatus> byAge() {
    return Comparator.comparing(
        SecretStatus::changedAt, Comparator.nullsFirst(Comparator.naturalOrder()));
  }

  private Node age(SecretStatus secret) {
    Label label = new Label(SecretsText.age(secret, clock.instant()));
    String spoken =
        secret.changedAt() == null
            ? SecretsText.of("age.unknown")
            : SecretsText.of("age.changed", RelativeAge.exact(secret.changedAt()));
    label.setTooltip(new javafx.scene.control.Tooltip(spoken));
    label.setAccessibleText(spoken);
    return label;
  }

  private Node flags(SecretStatus secret) {
    HBox pills = new HBox();
    pills.getStyleClass().add("pills");
    pills.setAlignment(Pos.CENTER_LEFT);
    pills.setAccessibleText(SecretsText.flags(secret));
    for (SecretFlag flag : secret.flags()) {
      TonePill pill = new TonePill(tone(flag), SecretsText.flag(flag));
      pill.setMinWidth(USE_PREF_SIZE);
      pills.getChildren().add(pill);
    }
    return pills;
  }

  private static TonePill.Tone tone(SecretFlag flag) {
    return switch (flag) {
      case PUBLIC, MISSING, READABLE_BY_OTHERS -> TonePill.Tone.BAD;
      case SHARED, DUPLICATE, DIFFERS -> TonePill.Tone.WARN;
      case INERT -> TonePill.Tone.OFF;
    };
  }

  private void explain(@Nullable SecretStatus secret) {
    if (secret == null) {
      reason.setText(SecretsText.of("choose"));
      return;
    }
    lastChosen = secret.name();
    String meaning = SecretsText.meaning(secret.governing());
    String cost = secret.reason().isBlank() ? "" : " " + secret.reason();
    reason.setText(secret.name() + ": " + meaning + cost);
  }

  private void summarise() {
    long rotatable = model.secrets().stream().filter(SecretStatus::rotatable).count();
    long flagged = model.secrets().stream().filter(secret -> !secret.flags().isEmpty()).count();
    summary.setText(SecretsText.of("summary", model.secrets().size(), rotatable, flagged));
  }

  private void showReceipts() {
    receipts.getChildren().clear();
    receipts.setVisible(!model.receipts().isEmpty());
    receipts.setManaged(!model.receipts().isEmpty());
    if (model.receipts().isEmpty()) {
      return;
    }
    Label heading = new Label(SecretsText.of("receipts"));
    heading.getStyleClass().add(Look.SECTION_TITLE);
    receipts.getChildren().add(heading);
    model.receipts().stream()
        .limit(RECEIPTS)
        .map(this::receiptRow)
        .forEach(receipts.getChildren()::add);
  }

  private Node receiptRow(RotationReceipt receipt) {
    String names =
        receipt.secrets().stream()
            .map(RotationReceipt.RotatedSecret::name)
            .collect(Collectors.joining(", "));
    Instant now = clock.instant();
    Hyperlink link =
        new Hyperlink(
            SecretsText.of(
                "receipt.row", names, Quantities.duration(Duration.between(receipt.began(), now))),
            Icon.VERIFY.node());
    link.setOnAction(event -> openReceipt.accept(receipt));
    return link;
  }

  private void showState(SecretsModel.State state) {
    Node now =
        switch (state) {
          case SecretsModel.State.NoStack() ->
              new EmptyState(
                  Icon.SECRETS,
                  SecretsText.of("no-stack.title"),
                  SecretsText.of("no-stack.text"),
                  stackButtons);
          case SecretsModel.State.Loading(String stack) -> loading(stack);
          case SecretsModel.State.Ready(String stack) -> ready(stack);
          case SecretsModel.State.Failed(String stack, var problem) -> failed(problem);
        };
    if (!body.getChildren().equals(List.of(now))) {
      body.getChildren().setAll(now);
    }
  }

  private Node failed(Problem problem) {
    Button again = new Button(SecretsText.of("again"), Icon.REFRESH.node());
    again.setOnAction(event -> model.reload());
    Label title = new Label(problem.title());
    title.getStyleClass().addAll(Look.SECTION_TITLE, Look.BAD);
    VBox box = new VBox(title, new ProblemView(problem), again);
    box.getStyleClass().add("page-stack");
    return box;
  }

  private Node ready(String stack) {
    if (model.secrets().isEmpty()) {
      return new EmptyState(
          Icon.SECRETS, SecretsText.of("none.title"), SecretsText.of("none.text", stack));
    }
    summarise();
    showReceipts();
    return listed;
  }

  private static Node loading(String stack) {
    ProgressIndicator busy = new ProgressIndicator();
    busy.setAccessibleText(SecretsText.of("loading", stack));
    busy.setMaxSize(40, 40);
    VBox box = new VBox(busy, new Label(SecretsText.of("loading", stack)));
    box.setAlignment(Pos.CENTER);
    box.getStyleClass().add("page-stack");
    return box;
  }
}
