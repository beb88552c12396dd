package dev.quayside.ui.shell;

import dev.quayside.ui.theme.Icon;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** Lists the pages at the left of the window. */
final class Rail extends ScrollPane {

  private final Map<String, ToggleButton> buttons = new HashMap<>();
  private final ToggleGroup group = new ToggleGroup();

  Rail(String name, List<PageSpec> pages, Consumer<String> chosen) {
    getStyleClass().add("rail");
    setId("rail");
    setFitToWidth(true);
    setHbarPolicy(ScrollBarPolicy.NEVER);
    setFocusTraversable(false);
    setAccessibleText(name);
    VBox column = new VBox();
    column.getStyleClass().add("rail-column");
    int number = 1;
    for (PageSpec page : pages) {
      column.getChildren().add(button(page, number++, chosen));
    }
    setContent(column);
  }

  private ToggleButton button(PageSpec page, int number, Consumer<String> chosen) {
    ToggleButton button = new ToggleButton(page.title(), icon(page.icon()));
    button.setId("rail-" + page.id());
    button.getStyleClass().add("rail-button");
    button.setMaxWidth(Double.MAX_VALUE);
    button.setToggleGroup(group);
    button.setOnAction(event -> {
      // A page cannot be switched off, only another one on.
      button.setSelected(true);
      chosen.accept(page.id());
    });
    if (number <= 9) {
      String keys = KeyCombination.valueOf("Shortcut+" + number).getDisplayText();
      button.setTooltip(new Tooltip(page.title() + "  " + keys));
    }
    buttons.put(page.id(), button);
    return button;
  }

  private static Node icon(Icon icon) {
    // Glyphs differ in width, and the words are to begin at one place.
    StackPane place = new StackPane(icon.node());
    place.getStyleClass().add("rail-icon");
    return place;
  }

  void select(String id) {
    ToggleButton button = buttons.get(id);
    if (button != null) {
      button.setSelected(true);
    }
  }
}
