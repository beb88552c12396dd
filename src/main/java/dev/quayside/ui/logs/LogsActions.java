package dev.quayside.ui.logs;

import dev.quayside.ui.action.Action;
import dev.quayside.ui.theme.Icon;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;

/**
 * Holds what can be done on the Logs page.
 *
 * @param follow follows new lines, or pauses
 * @param newest goes to the newest line
 * @param nextError goes to the next line that claims an error
 * @param previousError goes to the one before
 * @param copy copies the chosen lines
 * @param save saves the shown lines
 * @param clear forgets the lines
 */
record LogsActions(
    LogsModel model,
    Action follow,
    Action newest,
    Action nextError,
    Action previousError,
    Action copy,
    Action save,
    Action clear) {

  Action[] all() {
    return new Action[] {follow, newest, nextError, previousError, copy, save, clear};
  }

  static Action action(String name, Icon icon, Runnable handler) {
    return Action.of(
        "logs." + name, LogsText.of("group"), LogsText.of("action." + name), icon, handler);
  }

  /** Returns the button that shows whether new lines are followed. */
  ToggleButton followButton() {
    ToggleButton button = new ToggleButton(LogsText.of("toggle.follow"), Icon.FOLLOW.node());
    button.setId("logs-follow");
    button.setMinWidth(Region.USE_PREF_SIZE);
    button.setTooltip(new Tooltip(LogsText.of("action.follow")));
    button.selectedProperty().bindBidirectional(model.following());
    button
        .graphicProperty()
        .bind(
            Bindings.when(model.following()).then(Icon.FOLLOW.node()).otherwise(Icon.PAUSE.node()));
    return button;
  }

  /** Returns a button that is pressed while {@code state} holds . */
  static ToggleButton toggle(String name, Icon icon, BooleanProperty state) {
    ToggleButton button = new ToggleButton(LogsText.of("toggle." + name), icon.node());
    button.setId("logs-" + name);
    button.setMinWidth(Region.USE_PREF_SIZE);
    button.setTooltip(new Tooltip(LogsText.of("action." + name)));
    button.selectedProperty().bindBidirectional(state);
    return button;
  }
}
