package dev.quayside.stack.layer;

import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import java.util.List;

/**
 * Knows one container whose data is carried over.
 *
 * @param service its service
 * @param number which of the service's containers it is, as Compose counts
 * @param id of the container that holds the data
 * @param wasRunning whether it had processes before
 * @param fingerprint of what was copied; empty while nothing was
 */
record CarriedContainer(
    String service, String number, ContainerId id, boolean wasRunning, String fingerprint) {

  /** Label with the number (Compose 2, {@code api.ContainerNumberLabel}). */
  private static final String NUMBER = "com.docker.compose.container-number";

  /** Label of containers of {@code docker compose run}. */
  private static final String ONE_OFF = "com.docker.compose.oneoff";

  static CarriedContainer of(Container container) {
    return new CarriedContainer(
        container.service(), numberOf(container), container.id(), container.live(), "");
  }

  private static String numberOf(Container container) {
    return container.labels().getOrDefault(NUMBER, "1");
  }

  CarriedContainer copied(String content) {
    return new CarriedContainer(service, number, id, wasRunning, content);
  }

  /** Returns those of {@code all} that are this one or stand in its place. */
  List<Container> inItsPlace(String project, List<Container> all) {
    return all.stream()
        .filter(container -> project.equals(container.project()))
        .filter(container -> !"True".equalsIgnoreCase(container.labels().get(ONE_OFF)))
        .filter(container -> service.equals(container.service()))
        .filter(container -> number.equals(numberOf(container)))
        .toList();
  }
}
