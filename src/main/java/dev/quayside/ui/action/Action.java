package dev.quayside.ui.action;

import dev.quayside.ui.theme.Icon;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.input.KeyCombination;
import org.jspecify.annotations.Nullable;

/**
 * Describes one thing the operator can do. Buttons, menus, palette and the sheet of keys are all
 * made from it.
 *
 * @param id stable, dotted, for example {@code services.restart}; also the id of nodes made from it
 * @param group heading under which palette and key sheet list it, for people
 * @param text what it does, for people, beginning with a verb
 * @param icon its picture
 * @param keys its keys; null if it has none
 * @param enabled when it may run
 * @param handler what it does; runs on the FX thread
 */
public record Action(
    String id,
    String group,
    String text,
    Icon icon,
    @Nullable KeyCombination keys,
    ObservableBooleanValue enabled,
    Runnable handler) {

  /** Creates an action without keys that may always run. */
  public static Action of(String id, String group, String text, Icon icon, Runnable handler) {
    return new Action(id, group, text, icon, null, new SimpleBooleanProperty(true), handler);
  }

  /**
   * Returns the same action with keys, written as {@link KeyCombination#valueOf} reads them: {@code
   * Shortcut+K}.
   */
  public Action withKeys(String combination) {
    return new Action(id, group, text, icon, KeyCombination.valueOf(combination), enabled, handler);
  }

  /** Returns the same action, which may run only while {@code condition} holds. */
  public Action enabledWhen(ObservableBooleanValue condition) {
    return new Action(id, group, text, icon, keys, condition, handler);
  }

  /** Runs it, unless it may not run now. */
  public void run() {
    if (enabled.get()) {
      handler.run();
    }
  }
}
