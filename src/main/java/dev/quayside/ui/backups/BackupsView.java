package dev.quayside.ui.backups;

import dev.quayside.backup.ShelvedArchive;
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
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.TableView;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Lays out the Backups page. An archive can be dropped on it to be restored. */
final class BackupsView extends VBox {

  private static final Duration AGES_KEPT = Duration.ofSeconds(10);

  private final BackupsModel model;
  private final InstantSource clock;
  private Instant agesTold = Instant.EPOCH;
  private final TableView<ShelvedArchive> table = new TableView<>();
  private final StackPane body = new StackPane();
  private final VBox listed;
  private final BackupsActions actions;
  private String lastChosen = "";

  BackupsView(
      BackupsModel model, InstantSource clock, BackupsActions actions, Consumer<Path> dropped) {
    this.model = model;
    this.clock = clock;
    this.actions = actions;
    getStyleClass().add(Look.PAGE);
    fillTable();
    HBox tools =
        new HBox(ActionNodes.button(actions.verify()), ActionNodes.button(actions.restoreChosen()));
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
            body);
    setOnDragOver(BackupsView::dragged);
    setOnDragDropped(event -> dropped(event, dropped));
    model.state().subscribe(state -> showState());
    model
        .archives()
        .addListener(
            (ListChangeListener<ShelvedArchive>)
                change -> {
                  showState();
                  chooseAgain();
                });
    table
        .getSelectionModel()
        .selectedItemProperty()
        .subscribe(archive -> lastChosen = archive == null ? lastChosen : archive.id());
  }

  /**
   * Says anew how long ago everything was. A cell keeps its text as long as its archive stays the
   * same, and an age from when the page was opened would be a wrong number.
   */
  void retellAges() {
    Instant now = clock.instant();
    if (Duration.between(agesTold, now).compareTo(AGES_KEPT) >= 0) {
      agesTold = now;
      table.refresh();
    }
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
    table.setId("backups-table");
    table.setAccessibleText(BackupsText.of("table.name"));
    table.setItems(model.archives());
    table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
    table
        .getColumns()
        .setAll(
            List.of(
                Columns.text(
                    "backup-stack", BackupsText.of("column.stack"), 140, ShelvedArchive::stack),
                Columns.node(
                    "backup-made",
                    BackupsText.of("column.made"),
                    120,
                    Comparator.comparing(ShelvedArchive::created),
                    this::made),
                Columns.node(
                    "backup-size",
                    BackupsText.of("column.size"),
                    90,
                    Comparator.comparingLong(ShelvedArchive::bytes),
                    BackupsView::size),
                Columns.node(
                    "backup-verified",
                    BackupsText.of("column.verified"),
                    170,
                    byVerified(),
                    this::verified),
                Columns.node(
                    "backup-complete",
                    BackupsText.of("column.complete"),
                    110,
                    Comparator.comparing(ShelvedArchive::complete),
                    BackupsView::complete),
                Columns.text(
                    "backup-file",
                    BackupsText.of("column.file"),
                    380,
                    archive -> archive.archive().toString())));
  }

  private static Comparator<ShelvedArchive> byVerified() {
    return Comparator.comparing(
        ShelvedArchive::verified, Comparator.nullsFirst(Comparator.naturalOrder()));
  }

  private Node made(ShelvedArchive archive) {
    return new Label(BackupsText.ago(archive.created(), clock.instant()));
  }

  private static Node size(ShelvedArchive archive) {
    Label size = new Label(Quantities.bytes(archive.bytes()));
    size.getStyleClass().add(Look.FIGURE);
    return size;
  }

  private Node verified(ShelvedArchive archive) {
    TonePill.Tone tone =
        archive.fault() != null
            ? TonePill.Tone.BAD
            : archive.verified() == null ? TonePill.Tone.WARN : TonePill.Tone.GOOD;
    return new TonePill(tone, BackupsText.verified(archive, clock.instant()));
  }

  private static Node complete(ShelvedArchive archive) {
    return archive.complete()
        ? new TonePill(TonePill.Tone.GOOD, BackupsText.of("complete"))
        : new TonePill(TonePill.Tone.WARN, BackupsText.of("incomplete"));
  }

  private void showState() {
    body.getChildren()
        .setAll(
            switch (model.state().get()) {
              case BackupsModel.State.Loading() -> {
                ProgressIndicator busy = new ProgressIndicator();
                busy.setAccessibleText(BackupsText.of("loading"));
                busy.setMaxSize(40, 40);
                yield busy;
              }
              case BackupsModel.State.Ready() -> model.archives().isEmpty() ? nothingYet() : listed;
              case BackupsModel.State.Failed(var problem) -> {
                Label title = new Label(problem.title());
                title.getStyleClass().addAll(Look.SECTION_TITLE, Look.BAD);
                VBox box = new VBox(title, new ProblemView(problem));
                box.getStyleClass().add("page-stack");
                yield box;
              }
            });
  }

  private Node nothingYet() {
    Button create = new Button(BackupsText.of("action.create"), Icon.ADD.node());
    create.setId("backups-first");
    create.setOnAction(event -> actions.create().run());
    return new EmptyState(
        Icon.BACKUPS, BackupsText.of("empty.title"), BackupsText.of("empty.text"), create);
  }
}
