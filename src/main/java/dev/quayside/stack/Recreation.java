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
import dev.quayside.engine.RuntimeFacts;
import dev.quayside.engine.compose.ComposeInvocation;
import dev.quayside.engine.compose.ComposeRun;
import dev.quayside.journal.Intent;
import dev.quayside.journal.JournaledCompose;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes the containers of named services anew through Compose, with the invocation that made their
 * stack, and waits for services to be ready. A building block of operations that announce their
 * change themselves. Safe for use by several threads.
 */
public final class Recreation {

  private static final Duration COMPOSE_PATIENCE = Duration.ofMinutes(10);
  private static final int ENDED_BY_INTERRUPT = 130;
  private static final int RISKY_SHOWN = 20;
  private static final int LONGEST_PATH = 160;
  private static final Messages MESSAGES = Messages.of("stack");

  private final JournaledCompose compose;
  private final Catalogue catalogue;
  private final LongSupplier nanoClock;

  /**
   * Creates the building block.
   *
   * @param nanoClock measures durations, as {@link System#nanoTime} does
   */
  public Recreation(JournaledCompose compose, Catalogue catalogue, LongSupplier nanoClock) {
    this.compose = compose;
    this.catalogue = catalogue;
    this.nanoClock = nanoClock;
  }

  /**
   * Returns a problem that lists the data which would be lost if {@code services} were made anew,
   * or null where nothing would.
   */
  public @Nullable Problem dataAtRisk(Engine engine, Stack stack, Collection<String> services)
      throws ProblemException {
    LayerGuard guard = new LayerGuard(catalogue);
    List<String> risky = new ArrayList<>();
    Stack fresh = Stacks.refreshed(stack, engine.list());
    for (StackService service : fresh.services()) {
      if (services.contains(service.name())) {
        for (Container container : service.containers()) {
          for (String path : guard.atRisk(engine, stack, service.name(), container)) {
            risky.add(service.name() + ": " + ForeignText.line(path, LONGEST_PATH));
          }
        }
      }
    }
    return risky.isEmpty() ? null : MESSAGES.problem("LAYER-DATA", stack.name(), shortened(risky));
  }

  private static String shortened(List<String> paths) {
    String list = String.join(", ", paths.subList(0, Math.min(RISKY_SHOWN, paths.size())));
    return paths.size() <= RISKY_SHOWN
        ? list
        : MESSAGES.get("and.more", list, Integer.toString(paths.size() - RISKY_SHOWN));
  }

  /**
   * Makes the containers of {@code services} anew and leaves all others alone.
   *
   * @param masked values that must not appear in Compose's output
   */
  public void recreate(
      Intent intent,
      ComposeInvocation invocation,
      StackDefinition definition,
      List<String> services,
      List<Secret> masked,
      Progress progress)
      throws ProblemException {
    List<String> arguments = new ArrayList<>(List.of("up", "-d", "--no-deps", "--force-recreate"));
    run(intent, invocation, definition, arguments, services, masked, progress);
  }

  /**
   * Makes and starts what is missing; existing containers are made anew where their definition
   * differs.
   *
   * @param options of Compose, for example {@code --no-recreate}
   * @param masked values that must not appear in Compose's output
   */
  void up(
      Intent intent,
      ComposeInvocation invocation,
      StackDefinition definition,
      List<String> services,
      List<String> options,
      List<Secret> masked,
      Progress progress)
      throws ProblemException {
    List<String> arguments = new ArrayList<>(List.of("up", "-d"));
    arguments.addAll(options);
    run(intent, invocation, definition, arguments, services, masked, progress);
  }

  private void run(
      Intent intent,
      ComposeInvocation invocation,
      StackDefinition definition,
      List<String> arguments,
      List<String> services,
      List<Secret> masked,
      Progress progress)
      throws ProblemException {
    arguments.addAll(services);
    // The labels do not tell which profiles were on; those of the services concerned are what is
    // needed.
    ComposeInvocation withProfiles =
        new ComposeInvocation(
            invocation.project(),
            invocation.directory(),
            invocation.files(),
            invocation.envFiles(),
            definition.profilesOf(services));
    // Cut off in its middle, Compose leaves containers under names of its own making, or none.
    Progress toTheEnd = new Uncancellable(progress);
    ComposeRun run =
        compose.run(intent, withProfiles, arguments, masked, COMPOSE_PATIENCE, toTheEnd);
    if (!run.succeeded()) {
      throw new ProblemException(
          unsuccessful(invocation.project(), run, progress).withDetail(run.lastLines()));
    }
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
