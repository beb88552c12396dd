package dev.quayside.ui.services;

import atlantafx.base.controls.CustomTextField;
import dev.quayside.common.Messages;
import dev.quayside.ui.action.Action;
import dev.quayside.ui.action.ActionNodes;
import dev.quayside.ui.theme.Icon;
import dev.quayside.ui.theme.Look;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javafx.scene.control.Button;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/** Is the row above the table: what is listed, and what can be done to the selected. */
final class ServicesTools extends HBox {

  // The row has to fit into the narrowest window.
  private static final int FILTER_COLUMNS = 10;

  private final Messages messages = Messages.of("services");
  private final TextField text = new CustomTextField();
  private final ChoiceBox<ServiceFilter.States> states;
  private final ChoiceBox<ServiceFilter.Exposures> exposures;
  private final Label selected = new Label();
  private final ServicesModel model;

  ServicesTools(ServicesModel model, ServicesActions actions, Supplier<String> stack) {
    this.model = model;
    getStyleClass().add(Look.TOOLS);
    text.setId("services-filter");
    text.setPrefColumnCount(FILTER_COLUMNS);
    text.setPromptText(messages.get("filter.short"));
    text.setTooltip(new Tooltip(messages.get("filter.prompt")));
    text.setAccessibleText(messages.get("filter.prompt"));
    ((CustomTextField) text).setLeft(Icon.SEARCH.node());
    states =
        choice(
            "filter.state",
            ServiceFilter.States.values(),
            word -> messages.get("filter.state." + word));
    exposures =
        choice(
            "filter.exposure",
            ServiceFilter.Exposures.values(),
            word -> messages.get("filter.exposure." + word));
    text.textProperty().addListener((source, before, now) -> change());
    states.valueProperty().addListener((source, before, now) -> change());
    exposures.valueProperty().addListener((source, before, now) -> change());
    Region spring = new Region();
    HBox.setHgrow(spring, Priority.ALWAYS);
    selected.getStyleClass().add(Look.MUTED);
    selected.setMinWidth(0);
    getChildren().addAll(text, states, exposures, spring, selected);
    getChildren().add(new StackMenu(model, actions.up(), stack));
    for (Action action :
        List.of(actions.start(), actions.stop(), actions.restart(), actions.recreate())) {
      Button button = ActionNodes.button(action);
      button.setText(messages.get("button." + action.id().substring("services.".length())));
      button.setAccessibleText(action.text());
      button.setMinWidth(Region.USE_PREF_SIZE);
      getChildren().add(button);
    }
  }

  private <E extends Enum<E>> ChoiceBox<E> choice(
      String key, E[] values, UnaryOperator<String> text) {
    ChoiceBox<E> box = new ChoiceBox<>();
    box.setId(key.replace('.', '-'));
    box.setAccessibleText(messages.get(key));
    box.getItems().setAll(values);
    box.setValue(values[0]);
    box.setConverter(
        new StringConverter<>() {
          @Override
          public String toString(@Nullable E value) {
            return value == null ? "" : text.apply(value.name().toLowerCase(Locale.ROOT));
          }

          @Override
          public @Nullable E fromString(String words) {
            return null;
          }
        });
    return box;
  }

  private void change() {
    model
        .filter()
        .set(
            new ServiceFilter(
                model.filter().get().stack(),
                text.getText(),
                states.getValue(),
                exposures.getValue()));
  }

  void clearFilter() {
    text.clear();
    states.setValue(ServiceFilter.States.ANY);
    exposures.setValue(ServiceFilter.Exposures.ANY);
  }

  void find() {
    text.requestFocus();
    text.selectAll();
  }

  void count(int chosen, int listed) {
    String words = chosen == 0 ? messages.get("listed", listed) : messages.get("selected", chosen);
    if (!words.equals(selected.getText())) {
      selected.setText(words);
    }
  }
}
