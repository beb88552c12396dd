package dev.quayside.ui.settings;

import dev.quayside.common.Settings;
import dev.quayside.common.SettingsStore;
import dev.quayside.ui.theme.ThemeChoice;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/** Joins the settings that are kept with what the window shows. Belongs to the FX thread. */
final class SettingsModel {

  private final ObjectProperty<ThemeChoice> theme = new SimpleObjectProperty<>();
  private final StringProperty engine = new SimpleStringProperty();
  private final ReadOnlyBooleanWrapper engineChanged = new ReadOnlyBooleanWrapper();
  private final String engineAtStart;

  /**
   * Creates the model.
   *
   * @param look the choice that dresses the window
   * @param textSize the size that dresses the window
   */
  SettingsModel(SettingsStore store, ObjectProperty<ThemeChoice> look, IntegerProperty textSize) {
    Settings now = store.feed().latest();
    theme.set(look.get());
    engineAtStart = now.engine() == null ? "" : now.engine();
    engine.set(engineAtStart);
    theme.addListener((source, before, chosen) -> {
      look.set(chosen);
      store.change(settings -> settings.withTheme(kept(chosen)));
    });
    textSize.addListener(
        (source, before, size) -> store.change(settings -> settings.withTextSize(size.intValue())));
    engine.addListener((source, before, typed) -> {
      engineChanged.set(!typed.strip().equals(engineAtStart));
      String endpoint = typed.isBlank() ? null : typed.strip();
      store.change(settings -> settings.withEngine(endpoint));
    });
  }

  ObjectProperty<ThemeChoice> theme() {
    return theme;
  }

  /** Where the engine is; empty to look for it. */
  StringProperty engine() {
    return engine;
  }

  /** Returns whether the engine was changed, which takes effect at the next start. */
  ReadOnlyBooleanProperty engineChanged() {
    return engineChanged.getReadOnlyProperty();
  }

  private static Settings.Theme kept(ThemeChoice choice) {
    return switch (choice) {
      case FOLLOW -> Settings.Theme.FOLLOW;
      case LIGHT -> Settings.Theme.LIGHT;
      case DARK -> Settings.Theme.DARK;
    };
  }
}
