package dev.quayside.ui.shell;

import dev.quayside.common.Messages;
import dev.quayside.exposure.status.ServiceStatus;
import dev.quayside.ui.control.ServiceState;
import dev.quayside.ui.control.TonePill;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Says in a few words how the services of the chosen stack are; what wants a look comes first. */
final class StackSummary {

  private final Messages messages;

  StackSummary(Messages messages) {
    this.messages = messages;
  }

  void show(TonePill pill, List<ServiceStatus> services, boolean complete) {
    Map<ServiceState, Integer> counts = new EnumMap<>(ServiceState.class);
    services.forEach(
        service -> counts.merge(ServiceState.of(service.container()), 1, Integer::sum));
    int healthy = counts.getOrDefault(ServiceState.HEALTHY, 0);
    int running = counts.getOrDefault(ServiceState.RUNNING, 0);
    int wrong =
        counts.getOrDefault(ServiceState.FAILED, 0)
            + counts.getOrDefault(ServiceState.UNHEALTHY, 0);
    int changing =
        counts.getOrDefault(ServiceState.STARTING, 0)
            + counts.getOrDefault(ServiceState.RESTARTING, 0);
    int checked = healthy + wrong + changing;
    if (!complete && services.isEmpty()) {
      pill.show(TonePill.Tone.UNKNOWN, messages.get("summary.unknown"));
    } else if (wrong > 0) {
      pill.show(TonePill.Tone.BAD, messages.get("summary.wrong", wrong, healthy, checked));
    } else if (changing > 0) {
      pill.show(TonePill.Tone.WARN, messages.get("summary.healthy", healthy, checked));
    } else if (checked > 0) {
      pill.show(TonePill.Tone.GOOD, messages.get("summary.healthy", healthy, checked));
    } else if (running > 0) {
      pill.show(TonePill.Tone.INFO, messages.get("summary.running", running));
    } else {
      pill.show(TonePill.Tone.OFF, messages.get("summary.none"));
    }
  }
}
