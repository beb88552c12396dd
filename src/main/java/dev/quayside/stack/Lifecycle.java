package dev.quayside.stack;

import dev.quayside.catalogue.Catalogue;
import dev.quayside.catalogue.StackKind;
import dev.quayside.common.Messages;
import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerState;
import dev.quayside.engine.Engine;
import dev.quayside.engine.EngineSource;
import dev.quayside.engine.compose.Compose;
import dev.quayside.engine.compose.ComposeInvocation;
import dev.quayside.journal.Intent;
import dev.quayside.journal.Journal;
import dev.quayside.journal.JournaledCompose;
import dev.quayside.journal.JournaledEngine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.LongSupplier;
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
  private static final Messages MESSAGES = Messages.of("stack");

  private final EngineSource engines;
  private final JournaledEngine control;
  private final Compose compose;
  private final Recreation recreation;
  private final Journal journal;
  private final Catalogue catalogue;
  private final LongSupplier nanoClock;

  /**
   * Creates the operation.
   *
   * @param compose for reading definitions
   * @param changingCompose for changing
   * @param nanoClock measures durations, as {@link System#nanoTime} does
   */
  public Lifecycle(
      EngineSource engines,
      JournaledEngine control,
      Compose compose,
      JournaledCompose changingCompose,
      Journal journal,
      Catalogue catalogue,
      LongSupplier nanoClock) {
    this.engines = engines;
    this.control = control;
    this.compose = compose;
    this.recreation = new Recreation(changingCompose, catalogue, nanoClock);
    this.journal = journal;
    this.catalogue = catalogue;
    this.nanoClock = nanoClock;
  }

  /** Carries out what is {@code asked}, blocking its caller. */
  public Outcome<LifecycleReceipt> run(LifecycleRequest asked, Progress progress) {
    try (Engine engine = engines.connect()) {
      // The stack was seen some time ago; its containers may have been made anew since.
      LifecycleRequest request = asked.on(Stacks.refreshed(asked.stack(), engine.list()));
      StackDefinition definition = definition(request);
      LifecycleTargets targets = LifecycleTargets.of(request, kind(request), definition);
      if (targets.services().isEmpty()) {
        return new Outcome.Done<>(receipt(request, leftAlone(targets)));
      }
      Problem refusal = refusal(request, targets, engine);
      if (refusal != null) {
        return new Outcome.Refused<>(refusal);
      }
      return journaled(request, new Work(request, targets, definition, engine, progress));
    } catch (ProblemException failure) {
      return new Outcome.Failed<>(failure.problem());
    }
  }

  /** What one run works with. */
  private record Work(
      LifecycleRequest request,
      LifecycleTargets targets,
      @Nullable StackDefinition definition,
      Engine engine,
      Progress progress) {}

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

  private @Nullable Problem refusal(
      LifecycleRequest request, LifecycleTargets targets, Engine engine) throws ProblemException {
    if (!throughCompose(request.action())) {
      return null;
    }
    if (request.stack().invocation() == null) {
      String subject =
          request.stack().name().isEmpty() ? targets.services().getFirst() : request.stack().name();
      return MESSAGES.problem("NOT-MADE-BY-COMPOSE", subject);
    }
    return request.action() == LifecycleRequest.Action.UP
        ? null
        : recreation.dataAtRisk(engine, request.stack(), targets.services());
  }

  private Outcome<LifecycleReceipt> journaled(LifecycleRequest request, Work work)
      throws ProblemException {
    Map<String, String> details = Map.of("services", String.join(" ", work.targets().services()));
    String action = request.action().name().toLowerCase(Locale.ROOT);
    Intent intent = journal.begin(action, request.stack().name(), details);
    // From here on nothing may end as "failed, nothing was changed".
    List<ServiceResult> results = new ArrayList<>();
    try {
      results.addAll(change(work, intent));
      return concluded(request, work, intent, results);
    } catch (ProblemException failure) {
      record(intent, failure.problem().code());
      results.addAll(leftAlone(work.targets()));
      return new Outcome.Attention<>(receipt(request, results), partly(failure.problem()));
    } catch (RuntimeException mistake) {
      record(intent, mistake.getClass().getSimpleName());
      throw mistake;
    }
  }

  private Outcome<LifecycleReceipt> concluded(
      LifecycleRequest request, Work work, Intent intent, List<ServiceResult> results)
      throws ProblemException {
    Map<String, String> states = new TreeMap<>();
    results.forEach(result -> states.put("state." + result.service(), result.state().name()));
    List<ServiceResult> bad = results.stream().filter(result -> !result.asAsked()).toList();
    List<ServiceResult> all = new ArrayList<>(results);
    all.addAll(leftAlone(work.targets()));
    if (bad.isEmpty()) {
      intent.done(states);
      return new Outcome.Done<>(receipt(request, all));
    }
    intent.attention(states);
    List<String> names = bad.stream().map(one -> one.service() + " (" + one.text() + ")").toList();
    Problem problem =
        MESSAGES.problem("SERVICES-NOT-READY", request.stack().name(), String.join(", ", names));
    return new Outcome.Attention<>(receipt(request, all), problem);
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

  private List<ServiceResult> change(Work work, Intent intent) throws ProblemException {
    return switch (work.request().action()) {
      case UP, RECREATE -> {
        viaCompose(work, intent);
        yield ready(work);
      }
      case START -> {
        eachContainer(
            work,
            intent,
            work.targets().services(),
            (container, _) -> control.start(intent, container.id()));
        yield ready(work);
      }
      case RESTART -> {
        eachContainer(
            work,
            intent,
            work.targets().services(),
            (container, _) -> control.restart(intent, container.id(), null));
        yield ready(work);
      }
      case STOP -> stop(work, intent);
    };
  }

  private void viaCompose(Work work, Intent intent) throws ProblemException {
    Stack stack = work.request().stack();
    ComposeInvocation invocation = Objects.requireNonNull(stack.invocation());
    StackDefinition definition = Objects.requireNonNull(work.definition());
    List<String> services = work.targets().services();
    if (work.request().action() == LifecycleRequest.Action.RECREATE) {
      recreation.recreate(intent, invocation, definition, services, List.of(), work.progress());
      return;
    }
    // Where something would be lost if Compose made a container anew, it may only make and start
    // what is missing.
    // Compose goes through what they depend on as well.
    boolean keep =
        recreation.dataAtRisk(work.engine(), stack, definition.withDependencies(services)) != null;
    List<String> options = new ArrayList<>();
    if (keep) {
      work.progress().line(MESSAGES.get("up.norecreate"));
      options.add("--no-recreate");
    }
    if (work.request().services().isEmpty()) {
      // All that is meant is named; what is left alone must not come back as a dependency.
      options.add("--no-deps");
    }
    recreation.up(intent, invocation, definition, services, options, work.progress());
  }

  private List<ServiceResult> ready(Work work) throws ProblemException {
    return recreation.await(
        work.engine(),
        work.request().stack(),
        work.targets().services(),
        List.of(),
        work.request().patience(),
        work.progress());
  }

  private List<ServiceResult> stop(Work work, Intent intent) throws ProblemException {
    List<String> backwards = work.targets().services().reversed();
    long began = nanoClock.getAsLong();
    List<ServiceResult> results = new ArrayList<>();
    eachContainer(
        work,
        intent,
        backwards,
        (container, service) -> {
          if (container.live()) {
            control.stop(intent, container.id(), null);
          }
        });
    for (String service : work.targets().services()) {
      Readiness.Wanted one = new Readiness.Wanted(work.request().stack().name(), service, null);
      boolean live =
          Readiness.containersOf(one, work.engine().list()).stream().anyMatch(Container::live);
      ServiceResult.Reached state =
          live ? ServiceResult.Reached.TIMED_OUT : ServiceResult.Reached.STOPPED;
      String text = live ? MESSAGES.get("stop.lives") : MESSAGES.get("stop.done");
      results.add(
          new ServiceResult(service, state, text, Duration.ofNanos(nanoClock.getAsLong() - began)));
    }
    return results;
  }

  private interface Each {
    void on(Container container, String service) throws ProblemException;
  }

  private void eachContainer(Work work, Intent intent, List<String> services, Each each)
      throws ProblemException {
    int number = 0;
    for (String service : services) {
      number++;
      String text = MESSAGES.get("step." + work.request().action().name(), service);
      work.progress().step(number, services.size(), text);
      for (StackService candidate : work.request().stack().services()) {
        if (candidate.name().equals(service)) {
          for (Container container : candidate.containers()) {
            if (container.state() == ContainerState.PAUSED) {
              // Only a paused container that was named comes here; the engine neither starts nor
              // stops one as it is.
              control.unpause(intent, container.id());
            }
            each.on(container, service);
          }
        }
      }
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

  private LifecycleReceipt receipt(LifecycleRequest request, List<ServiceResult> results) {
    String head;
    try {
      head = journal.head();
    } catch (ProblemException unreadable) {
      LOG.warn("the journal's head is not known", unreadable);
      head = "";
    }
    return new LifecycleReceipt(request.action(), request.stack().name(), results, head);
  }
}
