package dev.quayside.ui.shell;

import dev.quayside.exposure.status.ServiceStatus;
import dev.quayside.exposure.status.StackStatus;
import dev.quayside.exposure.status.StatusSnapshot;
import java.util.List;
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

  /** Returns {@link #ALL} and the names of the stacks there are. */
  public ObservableList<String> names() {
    return namesView;
  }

  /** Returns the name of the chosen stack, or {@link #ALL}. */
  public ReadOnlyStringProperty chosen() {
    return chosen.getReadOnlyProperty();
  }

  /** Chooses the stack {@code name}, or {@link #ALL}. */
  public void choose(String name) {
    chosen.set(name);
  }

  /** Returns the services of {@code snapshot} that belong to the chosen stack. */
  public List<ServiceStatus> services(StatusSnapshot snapshot) {
    String name = chosen.get();
    return snapshot.stacks().stream()
        .filter(stack -> name.equals(ALL) || stack.name().equals(name))
        .flatMap(stack -> stack.services().stream())
        .toList();
  }

  void learn(StatusSnapshot snapshot) {
    List<String> found =
        snapshot.stacks().stream().map(StackStatus::name).filter(name -> !name.isEmpty()).toList();
    if (!names.subList(1, names.size()).equals(found)) {
      names.remove(1, names.size());
      names.addAll(found);
    }
  }
}
