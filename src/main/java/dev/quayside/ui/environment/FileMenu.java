package dev.quayside.ui.environment;

import dev.quayside.stack.settings.EnvTarget;
import dev.quayside.stack.settings.EnvWords;
import dev.quayside.ui.theme.Icon;
import javafx.collections.ListChangeListener;
import javafx.scene.control.MenuButton;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.Region;

/** Chooses which file of the stack is shown; says of each what it is and what is not saved. */
final class FileMenu extends MenuButton {

  private final EnvironmentModel model;

  FileMenu(EnvironmentModel model) {
    this.model = model;
    setId("env-file");
    setGraphic(Icon.FILE.node());
    setMnemonicParsing(false);
    setMinWidth(Region.USE_PREF_SIZE);
    model.files().addListener((ListChangeListener<EnvTarget>) change -> rebuild());
    model.shown().subscribe(shown -> rebuild());
  }

  private void rebuild() {
    EnvTarget chosen = model.shown().get().target();
    setText(chosen == null ? EnvironmentText.of("file.none") : EnvironmentText.name(chosen.name()));
    setAccessibleText(EnvironmentText.of("file.name", getText()));
    setDisable(model.files().isEmpty());
    ToggleGroup group = new ToggleGroup();
    getItems()
        .setAll(
            model.files().stream()
                .map(target ->
                    item(target, group, chosen != null && target.file().equals(chosen.file())))
                .toList());
  }

  private RadioMenuItem item(EnvTarget target, ToggleGroup group, boolean chosen) {
    int pending = model.pendingOf(target);
    String words =
        EnvironmentText.of(
            "file.item", EnvironmentText.name(target.name()), EnvWords.role(target.role()));
    RadioMenuItem item =
        new RadioMenuItem(pending == 0 ? words : words + " · " + EnvironmentText.changes(pending));
    // Names have underscores, which are no mnemonics.
    item.setMnemonicParsing(false);
    item.setToggleGroup(group);
    item.setSelected(chosen);
    item.setOnAction(event -> model.choose(target));
    return item;
  }
}
