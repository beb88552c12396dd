package dev.quayside.ui.stack;

import dev.quayside.common.Problem;
import dev.quayside.stack.AdoptedStack;
import dev.quayside.stack.picture.PlaceSize;
import dev.quayside.ui.fx.Background;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableMap;
import org.jspecify.annotations.Nullable;

/** Decides what the Stack page shows. Belongs to the FX thread. */
final class StackModel {

  private final StackDesk desk;
  private final Background background;
  private final Background.Newest loading;
  private final Background.Newest looking;
  private final ObservableMap<Path, PlaceSize> sizes = FXCollections.observableHashMap();
  private final Set<Path> measuring = new HashSet<>();
  private final ReadOnlyObjectWrapper<State> state =
      new ReadOnlyObjectWrapper<>(new State.NoStack());
  private @Nullable String stack;

  /** Tells what there is to show. */
  sealed interface State {
    /** No stack is chosen. */
    record NoStack() implements State {}

    /** The stack is being read. */
    record Loading(String stack) implements State {}

    /** The stack is there. */
    record Ready(String stack, StackDesk.Shown shown, List<Place> places) implements State {}

    /** The stack could not be read. */
    record Failed(String stack, Problem problem) implements State {}
  }

  StackModel(StackDesk desk, Background background) {
    this.desk = desk;
    this.background = background;
    this.loading = background.newest();
    this.looking = background.newest();
  }

  ReadOnlyObjectProperty<State> state() {
    return state.getReadOnlyProperty();
  }

  /** Returns the sizes measured so far; changed by this model only. */
  ObservableMap<Path, PlaceSize> sizes() {
    return sizes;
  }

  /** Shows the stack {@code chosen}; null for none. */
  void show(@Nullable String chosen) {
    stack = chosen;
    loading.forget();
    state.set(chosen == null ? new State.NoStack() : new State.Loading(chosen));
    reload();
  }

  /** Reads the stack again; what is shown stays until the answer is there. */
  void reload() {
    String chosen = stack;
    if (chosen == null) {
      return;
    }
    loading.run(
        () -> desk.show(chosen),
        shown -> {
          List<Place> places = Place.of(shown.picture());
          state.set(new State.Ready(chosen, shown, places));
          places.forEach(this::measure);
        },
        problem -> state.set(new State.Failed(chosen, problem)));
  }

  /** Reads the stack again and measures its places anew. */
  void refresh() {
    sizes.clear();
    reload();
  }

  /**
   * Measures each place on its own: one on a dead disk must not hold up the others. What was
   * measured already is not read again with each visit, as that may be a million files.
   */
  private void measure(Place place) {
    Path path = place.path();
    if (path == null || sizes.containsKey(path) || !measuring.add(path)) {
      return;
    }
    background.run(
        () -> desk.size(path),
        size -> {
          measuring.remove(path);
          sizes.put(path, size);
        },
        problem -> {
          measuring.remove(path);
          sizes.put(path, new PlaceSize.Unknown(problem.happened()));
        });
  }

  /** Looks at {@code folder}; only the answer about the newest one is handed over. */
  void look(
      Path folder, Consumer<? super StackDesk.Candidate> found, Consumer<? super Problem> refused) {
    looking.run(() -> desk.look(folder), found, refused);
  }

  /** Adopts the stack in {@code folder}. */
  void adopt(
      Path folder,
      String name,
      Consumer<? super AdoptedStack> done,
      Consumer<? super Problem> refused) {
    background.run(() -> desk.adopt(folder, name), done, refused);
  }

  /** Forgets {@code name}. */
  void forget(String name, Runnable done, Consumer<? super Problem> refused) {
    background.run(
        () -> {
          desk.forget(name);
          return name;
        },
        forgotten -> done.run(),
        refused);
  }
}
