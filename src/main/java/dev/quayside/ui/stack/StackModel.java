package dev.quayside.ui.stack;

import dev.quayside.common.Problem;
import dev.quayside.stack.AdoptedStack;
import dev.quayside.stack.picture.PlaceSize;
import dev.quayside.ui.fx.Background;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableMap;
import org.jspecify.annotations.Nullable;

/** Decides what the Stack page shows. Belongs to the FX thread. */
final class StackModel {

  private final StackDesk desk;
  private final Background background;
  private final Background.Newest loading;
  private final InstantSource clock;
  private final ObservableMap<Path, Measured> sizes = FXCollections.observableHashMap();

  /** The number of the newest measurement of each place that is on its way. */
  private final Map<Path, Long> measuring = new HashMap<>();

  private final ReadOnlyObjectWrapper<Instant> now;
  private final List<String> running = new ArrayList<>();
  private final ReadOnlyStringWrapper doing = new ReadOnlyStringWrapper("");
  private long measurements;
  private final ReadOnlyObjectWrapper<State> state =
      new ReadOnlyObjectWrapper<>(new State.NoStack());
  private @Nullable String stack;

  /** How old a size may become before a visit measures it anew. */
  static final Duration FRESH = Duration.ofHours(1);

  /**
   * Holds a size.
   *
   * @param size as it was found
   * @param at when the answer came
   */
  record Measured(PlaceSize size, Instant at) {}

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

  StackModel(StackDesk desk, Background background, InstantSource clock) {
    this.desk = desk;
    this.background = background;
    this.loading = background.newest();
    this.clock = clock;
    this.now = new ReadOnlyObjectWrapper<>(clock.instant().truncatedTo(ChronoUnit.MINUTES));
  }

  ReadOnlyObjectProperty<State> state() {
    return state.getReadOnlyProperty();
  }

  /** Returns the sizes measured so far; changed by this model only. */
  ObservableMap<Path, Measured> sizes() {
    return sizes;
  }

  /** Returns the time by which ages are told; it goes on by minutes, so that words keep still. */
  ReadOnlyObjectProperty<Instant> now() {
    return now.getReadOnlyProperty();
  }

  /** Takes over the time. */
  void tick() {
    now.set(clock.instant().truncatedTo(ChronoUnit.MINUTES));
  }

  /** Returns what is being done for the operator, in words; empty while nothing is. */
  ReadOnlyStringProperty doing() {
    return doing.getReadOnlyProperty();
  }

  /** Turns to the stack {@code chosen}, null for none, without reading it yet. */
  void choose(@Nullable String chosen) {
    stack = chosen;
    loading.forget();
    state.set(chosen == null ? new State.NoStack() : new State.Loading(chosen));
  }

  /** Shows the stack {@code chosen}; null for none. */
  void show(@Nullable String chosen) {
    choose(chosen);
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
    // Answers to these come too late: they tell how it was before.
    measuring.clear();
    reload();
  }

  /**
   * Measures each place on its own: one on a dead disk must not hold up the others. What was
   * measured within the hour is not read again with each visit, as that may be a million files.
   */
  private void measure(Place place) {
    Path path = place.path();
    if (path == null || fresh(sizes.get(path)) || measuring.containsKey(path)) {
      return;
    }
    long number = ++measurements;
    measuring.put(path, number);
    background.run(
        () -> desk.size(path),
        size -> measured(path, number, size),
        problem -> measured(path, number, new PlaceSize.Unknown(problem.happened())));
  }

  private boolean fresh(@Nullable Measured size) {
    return size != null && Duration.between(size.at(), clock.instant()).compareTo(FRESH) < 0;
  }

  private void measured(Path path, long number, PlaceSize size) {
    if (measuring.remove(path, number)) {
      tick();
      sizes.put(path, new Measured(size, clock.instant()));
    }
  }

  /** Looks at {@code folder}. */
  void look(
      Path folder, Consumer<? super StackDesk.Candidate> found, Consumer<? super Problem> refused) {
    run(StackText.of("doing.look", folder), () -> desk.look(folder), found, refused);
  }

  /** Adopts the stack in {@code folder}. */
  void adopt(
      Path folder,
      String name,
      Consumer<? super AdoptedStack> done,
      Consumer<? super Problem> refused) {
    run(StackText.of("doing.adopt", folder), () -> desk.adopt(folder, name), done, refused);
  }

  /** Forgets {@code name}. */
  void forget(String name, Runnable done, Consumer<? super Problem> refused) {
    run(
        StackText.of("doing.forget", name),
        () -> {
          desk.forget(name);
          return name;
        },
        forgotten -> done.run(),
        refused);
  }

  /** Runs what the operator asked for, and says so as long as it takes. */
  private <T> void run(
      String words,
      Background.Work<T> work,
      Consumer<? super T> done,
      Consumer<? super Problem> refused) {
    running.add(words);
    tell();
    background.run(
        work,
        result -> {
          ended(words);
          done.accept(result);
        },
        problem -> {
          ended(words);
          refused.accept(problem);
        });
  }

  private void ended(String words) {
    running.remove(words);
    tell();
  }

  private void tell() {
    doing.set(running.isEmpty() ? "" : running.getLast());
  }
}
