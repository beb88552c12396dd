package dev.quayside.ui.shell;

import dev.quayside.common.Messages;
import dev.quayside.common.Quantities;
import dev.quayside.exposure.status.Pace;
import dev.quayside.exposure.status.StatusSnapshot;
import java.time.Duration;
import java.time.Instant;

/** Says where the figures of the containers come from, and how old they are once they are old. */
final class FigureOrigin {

  /** Three sweeps of a window that is seen. */
  private static final Duration FRESH = Pace.UNFOCUSED.period().multipliedBy(3);

  private FigureOrigin() {}

  /**
   * Returns the text; empty before the first figure, and for the demo, which is labelled itself.
   */
  static String text(Messages messages, StatusSnapshot snapshot) {
    String origin =
        switch (snapshot.sampleSource()) {
          case NONE, DEMO -> "";
          case CGROUP_V1, CGROUP_V2 -> messages.get("status.figures.kernel");
          case ENGINE -> messages.get("status.figures.engine");
        };
    Instant measured = snapshot.sampledAt();
    if (origin.isEmpty() || measured == null) {
      return "";
    }
    Duration age = Duration.between(measured, snapshot.at());
    return age.compareTo(FRESH) <= 0
        ? origin
        : messages.get("status.figures.old", origin, Quantities.duration(age));
  }
}
