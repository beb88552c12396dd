package dev.quayside.stack;

import dev.quayside.catalogue.Catalogue;
import dev.quayside.catalogue.StackKind;
import dev.quayside.common.ForeignText;
import dev.quayside.common.Messages;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.common.Secret;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerState;
import dev.quayside.engine.Engine;
import dev.quayside.engine.EngineSource;
import dev.quayside.engine.RuntimeFacts;
import dev.quayside.engine.compose.ComposeInvocation;
import dev.quayside.engine.compose.ComposeRun;
import dev.quayside.journal.Intent;
import dev.quayside.journal.Journal;
import dev.quayside.journal.JournaledCompose;
import dev.quayside.stack.layer.LayerFindings;
import dev.quayside.stack.layer.LayerKeeper;
import dev.quayside.stack.layer.LayerRecovery;
import dev.quayside.stack.layer.ProjectHold;
import dev.quayside.stack.layer.Settlement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes the containers of named services anew through Compose, with the invocation that made their
 * stack, and waits for services to be ready. A building block of operations that announce their
 * change themselves. Safe for use by several threads.
 */
public final class Recreation {

  // Beyond any pull; what Compose does is ended only when it has been silent for long.
  private static final Duration COMPOSE_PATIENCE = Duration.ofDays(1);
  private static final Duration COMPOSE_SILENCE = Duration.ofMinutes(30);
  private static final int ENDED_BY_INTERRUPT = 130;
  private static final int RISKY_SHOWN = 20;
  private static final int LONGEST_PATH = 160;
  private static final Messages MESSAGES = Messages.of("stack");

  private final JournaledCompose compose;
  private final LayerKeeper layers;
  private final Catalogue catalogue;
  private final LongSupplier nanoClock;

  /**
   * Creates the building block.
   *
   * @param layers carries over data in writable layers
   * @param nanoClock measures durations, as {@link System#nanoTime} does
   */
  public Recreation(
      JournaledCompose compose, LayerKeeper layers, Catalogue catalogue, LongSupplier nanoClock) {
    this.compose = compose;
    this.layers = layers;
    this.catalogue = catalogue;
    this.nanoClock = nanoClock;
  }

  /**
   * Returns a problem that lists the data which would be lost if {@code services} were made anew,
   * or says that they could not be made as they were; null where nothing speaks against it.
   */
  public @Nullable Problem dataAtRisk(Engine engine, Stack stack, Collection<String> services)
      throws ProblemException {
    Problem disagreement = Makings.disagreement(stack, services);
    if (disagreement != null) {
      return disagreement;
    }
    StackKind kind = catalogue.kind(stack.kind(), stack.era());
    List<String> risky = new ArrayList<>();
    Set<String> keeping = new TreeSet<>();
    for (Container container : containers(engine, stack.name(), services)) {
      LayerFindings found = layers.look(engine, kind, container);
      if (!found.kept().isEmpty()) {
        keeping.add(container.service());
      }
      for (String path : found.unknown()) {
        risky.add(container.service() + ": " + ForeignText.line(path, LONGEST_PATH));
      }
    }
    if (!risky.isEmpty()) {
      return MESSAGES.problem("LAYER-DATA", stack.name(), shortened(risky));
    }
    ComposeInvocation invocation = stack.invocation();
    return keeping.isEmpty() || invocation == null ? null : shut(stack, kind, invocation, keeping);
  }

  /** Says which services would take nothing back, as their root is to be read-only from now on. */
  private @Nullable Problem shut(
      Stack stack, StackKind kind, ComposeInvocation invocation, Set<String> keeping)
      throws ProblemException {
    StackDefinition definition = StackDefinition.read(compose.reading(), invocation);
    Source source = new Source(stack.name(), kind, invocation, definition);
    Set<String> shut = new TreeSet<>(keeping);
    try (EnvSecrets secrets = EnvSecrets.of(invocation, definition, kind, catalogue)) {
      shut.retainAll(
          ResolvedServices.of(compose.reading(), invocation(source, keeping), secrets.values())
              .readOnly());
    }
    return shut.isEmpty()
        ? null
        : Messages.of("lifecycle")
            .problem("LAYER-READ-ONLY", stack.name(), String.join(", ", shut));
  }

  private static String shortened(List<String> paths) {
    String list = String.join(", ", paths.subList(0, Math.min(RISKY_SHOWN, paths.size())));
    return paths.size() <= RISKY_SHOWN
        ? list
        : MESSAGES.get("and.more", list, Integer.toString(paths.size() - RISKY_SHOWN));
  }

  private static List<Container> containers(
      Engine engine, String project, Collection<String> services) throws ProblemException {
    return engine.list().stream()
        .filter(container -> project.equals(container.project()))
        .filter(container -> !Stacks.isOneOff(container))
        .filter(container -> services.contains(container.service()))
        .sorted(Comparator.comparing(Container::service).thenComparing(Container::name))
        .toList();
  }

  /**
   * Says how the containers of a stack are made.
   *
   * @param stack its name
   * @param kind what it is
   * @param invocation of Compose; profiles are added as they are needed
   * @param definition of its services
   */
  public record Source(
      String stack, StackKind kind, ComposeInvocation invocation, StackDefinition definition) {}

  /**
   * Makes the containers of {@code services} anew and leaves all others alone. Data in their
   * writable layers that the catalogue wants kept is carried over.
   *
   * @param masked values that must not appear in Compose's output
   * @return services that did not run before and do not now
   */
  public Set<String> recreate(
      Engine engine,
      Intent intent,
      Source source,
      List<String> services,
      List<Secret> masked,
      Progress progress)
      throws ProblemException {
    try (ProjectHold hold = hold(source)) {
      settle(engine, intent, hold, source, masked, progress);
      return recreate(engine, intent, hold, source, services, masked, progress);
    }
  }

  /** Waits until nobody else changes the stack's containers, and keeps everybody from it. */
  ProjectHold hold(Source source) throws ProblemException {
    return hold(source.invocation().project(), source.stack());
  }

  ProjectHold hold(String project, String stack) throws ProblemException {
    return layers.hold(project, stack);
  }

  Set<String> recreate(
      Engine engine,
      Intent intent,
      ProjectHold hold,
      Source source,
      List<String> services,
      List<Secret> masked,
      Progress progress)
      throws ProblemException {
    ResolvedServices resolved =
        ResolvedServices.of(compose.reading(), invocation(source, services), masked);
    return layers.recreate(
        engine,
        intent,
        hold,
        order(engine, source, services, resolved.withoutImage(engine.imageNames(), services)),
        runner(intent, masked, progress),
        progress);
  }

  private static LayerKeeper.Order order(
      Engine engine, Source source, List<String> services, List<String> fetching)
      throws ProblemException {
    return new LayerKeeper.Order(
        source.stack(),
        source.kind(),
        invocation(source, services),
        source.definition().inOrder(services),
        fetching,
        containers(engine, source.invocation().project(), services));
  }

  /** Brings to an end what earlier changes left, such as data that waits for its container. */
  Settlement settle(
      Engine engine,
      Intent intent,
      ProjectHold hold,
      Source source,
      List<Secret> masked,
      Progress progress)
      throws ProblemException {
    String project = source.invocation().project();
    return layers.settle(engine, intent, hold, project, runner(intent, masked, progress), progress);
  }

  /**
   * Brings to an end what earlier changes of the project left, for a change that itself needs no
   * Compose.
   */
  Settlement settle(
      Engine engine,
      Intent intent,
      ProjectHold hold,
      String project,
      StackKind kind,
      Progress progress)
      throws ProblemException {
    return layers.settle(
        engine, intent, hold, project, masking(progress).within(intent, kind), progress);
  }

  /**
   * Makes and starts what is missing; what is there is not made anew.
   *
   * @param options of Compose, for example {@code --no-deps}
   * @param masked values that must not appear in Compose's output
   */
  void up(
      Engine engine,
      Intent intent,
      ProjectHold hold,
      Source source,
      List<String> services,
      List<String> options,
      List<Secret> masked,
      Progress progress)
      throws ProblemException {
    List<String> words = new ArrayList<>(List.of("up", "-d", "--no-recreate"));
    words.addAll(options);
    layers.bring(
        engine,
        intent,
        hold,
        order(engine, source, services, List.of()),
        words,
        runner(intent, masked, progress),
        progress);
  }

  private LayerKeeper.ComposeRunner runner(Intent intent, List<Secret> masked, Progress operator) {
    return (invocation, words, noting) -> run(intent, invocation, words, masked, noting, operator);
  }

  /** Returns how Compose is called for {@code services}. */
  static ComposeInvocation invocation(Source source, Collection<String> services) {
    return ProfileSet.of(source.invocation(), source.definition())
        .complete(source.invocation(), services);
  }

  private void run(
      Intent intent,
      ComposeInvocation invocation,
      List<String> arguments,
      List<Secret> masked,
      Progress progress,
      Progress operator)
      throws ProblemException {
    // Cut off in its middle, Compose leaves containers under names of its own making, or none; a
    // pull can be cut off anywhere.
    boolean mayStop = arguments.getFirst().equals("pull");
    Patient patient = new Patient(progress, mayStop, COMPOSE_SILENCE, nanoClock);
    ComposeRun run = compose.run(intent, invocation, arguments, masked, COMPOSE_PATIENCE, patient);
    if (patient.gaveUp()) {
      throw new ProblemException(
          MESSAGES
              .problem(
                  "COMPOSE-SILENT",
                  invocation.project(),
                  Long.toString(COMPOSE_SILENCE.toMinutes()))
              .withDetail(run.lastLines()));
    }
    if (!run.succeeded()) {
      throw new ProblemException(
          unsuccessful(invocation.project(), run, operator).withDetail(run.lastLines()));
    }
  }

  /**
   * Brings to an end what was cut off while Compose worked.
   *
   * @param project only of this one; empty for all
   */
  public List<LayerRecovery> recover(
      EngineSource engines, Journal journal, String project, Progress progress) {
    return layers.recover(engines, journal, masking(progress), project, progress);
  }

  /** Runs Compose with the values masked that it reads itself. */
  private LayerKeeper.RunnerFor masking(Progress progress) {
    return (intent, kind) ->
        (invocation, words, noting) -> {
          try (EnvSecrets secrets = EnvSecrets.of(compose.reading(), invocation, kind, catalogue)) {
            run(intent, invocation, words, secrets.values(), noting, progress);
          }
        };
  }

  private static Problem unsuccessful(String project, ComposeRun run, Progress progress) {
    // A terminal sends its Ctrl+C to every process in front of it, to Compose as well.
    boolean stopped = run.exitCode() == ENDED_BY_INTERRUPT && progress.cancelled();
    return run.cancelled() || stopped
        ? MESSAGES.problem("COMPOSE-STOPPED", project)
        : MESSAGES.problem("COMPOSE-FAILED", project, Integer.toString(run.exitCode()));
  }

  /**
   * Waits until each of {@code services} is healthy, or running where it has no health check or one
   * that cannot pass. A service may be at its end only where it was so before, or where another one
   * waits for that end.
   *
   * @param stack as it was before the change
   * @param unhealthyBefore services whose health check failed before the change too; for them
   *     running is enough
   * @param patience for all of them together
   */
  public List<ServiceResult> await(
      Engine engine,
      Stack stack,
      List<String> services,
      Collection<String> unhealthyBefore,
      Duration patience,
      Progress progress)
      throws ProblemException {
    StackKind kind = catalogue.kind(stack.kind(), stack.era());
    Map<String, String> broken = kind.healthNeverPasses();
    List<Readiness.Wanted> wanted = new ArrayList<>();
    for (String service : services) {
      String reason = broken.get(service);
      String text =
          reason != null
              ? MESSAGES.get("health.broken." + reason)
              : unhealthyBefore.contains(service) ? MESSAGES.get("health.before") : null;
      boolean endedBefore = ended(stack, service);
      wanted.add(new Readiness.Wanted(stack.name(), service, text, endedBefore));
    }
    return new Readiness(engine, nanoClock).await(wanted, patience, progress);
  }

  private static boolean ended(Stack stack, String service) {
    List<Container> containers =
        stack.services().stream()
            .filter(one -> one.name().equals(service))
            .flatMap(one -> one.containers().stream())
            .toList();
    return !containers.isEmpty() && containers.stream().allMatch(Recreation::ended);
  }

  private static boolean ended(Container container) {
    RuntimeFacts facts = container.facts();
    return container.state() == ContainerState.EXITED
        && facts != null
        && facts.exitCode().equals(OptionalInt.of(0));
  }
}
