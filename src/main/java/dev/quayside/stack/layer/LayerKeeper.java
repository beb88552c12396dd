package dev.quayside.stack.layer;

import dev.quayside.catalogue.Catalogue;
import dev.quayside.catalogue.StackKind;
import dev.quayside.common.ForeignText;
import dev.quayside.common.Home;
import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
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
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Runs Compose where it changes containers, one run at a time in a project, with a record that lets
 * the next start bring to an end what a kill cuts off.
 *
 * <p>Where it makes containers anew, data in their writable layers that the catalogue wants kept is
 * carried over: all containers are stopped, the data is copied into the state folder, Compose makes
 * the new ones without starting them, the data goes back and is compared, and only then they start.
 * Safe for use by several threads.
 */
public final class LayerKeeper {

  /** Names what a later start announces to bring an ended change to its end. */
  public static final String CARRY_OVER = "carry-over";

  /** Which process announced a change, so that a later start knows whether it lives. */
  public static final String PROCESS = "process";

  private static final Duration HOLD_PATIENCE = Duration.ofSeconds(20);
  private static final int LONGEST = 200;
  private static final Messages MESSAGES = Messages.of("lifecycle");

  private final LayerGuard guard;
  private final LayerStore store;
  private final StepBoundary boundary;
  private final LayerSettling settling;
  private final Duration patience;

  /** Creates the keeper; records and copies lie in {@code home}. */
  public LayerKeeper(
      JournaledEngine control, Catalogue catalogue, Home home, StepBoundary boundary) {
    this(control, catalogue, home, boundary, HOLD_PATIENCE);
  }

  /**
   * Creates the keeper.
   *
   * @param patience how long to wait while another one changes the same project
   */
  public LayerKeeper(
      JournaledEngine control,
      Catalogue catalogue,
      Home home,
      StepBoundary boundary,
      Duration patience) {
    this.guard = new LayerGuard(catalogue);
    this.store = new LayerStore(home);
    this.boundary = boundary;
    this.settling = new LayerSettling(control, catalogue, store, boundary);
    this.patience = patience;
  }

  /** Runs Compose with words such as {@code up --no-start web}, within the announced change. */
  public interface ComposeRunner {

    /** Runs it to its end; a failure is a problem. */
    void run(ComposeInvocation invocation, List<String> words, Progress progress)
        throws ProblemException;
  }

  /**
   * Says what to work on.
   *
   * @param stack its name
   * @param kind of the stack
   * @param invocation with which Compose makes it, profiles included
   * @param services in the order of dependence
   * @param fetching those of them whose image is not there
   * @param containers of these services
   */
  public record Order(
      String stack,
      StackKind kind,
      ComposeInvocation invocation,
      List<String> services,
      List<String> fetching,
      List<Container> containers) {

    /** Makes the lists immutable. */
    public Order {
      services = List.copyOf(services);
      fetching = List.copyOf(fetching);
      containers = List.copyOf(containers);
    }
  }

  /** Returns what lies in the writable layer of {@code container}. */
  public LayerFindings look(Engine engine, StackKind kind, Container container)
      throws ProblemException {
    return guard.look(engine, kind, container.service(), container);
  }

  /**
   * Waits until nobody else changes containers of {@code project}, and keeps everybody from it.
   *
   * @param stack its name, for people
   * @throws ProblemException if somebody else does all the time; nothing was changed then
   */
  public ProjectHold hold(String project, String stack) throws ProblemException {
    try {
      ProcessLock lock = store.lock(project, patience);
      if (lock == null) {
        throw new ProblemException(MESSAGES.problem("LAYER-BUSY", stack));
      }
      return new ProjectHold(project, lock);
    } catch (IOException failure) {
      throw LayerSettling.problem(failure);
    }
  }

  /**
   * Makes the containers of {@code order} anew.
   *
   * @return services that are made and not started, as they did not run before
   * @throws ProblemException if something went wrong; the data is then in the old containers, in
   *     the new ones or in a copy that the problem names
   */
  public Set<String> recreate(
      Engine engine,
      Intent intent,
      ProjectHold hold,
      Order order,
      ComposeRunner compose,
      Progress progress)
      throws ProblemException {
    hold.require(order.invocation().project());
    LayerRecord record = record(intent, order, LayerRecord.Phase.COPYING);
    LayerCarriage carriage = settling.carriage(engine, intent);
    try {
      store.create(record);
      try {
        return forward(carriage, record, order, engine, compose, progress);
      } catch (ProblemException | IOException | RuntimeException failure) {
        throw settling.afterwards(
            carriage, record, compose, progress, LayerSettling.problem(failure));
      }
    } catch (IOException failure) {
      throw LayerSettling.problem(failure);
    }
  }

  /**
   * Lets Compose make and start what is missing of {@code order}. It must make nothing anew.
   *
   * @param words for Compose, without the services
   */
  public void bring(
      Engine engine,
      Intent intent,
      ProjectHold hold,
      Order order,
      List<String> words,
      ComposeRunner compose,
      Progress progress)
      throws ProblemException {
    hold.require(order.invocation().project());
    LayerRecord record = record(intent, order, LayerRecord.Phase.BRINGING);
    try {
      store.create(record);
      try {
        List<String> all = new ArrayList<>(words);
        all.addAll(order.services());
        compose.run(order.invocation(), all, noting(progress, record, LayerSteps.COMPOSE_BRINGS));
        store.destroy(record.id());
      } catch (ProblemException | IOException | RuntimeException failure) {
        throw settling.afterwards(
            settling.carriage(engine, intent),
            record,
            compose,
            progress,
            LayerSettling.problem(failure));
      }
    } catch (IOException failure) {
      throw LayerSettling.problem(failure);
    }
  }

  private static LayerRecord record(Intent intent, Order order, LayerRecord.Phase phase) {
    List<CarriedContainer> containers =
        order.containers().stream()
            .sorted(
                Comparator.<Container>comparingInt(one -> order.services().indexOf(one.service()))
                    .thenComparing(Container::name))
            .map(CarriedContainer::of)
            .toList();
    return new LayerRecord(
        intent.id(),
        intent.action(),
        order.stack(),
        order.kind().id(),
        order.kind().era(),
        order.invocation(),
        order.services(),
        containers,
        phase);
  }

  private Progress noting(Progress progress, LayerRecord record, String step) {
    return new NotingProgress(progress, store.child(record.id()), boundary, step);
  }

  private Set<String> forward(
      LayerCarriage carriage,
      LayerRecord begun,
      Order order,
      Engine engine,
      ComposeRunner compose,
      Progress progress)
      throws ProblemException, IOException {
    // While everything still runs: an image may take an hour to come. Only what is not there:
    // Compose
    // also pulls an image called latest that is (imageAlreadyPresent, seen with 2.26), which would
    // change the version of a service, and fail without a network.
    if (order.fetching().isEmpty()) {
      boundary.reached(LayerSteps.COMPOSE_PULLS);
    } else {
      compose.run(
          order.invocation(),
          words("pull", "--policy", "missing", "--ignore-buildable", order.fetching()),
          noting(progress, begun, LayerSteps.COMPOSE_PULLS));
    }
    progress.line(MESSAGES.get("layer.stopping", String.join(", ", begun.services())));
    LayerRecord making = carriage.copyOut(begun, one -> known(engine, order.kind(), one));
    compose.run(
        order.invocation(),
        words("up", "--no-start", "--no-deps", "--force-recreate", order.services()),
        noting(progress, making, LayerSteps.COMPOSE_MAKES));
    List<Path> left = carriage.fill(making);
    Set<String> resting = resting(making);
    List<String> started =
        order.services().stream().filter(service -> !resting.contains(service)).toList();
    if (!started.isEmpty()) {
      compose.run(
          order.invocation(),
          words("up", "-d", "--no-deps", "--no-recreate", started),
          noting(progress, making, LayerSteps.COMPOSE_STARTS));
    }
    carriage.conclude(making);
    if (making.containers().stream().anyMatch(CarriedContainer::carries)) {
      progress.line(MESSAGES.get("layer.back", LayerSettling.services(making)));
    }
    if (!left.isEmpty()) {
      throw new ProblemException(LayerSettling.leftOver(begun, left));
    }
    return resting;
  }

  /** Looks again, now that nothing is written any more; what nobody knows must not be lost. */
  private LayerFindings known(Engine engine, StackKind kind, CarriedContainer one)
      throws ProblemException {
    LayerFindings found = guard.look(engine, kind, one.service(), engine.read(one.id()));
    if (!found.unknown().isEmpty()) {
      String paths =
          found.unknown().stream()
              .limit(3)
              .map(path -> ForeignText.line(path, LONGEST))
              .collect(Collectors.joining(", "));
      throw new ProblemException(MESSAGES.problem("LAYER-NEW-DATA", one.service(), paths));
    }
    return found;
  }

  /** Returns the services that have containers none of which ran. */
  private static Set<String> resting(LayerRecord record) {
    Set<String> resting = new TreeSet<>();
    record.containers().forEach(one -> resting.add(one.service()));
    record.containers().stream()
        .filter(CarriedContainer::wasRunning)
        .map(CarriedContainer::service)
        .forEach(resting::remove);
    return Set.copyOf(resting);
  }

  static List<String> words(
      String verb, String first, String second, String third, List<String> services) {
    List<String> words = new ArrayList<>(List.of(verb, first, second, third));
    words.addAll(services);
    return words;
  }

  /** Returns whether something may be to recover in {@code home}; asks no engine. */
  public static boolean anyBegun(Home home) {
    return new LayerStore(home).begun();
  }

  /** Returns whether a record of the change {@code intent} lies in {@code home}. */
  public static boolean waits(Home home, String intent) {
    return new LayerStore(home).has(intent);
  }

  /**
   * Brings to an end what earlier changes of the project left, within the change {@code intent}:
   * nothing is to be changed while data waits for its container, or an orphan works on it.
   */
  public Settlement settle(
      Engine engine,
      Intent intent,
      ProjectHold hold,
      String project,
      ComposeRunner compose,
      Progress progress)
      throws ProblemException {
    hold.require(project);
    return store.begun()
        ? settling.settle(engine, intent, project, compose, progress)
        : new Settlement(false, List.of());
  }

  /**
   * Brings to an end what kills cut off. What another process is about is left to it.
   *
   * @param project only of this one; empty for all
   */
  public List<LayerRecovery> recover(
      EngineSource engines, Journal journal, RunnerFor compose, String project, Progress progress) {
    return settling.recover(engines, journal, compose, project, progress);
  }

  /** Gives a way to run Compose within an announced change. */
  public interface RunnerFor {

    /** Returns what runs Compose within {@code intent}, for a stack of {@code kind}. */
    ComposeRunner within(Intent intent, StackKind kind);
  }
}
