package dev.quayside.stack;

import dev.quayside.catalogue.Catalogue;
import dev.quayside.catalogue.StackKind;
import dev.quayside.common.Messages;
import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.engine.Container;
import dev.quayside.engine.Engine;
import dev.quayside.engine.EngineSource;
import dev.quayside.engine.compose.Compose;
import dev.quayside.engine.compose.ComposeInvocation;
import dev.quayside.journal.Intent;
import dev.quayside.journal.Journal;
import dev.quayside.journal.JournaledEngine;
import dev.quayside.stack.layer.ProjectHold;
import dev.quayside.telemetry.GpuReading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts, stops and recreates the services of a stack, and waits until they are what was asked.
 *
 * <p>Making and recreating goes through Compose with the invocation that made the stack; starting,
 * stopping and restarting through the engine. Nothing is ever taken down as a whole, and containers
 * that a stack keeps stopped are left alone unless they are named. Safe for use by several threads.
 */
public final class Lifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

  /** What speaks against a change before it is begun. */
  private static final Set<String> REFUSALS =
      Set.of("LAYER-BUSY", "MADE-DIFFERENTLY", "MADE-ELSEWHERE");

  private static final Messages MESSAGES = Messages.of("stack");
  private static final Messages LIFECYCLE = Messages.of("lifecycle");

  private final EngineSource engines;
  private final JournaledEngine control;
  private final Compose compose;
  private final Recreation recreation;
  private final Journal journal;
  private final Catalogue catalogue;
  private final Supplier<GpuReading> gpus;
  private final LongSupplier nanoClock;
  private final StartGuard guard;

  /**
   * Creates the operation.
   *
   * @param compose for reading definitions
   * @param recreation for making and making anew
   * @param gpus tells what is known of the GPUs now; may take seconds
   * @param nanoClock measures durations, as {@link System#nanoTime} does
   */
  public Lifecycle(
      EngineSource engines,
      JournaledEngine control,
      Compose compose,
      Recreation recreation,
      Journal journal,
      Catalogue catalogue,
      Supplier<GpuReading> gpus,
      LongSupplier nanoClock) {
    this(
        engines,
        control,
        compose,
        recreation,
        journal,
        catalogue,
        gpus,
        nanoClock,
        _ -> {
          // For who asks at a better place, or stopped the services himself.
        });
  }

  private Lifecycle(
      EngineSource engines,
      JournaledEngine control,
      Compose compose,
      Recreation recreation,
      Journal journal,
      Catalogue catalogue,
      Supplier<GpuReading> gpus,
      LongSupplier nanoClock,
      StartGuard guard) {
    this.engines = engines;
    this.control = control;
    this.compose = compose;
    this.recreation = recreation;
    this.journal = journal;
    this.catalogue = catalogue;
    this.gpus = gpus;
    this.nanoClock = nanoClock;
    this.guard = guard;
  }

  /** Returns the same operation, which starts nothing that {@code guard} speaks against. */
  public Lifecycle guarded(StartGuard guard) {
    return new Lifecycle(
        engines, control, compose, recreation, journal, catalogue, gpus, nanoClock, guard);
  }

  /** Carries out what is {@code asked}, blocking its caller. */
  public Outcome<LifecycleReceipt> run(LifecycleRequest asked, Progress progress) {
    if (asked.action() != LifecycleRequest.Action.STOP) {
      try {
        guard.check(asked.stack().name());
      } catch (ProblemException reason) {
        return new Outcome.Refused<>(reason.problem());
      }
    }
    try (Engine engine = engines.connect();
        ProjectHold hold = hold(asked)) {
      // The stack was seen some time ago; its containers may have been made anew since.
      LifecycleRequest request = asked.on(agreed(asked, Stacks.read(asked.stack(), engine)));
      Stack stack = request.stack();
      if (throughCompose(request.action())
          && stack.invocation() == null
          && stack.services().isEmpty()) {
        // Adopted, and its project was never confirmed by Compose.
        return new Outcome.Refused<>(LIFECYCLE.problem("FILES-REJECTED", stack.name()));
      }
      StackDefinition definition = definition(request);
      LifecycleTargets targets =
          withSharers(request, LifecycleTargets.of(request, kind(request), definition), engine);
      if (targets.services().isEmpty()) {
        return nothingToDo(request, targets);
      }
      ModelTurns turns = ModelTurns.of(request, kind(request), targets.services());
      Problem taken = turns.refusal(request);
      if (taken != null) {
        return new Outcome.Refused<>(taken);
      }
      LifecycleWork work =
          new LifecycleWork(request, targets, turns, definition, hold, engine, progress);
      Problem refusal =
          throughCompose(request.action())
              ? new ComposeGuards(compose, recreation, catalogue).refusal(work)
              : null;
      return refusal == null ? journaled(request, work) : new Outcome.Refused<>(refusal);
    } catch (ProblemException failure) {
      return REFUSALS.contains(failure.problem().code())
          ? new Outcome.Refused<>(failure.problem())
          : new Outcome.Failed<>(failure.problem());
    }
  }

  /** Nothing is to be done; whether that is well depends on what was meant to run. */
  private Outcome<LifecycleReceipt> nothingToDo(
      LifecycleRequest request, LifecycleTargets targets) {
    String name = request.stack().name();
    boolean none = request.stack().services().isEmpty() && targets.leftAlone().isEmpty();
    if (none && request.action() == LifecycleRequest.Action.STOP) {
      List<String> notes = List.of(LIFECYCLE.get("no-containers.stop", name));
      return new Outcome.Done<>(receipt(request, List.of(), notes));
    }
    LifecycleReceipt receipt = receipt(request, leftAlone(targets), List.of());
    if (none && !throughCompose(request.action())) {
      return new Outcome.Attention<>(receipt, LIFECYCLE.problem("NO-CONTAINERS", name));
    }
    boolean runs =
        request.stack().services().stream()
            .flatMap(service -> service.containers().stream())
            .anyMatch(Container::live);
    return runs || request.action() == LifecycleRequest.Action.STOP
        ? new Outcome.Done<>(receipt)
        : new Outcome.Attention<>(receipt, MESSAGES.problem("NOTHING-RUNS", name));
  }

  /** What shares the network of a container that is made anew has to be made anew with it. */
  private static LifecycleTargets withSharers(
      LifecycleRequest request, LifecycleTargets targets, Engine engine) throws ProblemException {
    return request.action() == LifecycleRequest.Action.RECREATE
        ? new LifecycleTargets(
            NetworkSharers.with(targets.services(), request.stack(), engine), targets.leftAlone())
        : targets;
  }

  private static Stack agreed(LifecycleRequest asked, Stack now) throws ProblemException {
    return throughCompose(asked.action()) ? Makings.agreed(now, asked.services()) : now;
  }

  /** Holds the stack for what goes through Compose; null for all else. */
  private @Nullable ProjectHold hold(LifecycleRequest request) throws ProblemException {
    ComposeInvocation invocation = request.stack().invocation();
    return invocation != null && throughCompose(request.action())
        ? recreation.hold(invocation.project(), request.stack().name())
        : null;
  }

  /** Returns the profiles of {@code stack} with how much of each is there; asks Compose. */
  public List<ProfileSet.Profile> profiles(Stack stack) throws ProblemException {
    return ProfileSet.of(stack, definition(stack)).all();
  }

  /**
   * Returns the services that starting or stopping {@code profile} names: its own. What they need
   * is started with them by Compose; it is not stopped with them, as others may need it too.
   *
   * @return for a stop only those that have containers
   */
  public List<String> servicesOf(Stack stack, String profile, LifecycleRequest.Action action)
      throws ProblemException {
    List<String> services = ProfileSet.of(stack, definition(stack)).named(profile).services();
    return switch (action) {
      case UP, RECREATE -> services;
      case START, STOP, RESTART ->
          stack.services().stream().map(StackService::name).filter(services::contains).toList();
    };
  }

  private StackDefinition definition(Stack stack) throws ProblemException {
    ComposeInvocation invocation = stack.invocation();
    if (invocation == null) {
      throw new ProblemException(MESSAGES.problem("COMPOSE-FILES-UNKNOWN", stack.name()));
    }
    return StackDefinition.read(compose, invocation);
  }

  private StackKind kind(LifecycleRequest request) {
    return catalogue.kind(request.stack().kind(), request.stack().era());
  }

  private static boolean throughCompose(LifecycleRequest.Action action) {
    return switch (action) {
      case UP, RECREATE -> true;
      case START, STOP, RESTART -> false;
    };
  }

  /** Reads the definition; where it is only a help and cannot be read, goes on without it. */
  private @Nullable StackDefinition definition(LifecycleRequest request) throws ProblemException {
    ComposeInvocation invocation = request.stack().invocation();
    if (invocation == null) {
      return null;
    }
    try {
      return StackDefinition.read(compose, invocation);
    } catch (ProblemException unreadable) {
      if (throughCompose(request.action())) {
        throw unreadable;
      }
      return null;
    }
  }

  private Outcome<LifecycleReceipt> journaled(LifecycleRequest request, LifecycleWork work)
      throws ProblemException {
    Map<String, String> details = new TreeMap<>();
    details.put("services", String.join(" ", work.targets().services()));
    details.put(CutOff.PROCESS, CutOff.thisProcess());
    if (!work.turns().occupants().isEmpty()) {
      details.put("stoppedFirst", String.join(" ", work.turns().occupants()));
    }
    String action = request.action().name().toLowerCase(Locale.ROOT);
    Intent intent = journal.begin(action, request.stack().name(), details);
    // From here on nothing may end as "failed, nothing was changed".
    List<ServiceResult> results = new ArrayList<>();
    MakingRoom room = new MakingRoom(control, catalogue, gpus, nanoClock);
    try {
      room.run(work, intent, results);
      change(work, intent, results);
      if (results.stream().anyMatch(result -> !result.asAsked())) {
        again(room, work, intent, results);
      }
      return concluded(request, work, intent, results);
    } catch (ProblemException failure) {
      again(room, work, intent, results);
      record(intent, failure.problem().code());
      results.addAll(leftAlone(work.targets()));
      return new Outcome.Attention<>(
          receipt(request, results, work.notes()), partly(failure.problem()));
    } catch (RuntimeException | Error mistake) {
      record(intent, mistake.getClass().getSimpleName());
      throw mistake;
    }
  }

  /** A model that was stopped for one that does not run is started again. */
  private static void again(
      MakingRoom room, LifecycleWork work, Intent intent, List<ServiceResult> results) {
    if (work.turns().occupants().isEmpty()) {
      return;
    }
    try {
      String text = LIFECYCLE.get("swap.again");
      for (String service : room.putBack(work, intent)) {
        // Also one that was not stopped as a whole and thus is not among the results.
        results.removeIf(one -> one.service().equals(service));
        results.add(new ServiceResult(service, ServiceResult.Reached.RUNNING, text, Duration.ZERO));
      }
    } catch (ProblemException stays) {
      LOG.warn("a model that was stopped for another one could not be started again", stays);
    }
  }

  private Outcome<LifecycleReceipt> concluded(
      LifecycleRequest request, LifecycleWork work, Intent intent, List<ServiceResult> results)
      throws ProblemException {
    Map<String, String> states = new TreeMap<>();
    results.forEach(result -> states.put("state." + result.service(), result.state().name()));
    List<ServiceResult> bad = results.stream().filter(result -> !result.asAsked()).toList();
    List<ServiceResult> all = new ArrayList<>(results);
    all.addAll(leftAlone(work.targets()));
    // What the change itself left alone, it left because the operator stopped it.
    List<ServiceResult> left =
        results.stream().filter(result -> unfinished(result.state())).toList();
    if (bad.isEmpty() && left.isEmpty()) {
      if (!work.left().isEmpty()) {
        Problem first = work.left().getFirst();
        states.put("problem", first.code());
        intent.attention(states);
        return new Outcome.Attention<>(receipt(request, all, work.notes()), first);
      }
      intent.done(states);
      return new Outcome.Done<>(receipt(request, all, work.notes()));
    }
    if (results.stream().allMatch(one -> one.state() == ServiceResult.Reached.LEFT_ALONE)) {
      intent.failed(Map.of("cancelled", "yes", "changed", "nothing"));
      return new Outcome.Failed<>(MESSAGES.problem("CHANGE-NOT-BEGUN", request.stack().name()));
    }
    intent.attention(states);
    String code = left.isEmpty() ? "SERVICES-NOT-READY" : "CHANGE-STOPPED";
    List<String> names =
        results.stream()
            .filter(one -> !one.asAsked() || unfinished(one.state()))
            .map(one -> one.service() + " (" + one.text() + ")")
            .toList();
    Problem problem = MESSAGES.problem(code, request.stack().name(), String.join(", ", names));
    return new Outcome.Attention<>(receipt(request, all, work.notes()), problem);
  }

  private static boolean unfinished(ServiceResult.Reached state) {
    return state == ServiceResult.Reached.LEFT_ALONE || state == ServiceResult.Reached.NOT_AWAITED;
  }

  /** Records that a change broke off; where the journal itself is what broke, the log must do. */
  private static void record(Intent intent, String code) {
    try {
      intent.attention(Map.of("problem", code));
    } catch (ProblemException | IllegalStateException unwritable) {
      LOG.error("the outcome of {} is not in the journal: {}", intent.id(), code, unwritable);
    }
  }

  /** Says of a problem that broke off a change what holds then: not that nothing was changed. */
  private static Problem partly(Problem problem) {
    return new Problem(
        problem.code(),
        problem.title(),
        problem.happened(),
        MESSAGES.get("broken-off.unchanged"),
        problem.nextStep(),
        problem.command(),
        problem.detail());
  }

  /** Adds what came of it to {@code results}, also of what was reached before a failure. */
  private void change(LifecycleWork work, Intent intent, List<ServiceResult> results)
      throws ProblemException {
    TurnByTurn turns = new TurnByTurn(control, recreation, catalogue, nanoClock);
    switch (work.request().action()) {
      case UP, RECREATE ->
          results.addAll(
              work.progress().cancelled()
                  ? TurnByTurn.stoppedBefore(work.targets().services())
                  : new ComposeChange(compose, recreation, catalogue).run(work, intent));
      case START ->
          turns.inTurn(work, intent, container -> control.start(intent, container.id()), results);
      case RESTART ->
          turns.inTurn(
              work, intent, container -> control.restart(intent, container.id(), null), results);
      case STOP -> results.addAll(turns.stop(work, intent));
    }
  }

  private static List<ServiceResult> leftAlone(LifecycleTargets targets) {
    List<ServiceResult> results = new ArrayList<>();
    targets
        .leftAlone()
        .forEach((service, reason) ->
            results.add(
                new ServiceResult(
                    service, ServiceResult.Reached.LEFT_ALONE, reason, Duration.ZERO)));
    return results;
  }

  private LifecycleReceipt receipt(
      LifecycleRequest request, List<ServiceResult> results, List<String> notes) {
    String head;
    try {
      head = journal.head();
    } catch (ProblemException unreadable) {
      LOG.warn("the journal's head is not known", unreadable);
      head = "";
    }
    return new LifecycleReceipt(request.action(), request.stack().name(), results, notes, head);
  }
}
