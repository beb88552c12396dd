package dev.quayside.ui.shell;

import dev.quayside.common.ForeignText;
import dev.quayside.common.Messages;
import javafx.event.Event;
import javafx.scene.input.KeyEvent;
import javafx.util.StringConverter;
import org.controlsfx.control.SearchableComboBox;
import org.jspecify.annotations.Nullable;

/** Lets the operator choose which stack the window is about. */
final class StackSwitcher extends SearchableComboBox<String> {

  private static final int LONGEST = 60;

  StackSwitcher(Messages messages, StackChoice stacks) {
    setId("stack-switcher");
    getStyleClass().add("stack-switcher");
    setAccessibleText(messages.get("stacks.name"));
    setItems(stacks.names());
    addEventFilter(KeyEvent.KEY_PRESSED, this::handPast);
    setConverter(
        new StringConverter<>() {
          @Override
          public String toString(@Nullable String name) {
            return name == null || name.equals(StackChoice.ALL)
                ? messages.get("stacks.all")
                : ForeignText.line(name, LONGEST);
          }

          @Override
          public String fromString(String text) {
            return text;
          }
        });
    setValue(stacks.chosen().get());
    valueProperty()
        .addListener((source, before, now) -> {
          if (now != null && !stacks.learning().get()) {
            stacks.choose(now);
          }
        });
    stacks
        .learning()
        .addListener((source, before, now) -> {
          if (!now) {
            setValue(stacks.chosen().get());
          }
        });
    stacks
        .chosen()
        .addListener((source, before, now) -> {
          if (!now.equals(getValue())) {
            setValue(now);
          }
        });
  }

  /**
   * Hands a shortcut of the window such as Ctrl+5 past the control: it opens its list at every
   * letter and digit and does not look at the other keys held down.
   */
  private void handPast(KeyEvent pressed) {
    boolean shortcut = pressed.isShortcutDown() || pressed.isControlDown() || pressed.isMetaDown();
    if (shortcut && pressed.getTarget() == this && getParent() != null) {
      KeyEvent past = pressed.copyFor(getParent(), getParent());
      pressed.consume();
      Event.fireEvent(getParent(), past);
    }
  }
}
