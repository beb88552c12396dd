package dev.quayside.stack.layer;

import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import java.util.List;

/**
 * Knows one container as it was before a change.
 *
 * @param service its service
 * @param number which of the service's containers it is, as Compose counts
 * @param id of that container
 * @param wasRunning whether it had processes before
 * @param fingerprint of the data that was copied; empty where none was
 */
record CarriedContainer(
    String service, String number, ContainerId id, boolean wasRunning, String fingerprint) {

  /** Label with the number (Compose 2, {@code api.ContainerNumberLabel}). */
  private static final String NUMBER = "com.docker.compose.container-number";

  /** Label of containers of {@code docker compose run}. */
  private static final String ONE_OFF = "com.docker.compose.oneoff";

  /** How much of the old identity Compose puts before the name of its successor. */
  private static final int SHORT_ID = 12;

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

  /** Returns whether data of it is carried over. */
  boolean carries() {
    return !fingerprint.isEmpty();
  }

  /**
   * Returns the name that a container in its place is to have: one that Compose had no time to
   * rename bears its own identity in front of it.
   */
  String nameFor(Container successor) {
    String before = id.value().substring(0, Math.min(SHORT_ID, id.value().length())) + "_";
    return successor.name().startsWith(before)
        ? successor.name().substring(before.length())
        : successor.name();
  }

  /** Returns those of {@code all} that are this one or stand in its place. */
  List<Container> inItsPlace(String project, List<Container> all) {
    return all.stream()
        .filter(container -> sameService(project, container))
        .filter(container -> number.equals(numberOf(container)))
        .toList();
  }

  /** Returns whether {@code container} is one of its service. */
  boolean sameService(String project, Container container) {
    return project.equals(container.project())
        && !"True".equalsIgnoreCase(container.labels().get(ONE_OFF))
        && service.equals(container.service());
  }
}
