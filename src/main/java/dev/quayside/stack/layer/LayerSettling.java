package dev.quayside.stack.layer;

import dev.quayside.catalogue.Catalogue;
import dev.quayside.common.Messages;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.common.ProcessIdentity;
import dev.quayside.common.ProcessLock;
import dev.quayside.common.Progress;
import dev.quayside.common.StepBoundary;
import dev.quayside.engine.Engine;
import dev.quayside.engine.EngineSource;
import dev.quayside.journal.Intent;
import dev.quayside.journal.Journal;
import dev.quayside.journal.JournaledEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Brings to an end what a failure or a kill cut off: in the change itself, before the next change
 * of its project, or at the next start. Safe for use by several threads.
 */
final class LayerSettling {

  private static final Duration ORPHAN_PATIENCE = Duration.ofSeconds(60);
  // Announced by the life cycle, which leaves their end to us.
  private static final Set<String> OURS_TO_END = Set.of("up", "recreate", LayerKeeper.CARRY_OVER);
  private static final Messages MESSAGES = Messages.of("lifecycle");

  private final JournaledEngine control;
  private final Catalogue catalogue;
  private final LayerStore store;
  private final StepBoundary boundary;

  LayerSettling(
      JournaledEngine control, Catalogue catalogue, LayerStore store, StepBoundary boundary) {
    this.control = control;
    this.catalogue = catalogue;
    this.store = store;
    this.boundary = boundary;
  }

  LayerCarriage carriage(Engine engine, Intent intent) {
    return new LayerCarriage(engine, control, intent, store, boundary);
  }

  /** Brings to an end what failed on its way, and says of the failure what holds now. */
  ProblemException afterwards(
      LayerCarriage carriage,
      LayerRecord begun,
      LayerKeeper.ComposeRunner compose,
      Progress progress,
      ProblemException failure) {
    boolean interrupted = Thread.interrupted();
    try {
      LayerRecord now = store.record(begun.id());
      if (now != null) {
        LayerCarriage.Settled settled = carriage.settle(now, maker(now, compose, progress));
        progress.line(MESSAGES.get("layer.settled." + settled.ended(), services(begun)));
        Problem left = left(begun, settled);
        if (left != null) {
          Problem why = failure.problem();
          return new ProblemException(
              why.withDetail(why.detail() + "\n" + left.happened()), failure);
        }
      }
      return failure;
    } catch (ProblemException | IOException | RuntimeException stuck) {
      Problem why = failure.problem();
      ProblemException told =
          new ProblemException(
              MESSAGES
                  .problem("LAYER-STUCK", begun.subject(), why.title() + ". " + why.happened())
                  .withDetail(why.detail()),
              failure);
      told.addSuppressed(stuck);
      return told;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static LayerCarriage.Maker maker(
      LayerRecord record, LayerKeeper.ComposeRunner compose, Progress progress) {
    return services ->
        compose.run(
            record.invocation(),
            LayerKeeper.words("up", "--no-start", "--no-deps", "--no-recreate", services),
            progress);
  }

  /** Words what is left for the operator to look at; null where nothing is. */
  static @Nullable Problem left(LayerRecord record, LayerCarriage.Settled settled) {
    if (!settled.left().isEmpty()) {
      return leftOver(record, settled.left());
    }
    return settled.down().isEmpty()
        ? null
        : MESSAGES.problem("LAYER-DOWN", record.subject(), String.join(", ", settled.down()));
  }

  static Problem leftOver(LayerRecord record, List<Path> left) {
    return MESSAGES.problem(
        "LAYER-LEFT",
        record.subject(),
        left.stream().map(Path::toString).collect(Collectors.joining(", ")));
  }

  /** Names the services whose data is carried over; all of them where none is. */
  static String services(LayerRecord record) {
    List<String> carried =
        record.containers().stream()
            .filter(CarriedContainer::carries)
            .map(CarriedContainer::service)
            .distinct()
            .toList();
    return String.join(", ", carried.isEmpty() ? record.services() : carried);
  }

  static ProblemException problem(Exception failure) {
    return failure instanceof ProblemException known
        ? known
        : new ProblemException(
            MESSAGES.problem("LAYER-FAILED", String.valueOf(failure.getMessage())), failure);
  }

  /**
   * Brings to an end what earlier changes of the project left, within the change {@code intent}.
   * The caller holds the project.
   */
  Settlement settle(
      Engine engine,
      Intent intent,
      String project,
      LayerKeeper.ComposeRunner compose,
      Progress progress)
      throws ProblemException {
    boolean any = false;
    List<Problem> left = new ArrayList<>();
    try {
      for (String id : store.ids()) {
        LayerRecord record = readable(id, project);
        if (record == null || !record.project().equals(project)) {
          continue;
        }
        any = true;
        endOrphan(record);
        LayerCarriage.Settled settled =
            carriage(engine, intent).settle(record, maker(record, compose, progress));
        progress.line(MESSAGES.get("layer.settled." + settled.ended(), services(record)));
        Problem problem = left(record, settled);
        if (problem != null) {
          progress.line(problem.happened());
          left.add(problem);
        }
      }
    } catch (IOException failure) {
      throw problem(failure);
    }
    return new Settlement(any, left);
  }

  /** A record that cannot be read stands only in the way of its own project. */
  private @Nullable LayerRecord readable(String id, String project) throws IOException {
    try {
      return store.record(id);
    } catch (IOException unreadable) {
      if (store.project(id).equals(project)) {
        throw unreadable;
      }
      return null;
    }
  }

  private void endOrphan(LayerRecord record) throws ProblemException, IOException {
    ProcessIdentity orphan = store.child(record.id()).end(ORPHAN_PATIENCE);
    if (orphan != null) {
      throw new ProblemException(MESSAGES.problem("LAYER-ORPHAN", Long.toString(orphan.pid())));
    }
  }

  /** Brings to an end what kills cut off. What another process is about is left to it. */
  List<LayerRecovery> recover(
      EngineSource engines,
      Journal journal,
      LayerKeeper.RunnerFor compose,
      String project,
      Progress progress) {
    List<LayerRecovery> told = new ArrayList<>();
    try {
      for (String id : store.ids()) {
        recover(id, engines, journal, compose, project, progress, told);
      }
    } catch (IOException failure) {
      told.add(new LayerRecovery("", LayerRecovery.Ended.STUCK, problem(failure).problem()));
    }
    return List.copyOf(told);
  }

  private void recover(
      String id,
      EngineSource engines,
      Journal journal,
      LayerKeeper.RunnerFor compose,
      String project,
      Progress progress,
      List<LayerRecovery> told) {
    String stack = store.project(id);
    if (!project.isEmpty() && !stack.isEmpty() && !project.equals(stack)) {
      return;
    }
    try {
      LayerRecord seen = store.record(id);
      if (seen == null) {
        store.clear(id);
        return;
      }
      stack = seen.subject();
      if (!project.isEmpty() && !project.equals(seen.project())) {
        return;
      }
      try (ProcessLock lock = store.lock(seen.project(), Duration.ZERO)) {
        // Before the lock was ours, its holder may have gone on.
        LayerRecord now = lock == null ? null : store.record(id);
        if (now != null) {
          told.add(locked(now, engines, journal, compose, progress));
        }
      }
    } catch (ProblemException | IOException | RuntimeException failure) {
      Problem why = problem(failure).problem();
      Problem problem = MESSAGES.problem("LAYER-WAITS", stack, why.title() + ". " + why.happened());
      told.add(
          new LayerRecovery(stack, LayerRecovery.Ended.STUCK, problem.withDetail(why.detail())));
    }
  }

  private LayerRecovery locked(
      LayerRecord record,
      EngineSource engines,
      Journal journal,
      LayerKeeper.RunnerFor compose,
      Progress progress)
      throws ProblemException, IOException {
    endOrphan(record);
    // Before anything is announced: without an engine nothing is begun.
    try (Engine engine = engines.connect()) {
      if (!journal.ended(record.id())) {
        Intent own = journal.resume(record.id(), record.action(), record.subject());
        return settled(record, engine, own, compose, progress);
      }
      Map<String, String> details =
          Map.of("for", record.id(), LayerKeeper.PROCESS, ProcessIdentity.own().noted());
      Intent again = journal.begin(LayerKeeper.CARRY_OVER, record.subject(), details);
      try {
        return settled(record, engine, again, compose, progress);
      } catch (ProblemException | IOException | RuntimeException failure) {
        // The change itself stays as it is, for the next one; this announcement is over.
        again.attention(Map.of("problem", problem(failure).problem().code()));
        throw failure;
      }
    }
  }

  private LayerRecovery settled(
      LayerRecord record,
      Engine engine,
      Intent intent,
      LayerKeeper.RunnerFor compose,
      Progress progress)
      throws ProblemException, IOException {
    LayerKeeper.ComposeRunner runner =
        compose.within(intent, catalogue.kind(record.kind(), record.era()));
    LayerCarriage.Settled settled =
        carriage(engine, intent).settle(record, maker(record, runner, progress));
    if (OURS_TO_END.contains(intent.action())) {
      end(intent, settled);
    }
    Problem problem = left(record, settled);
    LayerRecovery.Ended told = problem == null ? settled.ended() : LayerRecovery.Ended.LEFT;
    return new LayerRecovery(record.subject(), told, problem);
  }

  private static void end(Intent intent, LayerCarriage.Settled settled) throws ProblemException {
    Map<String, String> details = Map.of("problem", "KILLED", "layer", settled.ended().name());
    switch (settled.ended()) {
      case PUT_BACK -> intent.failed(details);
      case FINISHED, CUT_OFF, BROKEN_OFF, LEFT, STUCK -> intent.attention(details);
    }
  }
}
