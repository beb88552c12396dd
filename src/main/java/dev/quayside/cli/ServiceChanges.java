package dev.quayside.cli;

import dev.quayside.common.ForeignText;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerState;
import dev.quayside.engine.Health;
import dev.quayside.exposure.status.StatusSnapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tells in lines which containers came, went or changed state between two snapshots. */
final class ServiceChanges {

  private static final int NAME = 60;

  private ServiceChanges() {}

  static List<String> between(StatusSnapshot before, StatusSnapshot now) {
    Map<ContainerId, Container> old = containers(before);
    List<String> lines = new ArrayList<>();
    for (Container container : containers(now).values()) {
      Container earlier = old.remove(container.id());
      String from = earlier == null ? "—" : word(earlier);
      if (!from.equals(word(container))) {
        lines.add(ForeignText.line(container.name(), NAME) + ": " + from + " → " + word(container));
      }
    }
    if (now.complete()) {
      old.values()
          .forEach(
              gone -> lines.add(ForeignText.line(gone.name(), NAME) + ": " + word(gone) + " → —"));
    }
    return lines;
  }

  private static Map<ContainerId, Container> containers(StatusSnapshot snapshot) {
    Map<ContainerId, Container> all = new LinkedHashMap<>();
    snapshot
        .stacks()
        .forEach(stack ->
            stack
                .services()
                .forEach(service -> all.put(service.container().id(), service.container())));
    return all;
  }

  /**
   * Returns the state in one word: the health where there is one and it runs. One that is paused or
   * restarts is that, whatever its last health was.
   */
  static String word(Container container) {
    return container.state() == ContainerState.RUNNING && container.health() != Health.NONE
        ? Json.word(container.health())
        : Json.word(container.state());
  }
}
