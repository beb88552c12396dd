package dev.quayside.ui.settings;

import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.common.SettingsStore;
import dev.quayside.engine.Endpoint;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/** Takes the address of the engine that the next start uses. Belongs to the FX thread. */
final class SettingsModel {

  private final SettingsStore store;
  private final StringProperty engine = new SimpleStringProperty();
  private final ReadOnlyBooleanWrapper engineChanged = new ReadOnlyBooleanWrapper();
  private final ReadOnlyObjectWrapper<@Nullable Problem> engineProblem =
      new ReadOnlyObjectWrapper<>();
  private final String engineAtStart;

  /** Creates the model; what {@code store} holds now is what this start used. */
  SettingsModel(SettingsStore store) {
    this.store = store;
    engineAtStart = kept();
    engine.set(engineAtStart);
  }

  /** What is typed as the address of the engine; empty to look for it. */
  StringProperty engine() {
    return engine;
  }

  /** Returns whether the engine was changed, which takes effect at the next start. */
  ReadOnlyBooleanProperty engineChanged() {
    return engineChanged.getReadOnlyProperty();
  }

  /** Returns why the address that was typed is not kept; null if it is. */
  ReadOnlyObjectProperty<@Nullable Problem> engineProblem() {
    return engineProblem.getReadOnlyProperty();
  }

  /**
   * Keeps the address that was typed if it is one. Half of one would be what the next start uses.
   *
   * @param where it stands, for the message
   */
  void takeEngine(String where) {
    String typed = engine.get().strip();
    try {
      if (!typed.isEmpty()) {
        Endpoint.read(where, typed);
      }
    } catch (ProblemException notAnAddress) {
      engineProblem.set(notAnAddress.problem());
      return;
    }
    engineProblem.set(null);
    if (!typed.equals(kept())) {
      store.change(settings -> settings.withEngine(typed.isEmpty() ? null : typed));
    }
    engineChanged.set(!typed.equals(engineAtStart));
  }

  private String kept() {
    String kept = store.feed().latest().engine();
    return kept == null ? "" : kept;
  }
}
