package dev.quayside.ui.action;

import dev.quayside.common.Messages;
import dev.quayside.ui.dialog.Sheet;
import dev.quayside.ui.dialog.Sheets;
import dev.quayside.ui.theme.Icon;
import dev.quayside.ui.theme.Look;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.jspecify.annotations.Nullable;

/**
 * Lets the operator run any action and reach any page or service by typing a few letters of its
 * name.
 */
public final class Palette {

  private final Messages messages = Messages.of("shell");
  private final Actions actions;
  private final Sheets sheets;
  private final Supplier<List<PaletteItem>> more;

  /**
   * Creates a palette.
   *
   * @param more asked at each opening for things that come and go, such as services
   */
  public Palette(Actions actions, Sheets sheets, Supplier<List<PaletteItem>> more) {
    this.actions = actions;
    this.sheets = sheets;
    this.more = more;
  }

  /** Opens it. */
  public void open() {
    List<PaletteItem> items = items();
    TextField field = new TextField();
    field.setId("palette-field");
    field.setPromptText(messages.get("palette.prompt"));
    field.setAccessibleText(messages.get("palette.prompt"));
    ListView<PaletteItem> list = new ListView<>();
    list.setId("palette-list");
    list.getStyleClass().add("palette-list");
    list.setAccessibleText(messages.get("palette.results"));
    Label none = new Label(messages.get("palette.none"));
    none.getStyleClass().add(Look.MUTED);
    list.setPlaceholder(none);
    list.getItems().setAll(items);
    list.getSelectionModel().selectFirst();
    Sheet sheet =
        new Sheet("palette", messages.get("palette.title"), field, list)
            .withStyle("palette")
            .focusing(field);
    field
        .textProperty()
        .addListener((source, before, now) -> {
          list.getItems().setAll(found(items, now));
          list.getSelectionModel().selectFirst();
          list.scrollTo(0);
        });
    list.setCellFactory(view -> new ItemCell(item -> run(sheet, item)));
    Runnable run = () -> run(sheet, list.getSelectionModel().getSelectedItem());
    field.addEventFilter(KeyEvent.KEY_PRESSED, event -> keys(event, list, run));
    sheets.show(sheet);
  }

  private void run(Sheet sheet, @Nullable PaletteItem item) {
    if (item != null) {
      sheets.close(sheet);
      item.run().run();
    }
  }

  private static void keys(KeyEvent event, ListView<PaletteItem> list, Runnable run) {
    int at = list.getSelectionModel().getSelectedIndex();
    switch (event.getCode()) {
      case DOWN -> move(list, at + 1);
      case UP -> move(list, at - 1);
      case PAGE_DOWN -> move(list, Math.min(at + 8, list.getItems().size() - 1));
      case PAGE_UP -> move(list, Math.max(at - 8, 0));
      case ENTER -> run.run();
      default -> {
        return;
      }
    }
    event.consume();
  }

  private static void move(ListView<PaletteItem> list, int to) {
    if (to >= 0 && to < list.getItems().size()) {
      list.getSelectionModel().select(to);
      list.scrollTo(Math.max(0, to - 4));
    }
  }

  private List<PaletteItem> items() {
    List<PaletteItem> items = new ArrayList<>();
    for (Action action : actions.all()) {
      if (action.enabled().get()) {
        String keys = action.keys() == null ? "" : action.keys().getDisplayText();
        items.add(new PaletteItem(action.text(), action.group(), keys, action.icon(), action::run));
      }
    }
    items.addAll(more.get());
    return items;
  }

  static List<PaletteItem> found(List<PaletteItem> items, String query) {
    record Scored(PaletteItem item, int score) {}
    List<Scored> scored = new ArrayList<>();
    for (PaletteItem item : items) {
      OptionalInt score = FuzzyMatch.score(query, item.text());
      if (score.isEmpty()) {
        score = FuzzyMatch.score(query, item.text() + " " + item.group());
      }
      score.ifPresent(points -> scored.add(new Scored(item, points)));
    }
    scored.sort(Comparator.comparingInt(Scored::score).reversed());
    return scored.stream().map(Scored::item).toList();
  }

  /** Shows one item: icon, text, kind, keys. */
  private static final class ItemCell extends ListCell<PaletteItem> {

    private final Label text = new Label();
    private final Label group = new Label();
    private final Label keys = new Label();
    private final HBox box = new HBox(text, group, keys);

    ItemCell(Consumer<@Nullable PaletteItem> run) {
      // Of the cell and not of the list, whose scroll bar and empty space are no choice.
      setOnMouseClicked(event -> {
        if (event.getButton() == MouseButton.PRIMARY && !isEmpty()) {
          run.accept(getItem());
        }
      });
      box.getStyleClass().add("palette-item");
      group.getStyleClass().addAll(Look.MUTED, Look.SMALL);
      keys.getStyleClass().add("keys");
      text.setMaxWidth(Double.MAX_VALUE);
      HBox.setHgrow(text, Priority.ALWAYS);
    }

    @Override
    protected void updateItem(@Nullable PaletteItem item, boolean empty) {
      super.updateItem(item, empty);
      if (empty || item == null) {
        setGraphic(null);
        setAccessibleText(null);
        return;
      }
      Icon icon = item.icon();
      text.setText(item.text());
      text.setGraphic(icon.node());
      group.setText(item.group());
      keys.setText(item.keys());
      keys.setVisible(!item.keys().isEmpty());
      setAccessibleText(item.text() + ", " + item.group());
      setGraphic(box);
    }
  }
}
