package dev.quayside.ui.shell;

import dev.quayside.exposure.status.ServiceStatus;
import dev.quayside.exposure.status.StatusSnapshot;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/**
 * Holds which stack the window is about: one of the Compose projects on the engine, or all. A
 * chosen stack stays chosen while the engine is away. Belongs to the FX thread.
 */
public final class StackChoice {

  /** Stands for all stacks, and for the containers that Compose did not make. */
  public static final String ALL = "";

  private final ObservableList<String> names = FXCollections.observableArrayList(ALL);
  // Made once: a view that only its caller holds is collected, and the listeners on it with it.
  private final ObservableList<String> namesView = FXCollections.unmodifiableObservableList(names);
  private final ReadOnlyStringWrapper chosen = new ReadOnlyStringWrapper(ALL);
  private final ReadOnlyBooleanWrapper learning = new ReadOnlyBooleanWrapper();

  /** Returns {@link #ALL} and the names of the stacks there are. */
  public ObservableList<String> names() {
    return namesView;
  }

  /** Returns the name of the chosen stack, or {@link #ALL}. */
  public ReadOnlyStringProperty chosen() {
    return chosen.getReadOnlyProperty();
  }

  /**
   * Tells that the names are changing just now; what a control that lists them chooses meanwhile,
   * nobody chose.
   */
  ReadOnlyBooleanProperty learning() {
    return learning.getReadOnlyProperty();
  }

  /**
   * Chooses the stack {@code name}, or {@link #ALL}. One that is not known yet, because it was
   * adopted just now, is among the names from here on.
   */
  public void choose(String name) {
    TreeSet<String> wanted = new TreeSet<>(names);
    if (wanted.add(name)) {
      fill(wanted);
    }
    chosen.set(name);
  }

  /** Returns whether one stack is chosen; if there is only one, it is from here on. */
  public boolean chooseOnly() {
    if (chosen.get().equals(ALL) && names.size() == 2) {
      choose(names.getLast());
    }
    return !chosen.get().equals(ALL);
  }

  /** Returns the services of {@code snapshot} that belong to the chosen stack. */
  public List<ServiceStatus> services(StatusSnapshot snapshot) {
    String name = chosen.get();
    return snapshot.stacks().stream()
        .filter(stack -> name.equals(ALL) || stack.name().equals(name))
        .flatMap(stack -> stack.services().stream())
        .toList();
  }

  /**
   * Takes over which stacks there are, name by name: a name that stays is not touched, and a chosen
   * one stays although its stack is gone.
   */
  void learn(StatusSnapshot snapshot) {
    TreeSet<String> wanted = new TreeSet<>();
    snapshot.stacks().forEach(stack -> wanted.add(stack.name()));
    wanted.add(chosen.get());
    // The first name in this order, because it is empty.
    wanted.add(ALL);
    if (!names.equals(List.copyOf(wanted))) {
      fill(wanted);
    }
  }

  private void fill(SortedSet<String> wanted) {
    learning.set(true);
    names.removeIf(name -> !wanted.contains(name));
    int at = 0;
    for (String name : wanted) {
      if (at == names.size() || !names.get(at).equals(name)) {
        names.add(at, name);
      }
      at++;
    }
    learning.set(false);
  }
}
