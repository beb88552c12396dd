package dev.quayside.ui.logs;

import dev.quayside.ui.theme.Icon;
import javafx.collections.ListChangeListener;
import javafx.scene.control.CheckBox;
import javafx.scene.control.CustomMenuItem;
import javafx.scene.control.MenuButton;
import javafx.scene.layout.Region;

/** Chooses whose lines are shown; each service stands in its colour with its name. */
final class ServiceMenu extends MenuButton {

  private final LogsModel model;

  ServiceMenu(LogsModel model) {
    this.model = model;
    setId("logs-services");
    setMinWidth(Region.USE_PREF_SIZE);
    setGraphic(Icon.FILTER.node());
    setAccessibleText(LogsText.of("services.name"));
    model.services().addListener((ListChangeListener<ServiceChoice>) change -> rebuild());
    rebuild();
  }

  private void rebuild() {
    getItems().setAll(model.services().stream().map(this::item).toList());
    setDisable(model.services().isEmpty());
    count();
  }

  private CustomMenuItem item(ServiceChoice choice) {
    CheckBox box = new CheckBox(LogsText.name(choice.name()));
    // Names have underscores, which are no mnemonics.
    box.setMnemonicParsing(false);
    Region dot = new Region();
    dot.getStyleClass().addAll("service-dot", "service-colour-" + choice.colour());
    box.setGraphic(dot);
    box.selectedProperty().bindBidirectional(choice.shown());
    choice.shown().addListener((source, before, now) -> count());
    CustomMenuItem item = new CustomMenuItem(box, false);
    // Reached with the arrow keys, toggled with Enter.
    item.setOnAction(event -> choice.shown().set(!choice.shown().get()));
    return item;
  }

  private void count() {
    int all = model.services().size();
    long shown = model.services().stream().filter(choice -> choice.shown().get()).count();
    if (all == 0) {
      setText(LogsText.of("services.none"));
    } else {
      setText(
          shown == all ? LogsText.of("services.all") : LogsText.of("services.some", shown, all));
    }
  }
}
