package dev.quayside.ui.services;

import dev.quayside.common.ForeignText;
import dev.quayside.common.Messages;
import dev.quayside.stack.ProfileSet;
import dev.quayside.ui.action.Action;
import dev.quayside.ui.action.ActionNodes;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import javafx.beans.binding.Bindings;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.layout.Region;

/** Offers what concerns the whole chosen stack: to start it, and its profiles. */
final class StackMenu extends MenuButton {

  private static final int LONGEST = 60;

  private final Messages messages = Messages.of("services");
  private final ServicesModel model;
  private final Supplier<String> stack;
  private final MenuItem start;
  private final MenuItem note;

  /**
   * Creates the menu.
   *
   * @param up starts the stack
   * @param stack gives the name of the chosen one; empty for none
   */
  StackMenu(ServicesModel model, Action up, Supplier<String> stack) {
    this.model = model;
    this.stack = stack;
    setId("services-stack-menu");
    setText(messages.get("stack-menu"));
    setAccessibleText(messages.get("stack-menu.name"));
    setMinWidth(Region.USE_PREF_SIZE);
    disableProperty().bind(Bindings.not(up.enabled()));
    this.start = ActionNodes.menuItem(up);
    this.note = new MenuItem(messages.get("profiles.reading"));
    note.setDisable(true);
    getItems().setAll(start, new SeparatorMenuItem(), note);
    showingProperty()
        .addListener((source, before, now) -> {
          if (now) {
            read();
          }
        });
  }

  private void read() {
    String name = stack.get();
    note.setText(messages.get("profiles.reading"));
    getItems().setAll(start, new SeparatorMenuItem(), note);
    model.profiles(
        name,
        profiles -> {
          if (name.equals(stack.get())) {
            show(name, profiles);
          }
        });
  }

  private void show(String name, List<ProfileSet.Profile> profiles) {
    if (profiles.isEmpty()) {
      note.setText(messages.get("profiles.none"));
      return;
    }
    getItems().setAll(start, new SeparatorMenuItem());
    for (ProfileSet.Profile profile : profiles) {
      String told = ForeignText.line(profile.name(), LONGEST);
      String state = messages.get("profile." + profile.state().name().toLowerCase(Locale.ROOT));
      MenuItem on = new MenuItem(messages.get("profile.start", told, state));
      on.setId("profile-start-" + profile.name());
      on.setMnemonicParsing(false);
      on.setOnAction(event -> model.startProfile(name, profile));
      getItems().add(on);
      if (!profile.running().isEmpty()) {
        MenuItem off = new MenuItem(messages.get("profile.stop", told, profile.running().size()));
        off.setId("profile-stop-" + profile.name());
        off.setMnemonicParsing(false);
        off.setOnAction(event -> model.stopProfile(name, profile));
        getItems().add(off);
      }
    }
  }
}
