package dev.quayside.stack;

import dev.quayside.common.ProblemException;
import dev.quayside.common.Secret;
import dev.quayside.engine.Container;
import dev.quayside.engine.Engine;
import dev.quayside.engine.EngineFault;
import dev.quayside.engine.compose.Compose;
import dev.quayside.engine.compose.ComposeForecast;
import dev.quayside.engine.compose.ComposeInvocation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which containers are not what their definition says by now. Compose itself is never
 * left to make one anew by the way: whatever is not found here stays as it is.
 *
 * @param compose for reading
 * @param engine for reading
 */
record Outdated(Compose compose, Engine engine) {

  /**
   * Returns the services of {@code touched} that Compose would make anew, in the order of
   * dependence.
   *
   * @param services that it would be called with
   * @param options that it would be called with
   * @param masked values that must not appear in a problem's text
   */
  List<String> of(
      Recreation.Source source,
      Collection<String> touched,
      List<String> services,
      List<String> options,
      List<Secret> masked)
      throws ProblemException {
    List<Container> containers =
        engine.list().stream()
            .filter(container -> source.invocation().project().equals(container.project()))
            .filter(container -> !Stacks.isOneOff(container))
            .filter(container -> touched.contains(container.service()))
            .toList();
    if (containers.isEmpty()) {
      return List.of();
    }
    ComposeInvocation invocation = Recreation.invocation(source, touched);
    List<String> arguments = new ArrayList<>(List.of("up", "--no-start"));
    arguments.addAll(options);
    arguments.addAll(services);
    Set<String> outdated =
        judged(
            containers,
            forecast(invocation, arguments, masked),
            () -> compose.hashes(invocation, masked));
    Stack stack = new Stack(source.invocation().project(), "", "", source.invocation(), List.of());
    return NetworkSharers.with(
        source.definition().inOrder(outdated), Stacks.read(stack, engine), engine);
  }

  /** Gives the hashes of the definitions by which Compose knows containers, by service. */
  interface Hashes {
    /** Asks for them. */
    Map<String, String> get() throws ProblemException;
  }

  /**
   * Returns the services of {@code containers} that Compose would make anew. One of which it says
   * nothing is judged by its hash.
   */
  static Set<String> judged(
      List<Container> containers, @Nullable ComposeForecast forecast, Hashes hashes)
      throws ProblemException {
    Set<String> outdated = new TreeSet<>();
    List<Container> untold = new ArrayList<>();
    for (Container container : containers) {
      if (forecast == null || !forecast.told().contains(container.name())) {
        untold.add(container);
      } else if (forecast.recreated().contains(container.name())) {
        outdated.add(container.service());
      }
    }
    if (!untold.isEmpty()) {
      Map<String, String> now = hashes.get();
      untold.stream()
          .filter(container -> differs(container, now.get(container.service())))
          .forEach(container -> outdated.add(container.service()));
    }
    return outdated;
  }

  /** Returns what Compose says; null where it says nothing that helps. */
  private @Nullable ComposeForecast forecast(
      ComposeInvocation invocation, List<String> arguments, List<Secret> masked)
      throws ProblemException {
    try {
      return compose.forecast(invocation, arguments, masked);
    } catch (ProblemException failure) {
      if (failure.problem().code().equals(EngineFault.COMPOSE_FAILED.code())) {
        return null;
      }
      throw failure;
    }
  }

  private static boolean differs(Container container, @Nullable String hash) {
    return hash != null && !hash.equals(container.labels().get(Compose.CONFIG_HASH));
  }
}
