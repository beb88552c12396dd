package dev.quayside.ui.shell;

import dev.quayside.common.ForeignText;
import dev.quayside.common.Messages;
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
          if (now != null) {
            stacks.choose(now);
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
}
