package dev.quayside.secrets;

import dev.quayside.common.Home;
import dev.quayside.common.Messages;
import dev.quayside.common.Outcome;
import dev.quayside.common.ProblemException;
import dev.quayside.common.ProcessLock;
import dev.quayside.common.Progress;
import dev.quayside.engine.Engine;
import dev.quayside.journal.Intent;
import dev.quayside.journal.Journal;
import dev.quayside.stack.Stack;
import dev.quayside.stack.env.EnvFile;
import dev.quayside.stack.settings.EnvEditing;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Changes secrets with proof, or puts everything back.
 *
 * <p>A run is announced in the journal, keeps what putting back needs, changes the file
 * byte-exactly, makes only the consumers anew, sees the new value accepted and the old one refused,
 * and leaves a receipt. It survives being killed at any moment: {@link #recover} completes it or
 * puts it back. Safe for use by several threads and processes; one environment file is changed by
 * one run at a time.
 */
public final class Rotation {

  /** Name of the action in the journal. */
  static final String ACTION = "rotate";

  private static final Messages MESSAGES = Messages.of("secrets");

  private final RotationParts parts;
  private final RotationStore store;

  /** Creates the operation. */
  public Rotation(RotationParts parts) {
    this.parts = parts;
    this.store = new RotationStore(parts.home());
  }

  /** Plans a change of {@code names}; changes nothing. */
  public Outcome<RotationPlan> plan(Stack stack, List<String> names) {
    try (StackSecrets secrets = StackSecrets.read(stack, parts.catalogue(), parts.compose())) {
      return new RotationPlanner(parts.home()).plan(secrets, names);
    } catch (ProblemException failure) {
      return new Outcome.Failed<>(failure.problem());
    }
  }

  /** Carries out {@code plan}, blocking its caller. */
  public Outcome<RotationReceipt> run(RotationPlan plan, Progress progress) {
    try (ProcessLock lock = store.lock(plan.file(), Duration.ZERO)) {
      if (lock == null) {
        return new Outcome.Refused<>(MESSAGES.problem("ROTATION-LOCKED", plan.file()));
      }
      if (store.unfinished().stream().anyMatch(left -> left.file().equals(plan.file()))) {
        return new Outcome.Refused<>(MESSAGES.problem("ROTATION-UNFINISHED", plan.stack().name()));
      }
      if (new EnvEditing(parts.editor()).settle(plan.file())) {
        return new Outcome.Refused<>(Messages.of("env").problem("ENV-LEFT", plan.file()));
      }
      return locked(plan, progress);
    } catch (ProblemException | IOException failure) {
      return new Outcome.Failed<>(RotationRun.problem(failure));
    }
  }

  private Outcome<RotationReceipt> locked(RotationPlan plan, Progress progress)
      throws ProblemException, IOException {
    Map<String, String> details = new TreeMap<>();
    details.put(
        "secrets",
        String.join(" ", plan.secrets().stream().map(RotationPlan.PlannedSecret::name).toList()));
    details.put("services", String.join(" ", plan.recreated()));
    details.put("file", plan.file().toString());
    String project = Objects.requireNonNull(plan.stack().invocation()).project();
    try (Engine engine = parts.engines().connect();
        EnvFile oldFile = EnvFile.read(plan.file())) {
      Intent intent = parts.journal().begin(ACTION, plan.stack().name(), details);
      RotationSession session =
          new RotationSession(parts, store, engine, intent, project, progress);
      try (RotationRun run = new RotationRun(parts, session, plan, oldFile, progress)) {
        return run.run();
      }
    }
  }

  /** Returns whether {@link #recover} would have anything to look at; cheap, asks no engine. */
  public static boolean anyBegun(Home home, Journal journal) throws ProblemException {
    return new RotationStore(home).begun() || !journal.unended(ACTION).isEmpty();
  }

  /**
   * Finishes or puts back what a kill cut off; to be called at start. Runs of another Quayside that
   * is alive are left alone.
   */
  public List<Recovery> recover(Progress progress) {
    return new RotationRecovery(parts, store).run(progress);
  }
}
