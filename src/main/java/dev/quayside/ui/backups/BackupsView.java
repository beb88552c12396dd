package dev.quayside.ui.backups;

import dev.quayside.backup.ShelvedArchive;
import dev.quayside.common.Problem;
import dev.quayside.common.Quantities;
import dev.quayside.ui.action.ActionNodes;
import dev.quayside.ui.control.Columns;
import dev.quayside.ui.control.EmptyState;
import dev.quayside.ui.control.PageHeader;
import dev.quayside.ui.control.TonePill;
import dev.quayside.ui.dialog.ProblemView;
import dev.quayside.ui.theme.Icon;
import dev.quayside.ui.theme.Look;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Callback;
import org.jspecify.annotations.Nullable;

/** Lays out the Backups page. An archive can be dropped on it to be restored. */
final class BackupsView extends VBox {

  private static final Duration AGES_KEPT = Duration.ofSeconds(10);

  private final BackupsModel model;
  private final InstantSource clock;
  private final ObjectProperty<Instant> agesTold;
  private final TableView<ShelvedArchive> table = new TableView<>();
  private final StackPane body = new StackPane();
  private final VBox listed;
  private final BackupsActions actions;
  private final Node stackButtons;
  private boolean stackChosen;
  private String lastChosen = "";

  BackupsView(
      BackupsModel model,
      InstantSource clock,
      BackupsActions actions,
      Node stackButtons,
      Node standing,
      Consumer<Path> dropped) {
    this.model = model;
    this.clock = clock;
    this.agesTold = new SimpleObjectProperty<>(clock.instant());
    this.stackButtons = stackButtons;
    this.actions = actions;
    getStyleClass().add(Look.PAGE);
    fillTable();
    HBox tools =
        new HBox(
            ActionNodes.button(actions.verify()),
            ActionNodes.button(actions.drill()),
            ActionNodes.button(actions.restoreChosen()));
    tools.getStyleClass().add(Look.TOOLS);
    listed = new VBox(tools, table);
    listed.getStyleClass().add("page-stack");
    VBox.setVgrow(table, Priority.ALWAYS);
    VBox.setVgrow(body, Priority.ALWAYS);
    getChildren()
        .addAll(
            new PageHeader(
                BackupsText.of("title"),
                BackupsText.of("subtitle"),
                ActionNodes.button(actions.restoreFile()),
                ActionNodes.button(actions.create())),
            asking(),
            standing,
            body);
    setOnDragOver(BackupsView::dragged);
    setOnDragDropped(event -> dropped(event, dropped));
    model.state().subscribe(state -> showState());
    model
        .archives()
        .addListener(
            (ListChangeListener<ShelvedArchive>)
                change -> {
                  // What is new may be younger than the moment the ages were last told at.
                  agesTold.set(clock.instant());
                  showState();
                  chooseAgain();
                });
    table
        .getSelectionModel()
        .selectedItemProperty()
        .subscribe(archive -> lastChosen = archive == null ? lastChosen : archive.id());
  }

  /** Says anew how long ago everything was, in the cells that are there. */
  void retellAges() {
    Instant now = clock.instant();
    if (Duration.between(agesTold.get(), now).compareTo(AGES_KEPT) >= 0) {
      agesTold.set(now);
    }
  }

  /** Tells whether there is one stack that a backup would be of. */
  void stackChosen(boolean chosen) {
    stackChosen = chosen;
    showState();
  }

  /** Says that the stack is asked what can be saved, which takes a while. */
  private Node asking() {
    ProgressBar bar = new ProgressBar();
    bar.setFocusTraversable(false);
    Label words = new Label();
    words.setWrapText(true);
    HBox row = new HBox(bar, words);
    row.setId("backups-asking");
    row.getStyleClass().add(Look.TOOLS);
    row.setAlignment(Pos.CENTER_LEFT);
    model
        .asked()
        .subscribe(stack -> {
          words.setText(stack == null ? "" : BackupsText.of("asking", stack));
          bar.setAccessibleText(words.getText());
          row.setVisible(stack != null);
          row.setManaged(stack != null);
        });
    return row;
  }

  ObservableValue<? extends @Nullable ShelvedArchive> chosen() {
    return table.getSelectionModel().selectedItemProperty();
  }

  /** A list that was read anew holds other objects for the same archives. */
  private void chooseAgain() {
    for (ShelvedArchive archive : model.archives()) {
      if (archive.id().equals(lastChosen)) {
        table.getSelectionModel().select(archive);
      }
    }
  }

  private static void dragged(DragEvent event) {
    if (event.getDragboard().hasFiles() && event.getDragboard().getFiles().size() == 1) {
      event.acceptTransferModes(TransferMode.COPY);
    }
    event.consume();
  }

  private static void dropped(DragEvent event, Consumer<Path> dropped) {
    boolean one = event.getDragboard().hasFiles() && event.getDragboard().getFiles().size() == 1;
    event.setDropCompleted(one);
    event.consume();
    if (one) {
      dropped.accept(event.getDragboard().getFiles().getFirst().toPath());
    }
  }

  private void fillTable() {
    AgedColumn aged = new AgedColumn(agesTold);
    table.setId("backups-table");
    table.setAccessibleText(BackupsText.of("table.name"));
    table.setItems(model.archives());
    table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
    table
        .getColumns()
        .setAll(
            List.of(
                Columns.text(
                    "backup-stack", BackupsText.of("column.stack"), 145, ShelvedArchive::stack),
                aged.made(),
                Columns.node(
                    "backup-size",
                    BackupsText.of("column.size"),
                    90,
                    Comparator.comparingLong(ShelvedArchive::bytes),
                    BackupsView::size),
                aged.verified(),
                aged.proven(),
                Columns.node(
                    "backup-complete",
                    BackupsText.of("column.complete"),
                    110,
                    Comparator.comparing(ShelvedArchive::presence)
                        .thenComparing(ShelvedArchive::complete),
                    BackupsView::complete),
                file()));
  }

  /** The end of a path tells archives apart, and is what stays where there is little room. */
  private static TableColumn<ShelvedArchive, ShelvedArchive> file() {
    TableColumn<ShelvedArchive, ShelvedArchive> file =
        Columns.text(
            "backup-file",
            BackupsText.of("column.file"),
            250,
            archive -> archive.archive().toString());
    Callback<TableColumn<ShelvedArchive, ShelvedArchive>, TableCell<ShelvedArchive, ShelvedArchive>>
        cells = file.getCellFactory();
    file.setCellFactory(column -> {
      TableCell<ShelvedArchive, ShelvedArchive> cell = cells.call(column);
      cell.setTextOverrun(OverrunStyle.LEADING_ELLIPSIS);
      return cell;
    });
    return file;
  }

  private static Node size(ShelvedArchive archive) {
    Label size = new Label(Quantities.bytes(archive.bytes()));
    size.getStyleClass().add(Look.FIGURE);
    return size;
  }

  private static Node complete(ShelvedArchive archive) {
    return switch (archive.presence()) {
      case FILE_GONE -> new TonePill(TonePill.Tone.WARN, BackupsText.of("file-gone"));
      case NOT_AS_WRITTEN -> new TonePill(TonePill.Tone.BAD, BackupsText.of("not-as-written"));
      case DISK_AWAY -> new TonePill(TonePill.Tone.OFF, BackupsText.of("disk-away"));
      case THERE ->
          archive.complete()
              ? new TonePill(TonePill.Tone.GOOD, BackupsText.of("complete"))
              : new TonePill(TonePill.Tone.WARN, BackupsText.of("incomplete"));
    };
  }

  private void showState() {
    Node now =
        switch (model.state().get()) {
          case BackupsModel.State.Loading() -> loading();
          case BackupsModel.State.Ready() -> model.archives().isEmpty() ? nothingYet() : listed;
          case BackupsModel.State.Failed(var problem) -> failed(problem);
        };
    if (!body.getChildren().equals(List.of(now))) {
      body.getChildren().setAll(now);
    }
  }

  private static Node loading() {
    ProgressIndicator busy = new ProgressIndicator();
    busy.setAccessibleText(BackupsText.of("loading"));
    busy.setMaxSize(40, 40);
    return busy;
  }

  private static Node failed(Problem problem) {
    Label title = new Label(problem.title());
    title.getStyleClass().addAll(Look.SECTION_TITLE, Look.BAD);
    VBox box = new VBox(title, new ProblemView(problem));
    box.getStyleClass().add("page-stack");
    return box;
  }

  private Node nothingYet() {
    if (!stackChosen) {
      return new EmptyState(
          Icon.BACKUPS,
          BackupsText.of("empty.title"),
          BackupsText.of("empty.text") + " " + BackupsText.of("empty.choose"),
          stackButtons);
    }
    Button create = new Button(BackupsText.of("action.create"), Icon.ADD.node());
    create.setId("backups-first");
    create.setOnAction(event -> actions.create().run());
    create.disableProperty().bind(Bindings.not(actions.create().enabled()));
    return new EmptyState(
        Icon.BACKUPS, BackupsText.of("empty.title"), BackupsText.of("empty.text"), create);
  }
}
