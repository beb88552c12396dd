package dev.quayside.ui.environment;

import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.stack.settings.EnvReceipt;
import dev.quayside.stack.settings.EnvSets.EnvSet;
import dev.quayside.stack.settings.EnvTarget;
import dev.quayside.stack.settings.EnvView;
import dev.quayside.ui.fx.Background;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** Decides what the Environment page shows, and holds what is noted. Belongs to the FX thread. */
final class EnvironmentModel {

  private final EnvironmentDesk desk;
  private final Background.Newest listing;
  private final Background.Newest viewing;
  private final ObservableList<EnvTarget> files = FXCollections.observableArrayList();
  private final ObservableList<EnvSet> sets = FXCollections.observableArrayList();
  private final ObservableList<SettingRow> rows = FXCollections.observableArrayList();
  private final ReadOnlyObjectWrapper<State> state =
      new ReadOnlyObjectWrapper<>(new State.NoStack());
  private final ReadOnlyObjectWrapper<Shown> shown = new ReadOnlyObjectWrapper<>(Shown.NOTHING);
  private final ReadOnlyIntegerWrapper pending = new ReadOnlyIntegerWrapper();
  private final Map<Key, OpenFile> opened = new HashMap<>();
  private @Nullable OpenFile current;
  private @Nullable String stack;
  private @Nullable Problem noSets;
  private @Nullable Problem unlisted;
  private Consumer<? super List<String>> dropped = names -> {};
  private boolean glancing;

  /** Tells what there is to show. */
  sealed interface State {
    /** No stack is chosen. */
    record NoStack() implements State {}

    /** The files are being looked for. */
    record Loading(String stack) implements State {}

    /** The files are listed. */
    record Ready(String stack) implements State {}

    /** The files could not be listed. */
    record Failed(String stack, Problem problem) implements State {}
  }

  /**
   * Tells what is shown of the chosen file.
   *
   * @param target the file; null while none is chosen
   * @param view what it held when it was read; null before that
   * @param unreadable why it cannot be read; null where it could be
   * @param changedByOthers whether the file is not any more what is shown
   * @param noSets why the sets of the stack cannot be told; null where they could
   * @param unlisted why files that only services name may be missing; null where none is
   */
  record Shown(
      @Nullable EnvTarget target,
      @Nullable EnvView view,
      @Nullable Problem unreadable,
      boolean changedByOthers,
      @Nullable Problem noSets,
      @Nullable Problem unlisted) {
    static final Shown NOTHING = new Shown(null, null, null, false, null, null);
  }

  private record Key(String stack, Path file) {}

  private record Loaded(
      EnvListing listing,
      @Nullable EnvTarget target,
      @Nullable EnvView view,
      @Nullable Problem unreadable) {}

  EnvironmentModel(EnvironmentDesk desk, Background background) {
    this.desk = desk;
    this.listing = background.newest();
    this.viewing = background.newest();
  }

  ReadOnlyObjectProperty<State> state() {
    return state.getReadOnlyProperty();
  }

  /** Returns the files of the stack; changed by this model only. */
  ObservableList<EnvTarget> files() {
    return files;
  }

  /** Returns the sets of the stack; changed by this model only. */
  ObservableList<EnvSet> sets() {
    return sets;
  }

  /** Returns the settings of the chosen file; changed by this model only. */
  ObservableList<SettingRow> rows() {
    return rows;
  }

  ReadOnlyObjectProperty<Shown> shown() {
    return shown.getReadOnlyProperty();
  }

  /** Returns how many settings of the chosen file have a change that is not saved. */
  ReadOnlyIntegerProperty pending() {
    return pending.getReadOnlyProperty();
  }

  /** Returns the chosen stack; null for none. */
  @Nullable String stack() {
    return stack;
  }

  /** Returns how many settings of {@code target} have a change that is not saved. */
  int pendingOf(EnvTarget target) {
    OpenFile file = opened.get(key(target));
    return file == null ? 0 : file.edits().size();
  }

  /** Returns the files of all stacks with changes that are not saved, and how many each has. */
  Map<EnvTarget, Integer> unsaved() {
    Map<EnvTarget, Integer> unsaved = new HashMap<>();
    for (OpenFile file : opened.values()) {
      if (file.edits().size() > 0) {
        unsaved.put(file.target(), file.edits().size());
      }
    }
    return unsaved;
  }

  /** Shows the files of {@code chosen}; null for no stack. What is noted for others stays noted. */
  void show(@Nullable String chosen) {
    stack = chosen;
    current = null;
    listing.forget();
    viewing.forget();
    files.clear();
    sets.clear();
    state.set(chosen == null ? new State.NoStack() : new State.Loading(chosen));
    noSets = null;
    unlisted = null;
    tell();
    reload();
  }

  /** Reads files and chosen file again; what is shown stays until the answer is there. */
  void reload() {
    String chosen = stack;
    if (chosen == null) {
      return;
    }
    Path wanted = current == null ? null : current.target().file();
    listing.run(
        () -> load(chosen, wanted),
        this::loaded,
        problem -> state.set(new State.Failed(chosen, problem)));
  }

  private Loaded load(String chosen, @Nullable Path wanted) throws ProblemException {
    EnvListing listed = desk.list(chosen);
    EnvTarget target =
        listed.files().stream()
            .filter(one -> one.file().equals(wanted))
            .findFirst()
            .orElse(listed.files().isEmpty() ? null : listed.files().getFirst());
    if (target == null) {
      return new Loaded(listed, null, null, null);
    }
    try {
      return new Loaded(listed, target, desk.view(target), null);
    } catch (ProblemException unreadable) {
      return new Loaded(listed, target, null, unreadable.problem());
    }
  }

  private void loaded(Loaded loaded) {
    if (!files.equals(loaded.listing().files())) {
      files.setAll(loaded.listing().files());
    }
    if (!sets.equals(loaded.listing().sets())) {
      sets.setAll(loaded.listing().sets());
    }
    EnvTarget target = loaded.target();
    EnvView view = loaded.view();
    Problem unreadable = loaded.unreadable();
    OpenFile read = target == null ? null : opened(target);
    if (read != null && view != null) {
      offer(read, view);
    } else if (read != null && unreadable != null) {
      read.failed(unreadable);
    }
    // Another file may have been chosen while the list was read.
    EnvTarget listed = current == null ? null : listed(current.target().file());
    if (current != null && listed != null) {
      current.retarget(listed);
    } else {
      current = read;
    }
    noSets = loaded.listing().noSets();
    unlisted = loaded.listing().unlisted();
    tell();
    state.set(new State.Ready(String.valueOf(stack)));
  }

  /** The containers of its stack may have changed; the file is the same. */
  private @Nullable EnvTarget listed(Path file) {
    return files.stream().filter(one -> one.file().equals(file)).findFirst().orElse(null);
  }

  private void offer(OpenFile file, EnvView now) {
    List<String> gone = file.offer(now);
    if (!gone.isEmpty()) {
      dropped.accept(gone);
    }
  }

  /** Tells {@code receiver} from now on which edits mean nothing any more after a save. */
  void whenDropped(Consumer<? super List<String>> receiver) {
    dropped = receiver;
  }

  private OpenFile opened(EnvTarget target) {
    OpenFile file = opened.computeIfAbsent(key(target), _ -> new OpenFile(target));
    file.retarget(target);
    return file;
  }

  private static Key key(EnvTarget target) {
    return new Key(target.stack().name(), target.file());
  }

  /** Shows another file of the stack. */
  void choose(EnvTarget target) {
    OpenFile file = opened(target);
    current = file;
    tell();
    view(
        file,
        now -> {
          offer(file, now);
          tell();
        });
  }

  /** Reads the chosen file again and keeps what is noted, as far as it still means something. */
  void loadAgain(Consumer<List<String>> dropped) {
    OpenFile file = current;
    if (file != null) {
      view(
          file,
          now -> {
            List<String> gone = file.accept(now);
            tell();
            dropped.accept(gone);
          });
    }
  }

  private void view(OpenFile file, Consumer<EnvView> done) {
    EnvTarget target = file.target();
    viewing.run(
        () -> desk.view(target),
        done,
        problem -> {
          file.failed(problem);
          tell();
        });
  }

  /** Looks whether the chosen file is still what is shown; does nothing while it looks already. */
  void glance(Background background) {
    OpenFile file = current;
    if (file == null || file.view() == null || glancing) {
      return;
    }
    glancing = true;
    EnvTarget target = file.target();
    background.run(
        () -> desk.view(target),
        now -> {
          glancing = false;
          offer(file, now);
          tell();
        },
        problem -> {
          glancing = false;
          file.failed(problem);
          tell();
        });
  }

  /** Tells that a save of {@code target} was refused because others have written it. */
  void foundChanged(EnvTarget target) {
    OpenFile file = opened.get(key(target));
    if (file != null) {
      file.foundChanged();
      tell();
    }
  }

  /**
   * Takes over how the save of {@code asked} ended, and reads everything again where that may have
   * touched the file. What was noted since it was asked for stays noted, and everything does where
   * the file does not have it.
   *
   * @return whether the file has the new content
   */
  boolean ended(Asked asked, Outcome<EnvReceipt> outcome) {
    return switch (outcome) {
      case Outcome.Done<EnvReceipt>(EnvReceipt receipt) -> ended(asked, receipt);
      case Outcome.Found<EnvReceipt>(EnvReceipt receipt) -> ended(asked, receipt);
      case Outcome.Attention<EnvReceipt>(EnvReceipt receipt, Problem problem) ->
          ended(asked, receipt);
      case Outcome.Failed<EnvReceipt> failed -> false;
      case Outcome.Refused<EnvReceipt> refused -> false;
    };
  }

  private boolean ended(Asked asked, EnvReceipt receipt) {
    OpenFile file = opened.get(key(asked.target()));
    if (file != null && receipt.written()) {
      file.saved(receipt.newHash(), asked.noted());
      // The rows go on showing what is noted until the file, which has it now, is read.
      pending.set(current == null ? 0 : current.edits().size());
    }
    reload();
    return receipt.written();
  }

  /** Returns how many changes of files of {@code name}, a stack, are not saved. */
  int pendingOfStack(String name) {
    return opened.entrySet().stream()
        .filter(one -> one.getKey().stack().equals(name))
        .mapToInt(one -> one.getValue().edits().size())
        .sum();
  }

  /** Asks for what is noted for the chosen file; null while none is read. The caller closes it. */
  @Nullable Asked ask() {
    OpenFile file = current;
    EnvView view = file == null ? null : file.view();
    return file == null || view == null
        ? null
        : new Asked(
            new EnvWish.Edits(file.target(), view.hash(), file.edits().changes()),
            List.copyOf(file.edits().all()));
  }

  /** Returns what holds the edits of the chosen file; null while none is read. */
  @Nullable PendingEdits pendingEdits() {
    return current == null || current.view() == null ? null : current.edits();
  }

  /** Notes {@code edit}, which this model owns from now on. */
  void note(PendingEdit edit) {
    if (current != null) {
      current.edits().note(edit);
      tell();
    }
  }

  /** Forgets what is noted for the setting {@code name}. */
  void undo(String name) {
    if (current != null) {
      current.edits().undo(name);
      tell();
    }
  }

  /** Forgets everything that is noted for the chosen file. */
  void discard() {
    if (current != null) {
      current.edits().clear();
      tell();
      reload();
    }
  }

  /** Wipes all noted values. */
  void close() {
    opened.values().forEach(file -> file.edits().clear());
    opened.clear();
    current = null;
  }

  private void tell() {
    OpenFile file = current;
    EnvView view = file == null ? null : file.view();
    List<SettingRow> now =
        file == null || view == null ? List.of() : SettingRow.of(view, file.edits());
    if (!rows.equals(now)) {
      rows.setAll(now);
    }
    pending.set(file == null ? 0 : file.edits().size());
    shown.set(
        file == null
            ? new Shown(null, null, null, false, noSets, unlisted)
            : new Shown(
                file.target(), view, file.unreadable(), file.changedByOthers(), noSets, unlisted));
  }
}
