package dev.quayside.ui.backups;

import dev.quayside.backup.landing.StackDatabases;
import dev.quayside.common.Problem;
import dev.quayside.ui.fx.Background;
import java.util.List;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** Collects where a file goes that Quayside did not make. Belongs to the FX thread. */
final class ForeignTarget {

  private final LandingDesk desk;
  private final Background.Newest asking;
  private final List<String> stacks;
  private final ObjectProperty<@Nullable String> stack = new SimpleObjectProperty<>();
  private final ObservableList<StackDatabases.Held> databases = FXCollections.observableArrayList();
  private final ObjectProperty<StackDatabases.@Nullable Held> database =
      new SimpleObjectProperty<>();
  private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(new State.Asked());
  private final BooleanProperty knownMaker = new SimpleBooleanProperty();
  private final BooleanProperty functions = new SimpleBooleanProperty();

  /** Tells whether the databases of the chosen stack are known. */
  sealed interface State {
    /** Its servers are being asked, or no stack is chosen yet. */
    record Asked() implements State {}

    /** They have answered; there may be none. */
    record Known() implements State {}

    /** One did not answer. */
    record Failed(Problem problem) implements State {}
  }

  /**
   * Offers {@code stacks}; the first is chosen.
   *
   * @param database whether the file goes into a database, so that servers are asked for theirs
   */
  ForeignTarget(LandingDesk desk, Background background, List<String> stacks, boolean database) {
    this.desk = desk;
    this.asking = background.newest();
    this.stacks = List.copyOf(stacks);
    if (database) {
      stack.addListener((source, before, now) -> ask());
      stack.set(stacks.isEmpty() ? null : stacks.getFirst());
    }
  }

  private void ask() {
    String of = stack.get();
    databases.clear();
    database.set(null);
    state.set(new State.Asked());
    if (of == null) {
      asking.forget();
      return;
    }
    asking.run(
        () -> desk.databases(of),
        held -> {
          databases.setAll(held);
          state.set(new State.Known());
        },
        problem -> state.set(new State.Failed(problem)));
  }

  List<String> stacks() {
    return stacks;
  }

  /** The stack; null where there is none. */
  ObjectProperty<@Nullable String> stack() {
    return stack;
  }

  /** Returns the databases of the chosen stack; changed by this class only. */
  ObservableList<StackDatabases.Held> databases() {
    return databases;
  }

  /** The database that a dump takes the place of; none is proposed. */
  ObjectProperty<StackDatabases.@Nullable Held> database() {
    return database;
  }

  ReadOnlyObjectProperty<State> state() {
    return state.getReadOnlyProperty();
  }

  /** Whether the operator says where the file comes from, which nothing in it proves. */
  BooleanProperty knownMaker() {
    return knownMaker;
  }

  /** Whether functions of a dump are taken that reach further than the database. */
  BooleanProperty functions() {
    return functions;
  }

  /** Returns whether enough is said to plan a restore over a stack. */
  BooleanBinding plannable() {
    return stack.isNotNull().and(database.isNotNull());
  }
}
