package dev.quayside.ui.journal;

import dev.quayside.common.Problem;
import dev.quayside.journal.JournalCheck;
import dev.quayside.journal.JournalEntry;
import dev.quayside.ui.fx.Background;
import java.util.List;
import java.util.Locale;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** Decides what the Journal page shows. Belongs to the FX thread. */
final class JournalModel {

  private final JournalBackend backend;
  private final Background.Newest loading;
  private final Background.Newest checking;
  private final ObservableList<JournalEntry> shown = FXCollections.observableArrayList();
  private final StringProperty filter = new SimpleStringProperty("");
  private final ReadOnlyObjectWrapper<Check> check =
      new ReadOnlyObjectWrapper<>(new Check.NotYet());
  private final ReadOnlyObjectWrapper<@Nullable Problem> problem = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyBooleanWrapper empty = new ReadOnlyBooleanWrapper();
  private List<JournalEntry> entries = List.of();

  /** Tells what is known about the chain. */
  sealed interface Check {
    /** Nobody has checked it. */
    record NotYet() implements Check {}

    /** It is being checked. */
    record Running() implements Check {}

    /** It was checked. */
    record Done(JournalCheck result) implements Check {}
  }

  JournalModel(JournalBackend backend, Background background) {
    this.backend = backend;
    this.loading = background.newest();
    this.checking = background.newest();
    filter.addListener((source, before, now) -> apply());
  }

  /** Returns the entries that the filter lets through, newest first; changed by this model only. */
  ObservableList<JournalEntry> shown() {
    return shown;
  }

  /** Words that an entry must hold, in any case. */
  StringProperty filter() {
    return filter;
  }

  ReadOnlyObjectProperty<Check> check() {
    return check.getReadOnlyProperty();
  }

  /** Returns why the journal could not be read; null if it could. */
  ReadOnlyObjectProperty<@Nullable Problem> problem() {
    return problem.getReadOnlyProperty();
  }

  /** Returns whether the journal was read and holds nothing. */
  ReadOnlyBooleanProperty empty() {
    return empty.getReadOnlyProperty();
  }

  /** Reads the journal again. */
  void reload() {
    loading.run(
        backend.entries()::read,
        found -> {
          entries = found.reversed();
          empty.set(entries.isEmpty());
          problem.set(null);
          apply();
        },
        problem::set);
  }

  /** Reads the whole chain and compares all hashes. */
  void verify() {
    check.set(new Check.Running());
    checking.run(
        backend.check()::read,
        result -> check.set(new Check.Done(result)),
        failed -> {
          check.set(new Check.NotYet());
          problem.set(failed);
        });
  }

  private void apply() {
    String wanted = filter.get().strip().toLowerCase(Locale.ROOT);
    shown.setAll(entries.stream().filter(entry -> matches(entry, wanted)).toList());
  }

  private static boolean matches(JournalEntry entry, String wanted) {
    String all =
        entry.action()
            + " "
            + entry.subject()
            + " "
            + entry.kind()
            + " "
            + JournalText.details(entry);
    return wanted.isEmpty() || all.toLowerCase(Locale.ROOT).contains(wanted);
  }
}
