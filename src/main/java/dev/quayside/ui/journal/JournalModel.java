package dev.quayside.ui.journal;

import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.journal.JournalCheck;
import dev.quayside.journal.JournalEntry;
import dev.quayside.ui.fx.Background;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** Decides what the Journal page shows. Belongs to the FX thread. */
final class JournalModel {

  private final JournalBackend backend;
  private final InstantSource clock;
  private final Background.Newest loading;
  private final Background.Newest checking;
  private final ObservableList<JournalRow> shown = FXCollections.observableArrayList();
  private final StringProperty filter = new SimpleStringProperty("");
  private final ReadOnlyObjectWrapper<Check> check =
      new ReadOnlyObjectWrapper<>(new Check.NotYet());
  private final ReadOnlyObjectWrapper<State> state =
      new ReadOnlyObjectWrapper<>(new State.Reading());
  private List<JournalRow> rows = List.of();

  /** Tells what there is to show. */
  sealed interface State {
    /** The journal is being read for the first time. */
    record Reading() implements State {}

    /** It was read and holds nothing. */
    record Empty() implements State {}

    /** It was read; the filter may hide all of it. */
    record Listed() implements State {}

    /** It could not be read. */
    record Failed(Problem problem) implements State {}
  }

  /** Tells what is known about the chain. */
  sealed interface Check {
    /** Nobody has checked it, or not since it grew. */
    record NotYet() implements Check {}

    /** It is being checked. */
    record Running() implements Check {}

    /** It was checked at {@code at}. */
    record Done(JournalCheck result, Instant at) implements Check {}
  }

  JournalModel(JournalBackend backend, Background background, InstantSource clock) {
    this.backend = backend;
    this.clock = clock;
    this.loading = background.newest();
    this.checking = background.newest();
    filter.addListener((source, before, now) -> apply());
  }

  /** Returns the entries that the filter lets through, newest first; changed by this model only. */
  ObservableList<JournalRow> shown() {
    return shown;
  }

  /** Words that an entry must hold, in any case. */
  StringProperty filter() {
    return filter;
  }

  ReadOnlyObjectProperty<Check> check() {
    return check.getReadOnlyProperty();
  }

  ReadOnlyObjectProperty<State> state() {
    return state.getReadOnlyProperty();
  }

  /** Reads the journal again; what is shown stays until the answer is there. */
  void reload() {
    List<JournalRow> known = rows;
    loading.run(
        () -> read(known),
        found -> {
          rows = found;
          apply();
          forgetOldCheck();
          state.set(rows.isEmpty() ? new State.Empty() : new State.Listed());
        },
        problem -> state.set(new State.Failed(problem)));
  }

  /** Runs on a worker; a row that is known stays the same, and so does whoever has chosen it. */
  private List<JournalRow> read(List<JournalRow> newestFirst) throws ProblemException {
    List<JournalRow> known = newestFirst.reversed();
    List<JournalRow> found = new ArrayList<>();
    for (JournalEntry entry : backend.entries().read()) {
      int at = found.size();
      boolean same = at < known.size() && known.get(at).entry().equals(entry);
      found.add(same ? known.get(at) : JournalRow.of(entry));
    }
    return List.copyOf(found.reversed());
  }

  /** Reads the whole chain and compares all hashes. */
  void verify() {
    check.set(new Check.Running());
    checking.run(
        backend.check()::read,
        result -> {
          check.set(new Check.Done(result, clock.instant()));
          if (result instanceof JournalCheck.Intact intact && !coversAll(intact)) {
            reload();
          }
        },
        failed -> {
          check.set(new Check.NotYet());
          state.set(new State.Failed(failed));
        });
  }

  /** A whole chain is told of the entries that were checked, and of no later ones. */
  private void forgetOldCheck() {
    if (check.get() instanceof Check.Done(JournalCheck.Intact intact, Instant at)
        && !coversAll(intact)) {
      check.set(new Check.NotYet());
    }
  }

  private boolean coversAll(JournalCheck.Intact intact) {
    return rows.isEmpty()
        ? intact.entries() == 0
        : intact.head().equals(rows.getFirst().entry().hash());
  }

  private void apply() {
    String wanted = filter.get().strip().toLowerCase(Locale.ROOT);
    List<JournalRow> now = rows.stream().filter(row -> row.searched().contains(wanted)).toList();
    int added = now.size() - shown.size();
    // A journal only grows, and a table that keeps its rows keeps what is chosen in it.
    if (added >= 0 && now.subList(added, now.size()).equals(shown)) {
      shown.addAll(0, now.subList(0, added));
    } else {
      shown.setAll(now);
    }
  }
}
