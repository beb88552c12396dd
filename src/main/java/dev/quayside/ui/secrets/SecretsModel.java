package dev.quayside.ui.secrets;

import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.secrets.RotationPlan;
import dev.quayside.secrets.RotationReceipt;
import dev.quayside.secrets.SecretStatus;
import dev.quayside.ui.fx.Background;
import dev.quayside.ui.fx.Job;
import dev.quayside.ui.fx.JobRequest;
import dev.quayside.ui.fx.Jobs;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** Decides what the Secrets page shows. Belongs to the FX thread. */
final class SecretsModel {

  private final SecretsDesk desk;
  private final Background.Newest loading;
  private final Background.Newest makingPlan;
  private final Jobs jobs;
  private final ObservableList<SecretStatus> secrets = FXCollections.observableArrayList();
  private final ObservableList<RotationReceipt> receipts = FXCollections.observableArrayList();
  private final ReadOnlyObjectWrapper<State> state =
      new ReadOnlyObjectWrapper<>(new State.NoStack());
  private final ReadOnlyObjectWrapper<@Nullable Job> rotating = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<@Nullable String> planning = new ReadOnlyObjectWrapper<>();
  private @Nullable RotationPlan newestPlan;
  private @Nullable String stack;

  /** Tells what there is to show. */
  sealed interface State {
    /** No stack is chosen. */
    record NoStack() implements State {}

    /** The list is being read. */
    record Loading(String stack) implements State {}

    /** The list is there. */
    record Ready(String stack) implements State {}

    /** The list could not be read. */
    record Failed(String stack, Problem problem) implements State {}
  }

  private record Loaded(List<SecretStatus> secrets, List<RotationReceipt> receipts) {}

  SecretsModel(SecretsDesk desk, Background background, Jobs jobs) {
    this.desk = desk;
    this.loading = background.newest();
    this.makingPlan = background.newest();
    this.jobs = jobs;
  }

  /** Returns the secrets; changed by this model only. */
  ObservableList<SecretStatus> secrets() {
    return secrets;
  }

  /** Returns the receipts, newest first; changed by this model only. */
  ObservableList<RotationReceipt> receipts() {
    return receipts;
  }

  ReadOnlyObjectProperty<State> state() {
    return state.getReadOnlyProperty();
  }

  /** Returns the change that runs; null while none does. */
  ReadOnlyObjectProperty<@Nullable Job> rotating() {
    return rotating.getReadOnlyProperty();
  }

  /** Returns the name of the secret whose plan is being made; null while none is. */
  ReadOnlyObjectProperty<@Nullable String> planning() {
    return planning.getReadOnlyProperty();
  }

  /** Shows the secrets of {@code chosen}; null for no stack. */
  void show(@Nullable String chosen) {
    stack = chosen;
    makingPlan.forget();
    newestPlan = null;
    planning.set(null);
    if (chosen == null) {
      state.set(new State.NoStack());
    } else {
      state.set(new State.Loading(chosen));
    }
    secrets.clear();
    receipts.clear();
    reload();
  }

  /** Reads the list again; what is shown stays until the answer is there. */
  void reload() {
    String chosen = stack;
    if (chosen == null) {
      return;
    }
    loading.run(
        () -> new Loaded(desk.list(chosen), desk.receipts(chosen)),
        loaded -> {
          if (!secrets.equals(loaded.secrets())) {
            secrets.setAll(loaded.secrets());
          }
          if (!receipts.equals(loaded.receipts())) {
            receipts.setAll(loaded.receipts());
          }
          state.set(new State.Ready(chosen));
        },
        problem -> state.set(new State.Failed(chosen, problem)));
  }

  /** Makes the plan of changing {@code secret} and hands it to {@code ready}, or says why not. */
  void plan(
      SecretStatus secret,
      Consumer<? super RotationPlan> ready,
      Consumer<? super Problem> refused) {
    String chosen = stack;
    if (chosen == null) {
      return;
    }
    planning.set(secret.name());
    makingPlan.run(
        () -> desk.plan(chosen, secret.name()),
        outcome -> {
          planning.set(null);
          switch (outcome) {
            case Outcome.Done<RotationPlan>(RotationPlan plan) -> made(plan, ready);
            case Outcome.Found<RotationPlan>(RotationPlan plan) -> made(plan, ready);
            case Outcome.Attention<RotationPlan>(RotationPlan plan, Problem problem) ->
                refused.accept(problem);
            case Outcome.Failed<RotationPlan>(Problem problem) -> refused.accept(problem);
            case Outcome.Refused<RotationPlan>(Problem problem) -> refused.accept(problem);
          }
        },
        problem -> {
          planning.set(null);
          refused.accept(problem);
        });
  }

  private void made(RotationPlan plan, Consumer<? super RotationPlan> ready) {
    newestPlan = plan;
    ready.accept(plan);
  }

  /**
   * Returns whether {@code plan} may still be carried out: it is the newest one, it was not carried
   * out yet, and no change runs that would make it old.
   */
  boolean current(RotationPlan plan) {
    return plan.equals(newestPlan) && rotating.get() == null;
  }

  /**
   * Starts the change as a job. It cannot be cancelled: half of it would be a mix of old and new. A
   * plan that is not {@link #current} any more does nothing.
   *
   * @param proven told the receipt when everything is proven
   * @param unproven told the receipt and what is not as it should be
   * @param failed told what went wrong; everything is then as before
   */
  void rotate(
      RotationPlan plan,
      Consumer<? super RotationReceipt> proven,
      Consumer<Outcome.Attention<RotationReceipt>> unproven,
      Consumer<? super Problem> failed) {
    if (!current(plan)) {
      return;
    }
    newestPlan = null;
    String names =
        String.join(", ", plan.secrets().stream().map(RotationPlan.PlannedSecret::name).toList());
    Job job =
        jobs.start(
            new JobRequest<RotationReceipt>(
                SecretsText.of("job.title", names, plan.stack().name()),
                false,
                progress -> desk.run(plan, progress),
                receipt -> SecretsText.of("job.done", names),
                outcome -> {
                  rotating.set(null);
                  reload();
                  switch (outcome) {
                    case Outcome.Done<RotationReceipt>(RotationReceipt receipt) ->
                        proven.accept(receipt);
                    case Outcome.Found<RotationReceipt>(RotationReceipt receipt) ->
                        proven.accept(receipt);
                    case Outcome.Attention<RotationReceipt> attention -> unproven.accept(attention);
                    case Outcome.Failed<RotationReceipt>(Problem problem) -> failed.accept(problem);
                    case Outcome.Refused<RotationReceipt>(Problem problem) ->
                        failed.accept(problem);
                  }
                }));
    if (job.status().get().state().running()) {
      rotating.set(job);
    }
  }
}
