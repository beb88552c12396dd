package dev.quayside.ui.environment;

import dev.quayside.common.Messages;
import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.common.Secret;
import dev.quayside.stack.settings.EnvChange;
import dev.quayside.stack.settings.EnvDifference;
import dev.quayside.stack.settings.EnvProblem;
import dev.quayside.stack.settings.EnvTarget;
import dev.quayside.stack.settings.EnvView;
import dev.quayside.ui.fx.Background;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/**
 * Checks a value while it is typed: whether every reader of the file would read exactly it, and
 * everything else as before. Belongs to the FX thread.
 */
final class EditModel {

  private static final Messages ENV = Messages.of("env");

  private final EnvironmentDesk desk;
  private final Background.Newest checking;
  private final Background.Newest judging;
  private final EnvTarget target;
  private final EnvView view;
  private final PendingEdits pending;
  private final boolean adds;
  private final ReadOnlyObjectWrapper<Verdict> verdict =
      new ReadOnlyObjectWrapper<>(new Verdict.Nothing());
  private final ReadOnlyObjectWrapper<Hiding> hiding = new ReadOnlyObjectWrapper<>(Hiding.UNKNOWN);

  /** Tells whether what is typed must be hidden. */
  enum Hiding {
    UNKNOWN,
    SHOWN,
    HIDDEN
  }

  /** Tells what would become of what is typed. */
  sealed interface Verdict {
    /** Nothing is typed yet. */
    record Nothing() implements Verdict {}

    /** It is being checked. */
    record Checking() implements Verdict {}

    /** The file has it already. */
    record Same() implements Verdict {}

    /**
     * It can be written.
     *
     * @param difference what it would change, masked where it is a secret
     * @param notes what is to be known of it all the same
     */
    record Good(EnvDifference difference, List<EnvProblem> notes) implements Verdict {
      /** Makes the list immutable. */
      public Good {
        notes = List.copyOf(notes);
      }
    }

    /** It cannot be written. */
    record Refused(Problem problem) implements Verdict {}
  }

  /**
   * Creates it.
   *
   * @param view the file as it was read
   * @param pending what else is noted for it
   * @param adds whether a new setting is meant, and not another value of one
   */
  EditModel(
      EnvironmentDesk desk,
      Background background,
      EnvView view,
      PendingEdits pending,
      boolean adds) {
    this.desk = desk;
    this.checking = background.newest();
    this.judging = background.newest();
    this.target = view.target();
    this.view = view;
    this.pending = pending;
    this.adds = adds;
  }

  EnvTarget target() {
    return target;
  }

  ReadOnlyObjectProperty<Verdict> verdict() {
    return verdict.getReadOnlyProperty();
  }

  ReadOnlyObjectProperty<Hiding> hiding() {
    return hiding.getReadOnlyProperty();
  }

  /** Takes over that the value has to be hidden, or may be seen. */
  void hide(boolean hidden) {
    hiding.set(hidden ? Hiding.HIDDEN : Hiding.SHOWN);
  }

  /** Asks whether a value of {@code name} has to be hidden. */
  void judge(String name) {
    if (name.isEmpty()) {
      judging.forget();
      hiding.set(Hiding.UNKNOWN);
      return;
    }
    judging.run(
        () -> desk.secret(target, name),
        this::hide,
        // Where it cannot be told, hiding does no harm.
        problem -> hide(true));
  }

  /** Checks {@code value} for {@code name}; takes ownership of it. */
  void check(String name, Secret value) {
    if (name.isEmpty()) {
      value.close();
      forget();
      return;
    }
    if (adds && known(name)) {
      value.close();
      checking.forget();
      verdict.set(new Verdict.Refused(ENV.problem("ENV-ALREADY-SET", name, target.name())));
      return;
    }
    verdict.set(new Verdict.Checking());
    List<EnvChange> changes = new ArrayList<>(pending.changesBut(name));
    PendingEdits.single(name, pending.single(name), changes);
    changes.add(new EnvChange.Put(name, value));
    EnvWish.Edits wish = new EnvWish.Edits(target, view.hash(), changes);
    checking.run(
        () -> {
          try (wish) {
            return desk.preview(wish);
          }
        },
        outcome -> verdict.set(verdict(name, outcome)),
        problem -> verdict.set(new Verdict.Refused(problem)));
  }

  /** Says that nothing is typed. */
  void forget() {
    checking.forget();
    verdict.set(new Verdict.Nothing());
  }

  private boolean known(String name) {
    return view.settings().stream().anyMatch(one -> one.name().equals(name))
        || pending.of(name) != null;
  }

  private static Verdict verdict(String name, Outcome<EnvPreview> outcome) {
    return switch (outcome) {
      case Outcome.Done<EnvPreview>(EnvPreview preview) -> good(name, preview);
      case Outcome.Found<EnvPreview>(EnvPreview preview) -> good(name, preview);
      case Outcome.Attention<EnvPreview>(EnvPreview preview, Problem problem) ->
          new Verdict.Refused(problem);
      case Outcome.Failed<EnvPreview>(Problem problem) -> new Verdict.Refused(problem);
      case Outcome.Refused<EnvPreview>(Problem problem) -> new Verdict.Refused(problem);
    };
  }

  private static Verdict good(String name, EnvPreview preview) {
    List<EnvProblem> notes =
        preview.problems().stream().filter(one -> one.name().equals(name)).toList();
    return preview.diff().stream()
        .filter(one -> one.name().equals(name))
        .filter(one -> one.newValue() != null)
        .filter(one ->
            one.kind() == EnvDifference.Kind.ADDED
                || one.kind() == EnvDifference.Kind.CHANGED
                || one.kind() == EnvDifference.Kind.REWRITTEN)
        .findFirst()
        .<Verdict>map(one -> new Verdict.Good(one, notes))
        .orElse(new Verdict.Same());
  }

  /** Returns the edit to note for a value that was found good; takes ownership of {@code value}. */
  PendingEdit.NewValue edit(String name, Secret value, Verdict.Good good) {
    String shown = good.difference().newValue();
    return new PendingEdit.NewValue(name, value, shown == null ? "" : shown, pending.single(name));
  }
}
