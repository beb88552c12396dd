package dev.quayside.ui.action;

import atlantafx.base.theme.Styles;
import dev.quayside.ui.theme.Look;
import javafx.beans.binding.Bindings;
import javafx.scene.control.Button;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;

/**
 * Makes buttons and menu items out of actions, so that text, icon, keys and state cannot drift
 * apart.
 */
public final class ActionNodes {

  private ActionNodes() {}

  /** Returns a button with icon and text. */
  public static Button button(Action action) {
    Button button = new Button(action.text(), action.icon().node());
    button.setId(action.id());
    wire(button, action);
    return button;
  }

  /** Returns a button that shows only the icon; the text is its accessible name and tooltip. */
  public static Button iconButton(Action action) {
    Button button = new Button(null, action.icon().node());
    button.setId(action.id());
    button.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT, Look.ICON_BUTTON);
    button.setAccessibleText(action.text());
    wire(button, action);
    return button;
  }

  /** Returns a menu item with icon, text and keys. */
  public static MenuItem menuItem(Action action) {
    MenuItem item = new MenuItem(action.text(), action.icon().node());
    item.setId(action.id());
    item.setOnAction(event -> action.run());
    item.disableProperty().bind(Bindings.not(action.enabled()));
    return item;
  }

  private static void wire(Button button, Action action) {
    button.setOnAction(event -> action.run());
    button.disableProperty().bind(Bindings.not(action.enabled()));
    button.setTooltip(new Tooltip(hint(action)));
  }

  private static String hint(Action action) {
    return action.keys() == null
        ? action.text()
        : action.text() + "  " + action.keys().getDisplayText();
  }
}
