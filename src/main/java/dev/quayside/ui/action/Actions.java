package dev.quayside.ui.action;

import dev.quayside.common.Subscription;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableBooleanValue;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.scene.Scene;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import org.jspecify.annotations.Nullable;

/** Registers every action once, and puts their keys on the scene. Belongs to the FX thread. */
public final class Actions {

  private final ObservableList<Action> all;
  // Made once: a view that only its caller holds is collected, and the listeners on it with it.
  private final ObservableList<Action> view;
  private final @Nullable ObservableBooleanValue awake;

  /** Creates an empty registry. */
  public Actions() {
    this.all = FXCollections.observableArrayList();
    this.view = FXCollections.unmodifiableObservableList(all);
    this.awake = null;
  }

  private Actions(Actions whole, ObservableBooleanValue awake) {
    this.all = whole.all;
    this.view = whole.view;
    this.awake = awake;
  }

  /**
   * Returns the same registry; what is registered through it may run only while {@code shown}
   * holds, so that nothing acts on a selection that nobody sees.
   */
  public Actions during(ObservableBooleanValue shown) {
    return new Actions(this, shown);
  }

  /**
   * Registers actions until the subscription is closed.
   *
   * @throws IllegalArgumentException if an id or a key combination is taken, or a key would fire
   *     while typing
   */
  public Subscription register(Action... actions) {
    List<Action> mine = new ArrayList<>();
    for (Action action : actions) {
      check(action);
      Action registered =
          awake == null ? action : action.enabledWhen(Bindings.and(action.enabled(), awake));
      all.add(registered);
      mine.add(registered);
    }
    return () -> all.removeAll(mine);
  }

  /** Returns all registered actions in the order of registration. */
  public ObservableList<Action> all() {
    return view;
  }

  /**
   * Returns the action {@code id}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Action get(String id) {
    return all.stream()
        .filter(action -> action.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no action " + id));
  }

  /**
   * Puts the keys of all actions, also of later ones, on {@code scene}; they rest while {@code
   * blocked} holds.
   */
  public void install(Scene scene, ObservableBooleanValue blocked) {
    all.forEach(action -> bind(scene, action, blocked));
    all.addListener(
        (ListChangeListener<Action>)
            change -> {
              while (change.next()) {
                change
                    .getRemoved()
                    .forEach(action -> scene.getAccelerators().remove(action.keys()));
                change.getAddedSubList().forEach(action -> bind(scene, action, blocked));
              }
            });
  }

  private static void bind(Scene scene, Action action, ObservableBooleanValue blocked) {
    if (action.keys() != null) {
      scene
          .getAccelerators()
          .put(
              action.keys(),
              () -> {
                if (!blocked.get()) {
                  action.run();
                }
              });
    }
  }

  private void check(Action action) {
    KeyCombination keys = action.keys();
    for (Action other : all) {
      if (other.id().equals(action.id())) {
        throw new IllegalArgumentException("two actions with the id " + action.id());
      }
      if (keys != null && keys.equals(other.keys())) {
        throw new IllegalArgumentException(
            action.id() + " and " + other.id() + " share the keys " + keys.getName());
      }
    }
    if (keys instanceof KeyCodeCombination code && firesWhileTyping(code)) {
      throw new IllegalArgumentException(
          action.id() + " would fire while typing: " + keys.getName());
    }
  }

  private static boolean firesWhileTyping(KeyCodeCombination keys) {
    return keys.getShortcut() != KeyCombination.ModifierValue.DOWN
        && keys.getControl() != KeyCombination.ModifierValue.DOWN
        && keys.getAlt() != KeyCombination.ModifierValue.DOWN
        && !keys.getCode().isFunctionKey();
  }
}
