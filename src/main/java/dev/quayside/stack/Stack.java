package dev.quayside.stack;

import dev.quayside.common.ProblemException;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.compose.ComposeInvocation;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Describes one Compose project as its containers tell it.
 *
 * @param name the project; empty for the containers that Compose did not make
 * @param kind what we know it to be: {@code llm-infrastructure}, {@code dream-server}, {@code
 *     local-llm-stack} or {@code generic}
 * @param era the era of its kind, for example {@code v1}; empty where a kind has only one
 * @param invocation how its containers were made; null where the labels do not tell
 * @param services its services that have containers, in the order of their names
 */
public record Stack(
    String name,
    String kind,
    String era,
    @Nullable ComposeInvocation invocation,
    List<StackService> services) {

  /** Makes the list immutable. */
  public Stack {
    services = List.copyOf(services);
  }

  /** Returns the service of the container that {@code told} means; empty for none of this stack. */
  public Optional<String> serviceOf(ContainerId told) {
    return services.stream()
        .filter(service -> service.containers().stream().anyMatch(one -> one.meantBy(told)))
        .map(StackService::name)
        .findFirst();
  }

  /**
   * Checks that every one of {@code names} is a service with containers.
   *
   * @throws ProblemException that names the services there are, for the first that is not
   */
  public void requireServices(List<String> names) throws ProblemException {
    Set<String> known = new TreeSet<>();
    services.forEach(service -> known.add(service.name()));
    for (String name : names) {
      if (!known.contains(name)) {
        throw UnknownName.service(this.name, name, known);
      }
    }
  }
}
