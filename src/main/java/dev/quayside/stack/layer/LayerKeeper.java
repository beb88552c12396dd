package dev.quayside.stack.layer;

import dev.quayside.catalogue.Catalogue;
import dev.quayside.catalogue.StackKind;
import dev.quayside.common.ForeignText;
import dev.quayside.common.Home;
import dev.quayside.common.Messages;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.common.ProcessIdentity;
import dev.quayside.common.ProcessLock;
import dev.quayside.common.Progress;
import dev.quayside.common.StepBoundary;
import dev.quayside.engine.Container;
import dev.quayside.engine.Engine;
import dev.quayside.engine.EngineSource;
import dev.quayside.engine.compose.ComposeInvocation;
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

/**
 * Makes containers anew and carries over the data in their writable layers that the catalogue wants
 * kept: the containers are stopped, their data is copied into the state folder, Compose makes the
 * new ones without starting them, the data goes back and is compared, and only then they start.
 * What a kill cuts off anywhere is brought to an end at the next start. Safe for use by several
 * threads.
 */
public final class LayerKeeper {

  private static final Duration LOCK_PATIENCE = Duration.ofSeconds(20);
  private static final Duration ORPHAN_PATIENCE = Duration.ofSeconds(60);
  private static final int LONGEST = 200;
  private static final String CARRY_OVER = "carry-over";
  // Announced by the life cycle, which has no recovery of its own.
  private static final Set<String> OURS_TO_END = Set.of("up", "recreate", CARRY_OVER);
  private static final Messages MESSAGES = Messages.of("lifecycle");

  private final JournaledEngine control;
  private final LayerGuard guard;
  private final LayerStore store;
  private final StepBoundary boundary;

  /** Creates the keeper; records and copies lie in {@code home}. */
  public LayerKeeper(
      JournaledEngine control, Catalogue catalogue, Home home, StepBoundary boundary) {
    this.control = control;
    this.guard = new LayerGuard(catalogue);
    this.store = new LayerStore(home);
    this.boundary = boundary;
  }

  /** Runs Compose with words such as {@code up --no-start web}, within the announced change. */
  public interface ComposeRunner {

    /** Runs it to its end; a failure is a problem. */
    void run(ComposeInvocation invocation, List<String> words, Progress progress)
        throws ProblemException;
  }

  /**
   * Says what to make anew.
   *
   * @param stack its name
   * @param kind of the stack
   * @param invocation with which Compose makes it, profiles included
   * @param services to make anew
   * @param containers of these services
   */
  public record Order(
      String stack,
      StackKind kind,
      ComposeInvocation invocation,
      List<String> services,
      List<Container> containers) {

    /** Makes the lists immutable. */
    public Order {
      services = List.copyOf(services);
      containers = List.copyOf(containers);
    }
  }

  /** Returns what lies in the writable layer of {@code container}. */
  public LayerFindings look(Engine engine, StackKind kind, Container container)
      throws ProblemException {
    return guard.look(engine, kind, container.service(), container);
  }

  /** Returns those containers that hold data to carry over. */
  public List<Container> keeping(Engine engine, StackKind kind, List<Container> containers)
      throws ProblemException {
    List<Container> keeping = new ArrayList<>();
    for (Container container : containers) {
      if (!look(engine, kind, container).kept().isEmpty()) {
        keeping.add(container);
      }
    }
    return List.copyOf(keeping);
  }

  /**
   * Makes the containers of {@code order} anew.
   *
   * @return services that are made and not started, as they did not run before
   * @throws ProblemException if something went wrong; the data is then in the old containers, in
   *     the new ones or in a copy that the problem names
   */
  public Set<String> recreate(
      Engine engine, Intent intent, Order order, ComposeRunner compose, Progress progress)
      throws ProblemException {
    try (ProcessLock lock = store.lock(order.invocation().project(), LOCK_PATIENCE)) {
      if (lock == null) {
        throw new ProblemException(MESSAGES.problem("LAYER-BUSY", order.stack()));
      }
      LayerRecord record = record(engine, intent, order);
      store.create(record);
      Progress noting = new NotingProgress(progress, store.child(record.id()));
      LayerCarriage carriage = carriage(engine, intent);
      try {
        return forward(carriage, record, order, engine, compose, noting);
      } catch (ProblemException | IOException | RuntimeException failure) {
        throw afterwards(carriage, record, compose, noting, problem(failure));
      }
    } catch (IOException failure) {
      throw problem(failure);
    }
  }

  private LayerRecord record(Engine engine, Intent intent, Order order) throws ProblemException {
    List<CarriedContainer> carried = new ArrayList<>();
    for (Container container : keeping(engine, order.kind(), order.containers())) {
      carried.add(CarriedContainer.of(container));
    }
    return new LayerRecord(
        intent.id(),
        intent.action(),
        order.stack(),
        order.invocation(),
        carried,
        LayerRecord.Phase.COPYING);
  }

  private Set<String> forward(
      LayerCarriage carriage,
      LayerRecord begun,
      Order order,
      Engine engine,
      ComposeRunner compose,
      Progress progress)
      throws ProblemException, IOException {
    progress.line(MESSAGES.get("layer.copying", services(begun)));
    LayerRecord making =
        carriage.copyOut(
            begun,
            one -> {
              LayerFindings found =
                  guard.look(engine, order.kind(), one.service(), engine.read(one.id()));
              if (!found.unknown().isEmpty()) {
                String paths =
                    found.unknown().stream()
                        .limit(3)
                        .map(path -> ForeignText.line(path, LONGEST))
                        .collect(Collectors.joining(", "));
                throw new ProblemException(
                    MESSAGES.problem("LAYER-NEW-DATA", one.service(), paths));
              }
              return found;
            });
    compose.run(
        order.invocation(),
        words("up", "--no-start", "--no-deps", "--force-recreate", order.services()),
        progress);
    List<Path> left = carriage.fill(making);
    Set<String> resting =
        making.containers().stream()
            .filter(one -> !one.wasRunning())
            .map(CarriedContainer::service)
            .collect(Collectors.toSet());
    making.containers().stream()
        .filter(CarriedContainer::wasRunning)
        .map(CarriedContainer::service)
        .forEach(resting::remove);
    List<String> started =
        order.services().stream().filter(service -> !resting.contains(service)).toList();
    if (!started.isEmpty()) {
      compose.run(
          order.invocation(), words("up", "-d", "--no-deps", "--no-recreate", started), progress);
    }
    carriage.conclude(making);
    progress.line(MESSAGES.get("layer.back", services(begun)));
    if (!left.isEmpty()) {
      throw new ProblemException(leftOver(begun, left));
    }
    return Set.copyOf(resting);
  }

  private static List<String> words(
      String verb, String first, String second, String third, List<String> services) {
    List<String> words = new ArrayList<>(List.of(verb, first, second, third));
    words.addAll(services);
    return words;
  }

  /** Brings to an end what failed on its way, and says of the failure what holds now. */
  private ProblemException afterwards(
      LayerCarriage carriage,
      LayerRecord begun,
      ComposeRunner compose,
      Progress progress,
      ProblemException failure) {
    boolean interrupted = Thread.interrupted();
    try {
      LayerRecord now = store.record(begun.id());
      if (now != null) {
        LayerCarriage.Settled settled = carriage.settle(now, maker(now, compose, progress));
        progress.line(MESSAGES.get("layer.settled." + settled.ended(), services(begun)));
        if (!settled.left().isEmpty()) {
          Problem why = failure.problem();
          String where = leftOver(begun, settled.left()).happened();
          return new ProblemException(why.withDetail(why.detail() + "\n" + where), failure);
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
      LayerRecord record, ComposeRunner compose, Progress progress) {
    return services ->
        compose.run(
            record.invocation(),
            words("up", "--no-start", "--no-deps", "--no-recreate", services),
            progress);
  }

  private LayerCarriage carriage(Engine engine, Intent intent) {
    return new LayerCarriage(engine, control, intent, store, boundary);
  }

  private static Problem leftOver(LayerRecord record, List<Path> left) {
    return MESSAGES.problem(
        "LAYER-LEFT",
        record.subject(),
        left.stream().map(Path::toString).collect(Collectors.joining(", ")));
  }

  private static String services(LayerRecord record) {
    return record.containers().stream()
        .map(CarriedContainer::service)
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private static ProblemException problem(Exception failure) {
    return failure instanceof ProblemException known
        ? known
        : new ProblemException(
            MESSAGES.problem("LAYER-FAILED", String.valueOf(failure.getMessage())), failure);
  }

  /** Returns whether something may be to recover in {@code home}; asks no engine. */
  public static boolean anyBegun(Home home) {
    return new LayerStore(home).begun();
  }

  /**
   * Brings to an end what an earlier change of the project left, within the change {@code intent}:
   * nothing is to be made anew while data waits for its container.
   */
  public void settle(
      Engine engine, Intent intent, String project, ComposeRunner compose, Progress progress)
      throws ProblemException {
    if (!store.begun()) {
      return;
    }
    try (ProcessLock lock = store.lock(project, LOCK_PATIENCE)) {
      for (String id : store.ids()) {
        LayerRecord record = store.record(id);
        if (record != null && record.project().equals(project)) {
          if (lock == null) {
            throw new ProblemException(MESSAGES.problem("LAYER-BUSY", record.subject()));
          }
          endOrphan(record);
          LayerCarriage.Settled settled =
              carriage(engine, intent).settle(record, maker(record, compose, progress));
          progress.line(MESSAGES.get("layer.settled." + settled.ended(), services(record)));
        }
      }
    } catch (IOException failure) {
      throw problem(failure);
    }
  }

  private void endOrphan(LayerRecord record) throws ProblemException, IOException {
    ProcessIdentity orphan = store.child(record.id()).end(ORPHAN_PATIENCE);
    if (orphan != null) {
      throw new ProblemException(MESSAGES.problem("LAYER-ORPHAN", Long.toString(orphan.pid())));
    }
  }

  /**
   * Brings to an end what kills cut off. What another process is about is left to it.
   *
   * @param project only of this one; empty for all
   */
  public List<LayerRecovery> recover(
      EngineSource engines, Journal journal, RunnerFor compose, String project, Progress progress) {
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

  /** Gives a way to run Compose within an announced change. */
  public interface RunnerFor {

    /** Returns what runs Compose within {@code intent}. */
    ComposeRunner within(Intent intent);
  }

  private void recover(
      String id,
      EngineSource engines,
      Journal journal,
      RunnerFor compose,
      String project,
      Progress progress,
      List<LayerRecovery> told) {
    String stack = "";
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
      RunnerFor compose,
      Progress progress)
      throws ProblemException, IOException {
    endOrphan(record);
    boolean ended = journal.ended(record.id());
    Intent intent =
        ended
            ? journal.begin(CARRY_OVER, record.subject(), Map.of("for", record.id()))
            : journal.resume(record.id(), record.action(), record.subject());
    try (Engine engine = engines.connect()) {
      LayerCarriage.Settled settled =
          carriage(engine, intent).settle(record, maker(record, compose.within(intent), progress));
      if (OURS_TO_END.contains(intent.action())) {
        end(intent, settled);
      }
      Problem problem = settled.left().isEmpty() ? null : leftOver(record, settled.left());
      return new LayerRecovery(record.subject(), settled.ended(), problem);
    }
  }

  private static void end(Intent intent, LayerCarriage.Settled settled) throws ProblemException {
    Map<String, String> details = Map.of("problem", "KILLED", "layer", settled.ended().name());
    switch (settled.ended()) {
      case PUT_BACK -> intent.failed(details);
      case FINISHED, LEFT, STUCK -> intent.attention(details);
    }
  }
}
