package dev.quayside.ui.services;

import dev.quayside.exposure.Exposure;
import dev.quayside.ui.table.ServiceRow;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * Decides which services are listed.
 *
 * @param stack the chosen stack; empty for all
 * @param text letters that name, image or port must hold; empty for any
 * @param state which states
 * @param exposure which exposure
 */
record ServiceFilter(String stack, String text, States state, Exposures exposure)
    implements Predicate<ServiceRow> {

  static final ServiceFilter EVERYTHING = new ServiceFilter("", "", States.ANY, Exposures.ANY);

  /** Names the choices of states. */
  enum States {
    ANY,
    LIVE,
    TROUBLE,
    STOPPED
  }

  /** Names the choices of exposure. */
  enum Exposures {
    ANY,
    LAN,
    LOOPBACK,
    INTERNAL,
    UNKNOWN
  }

  /** Returns whether it leaves anything out that belongs to the stack. */
  boolean active() {
    return !text.isBlank() || state != States.ANY || exposure != Exposures.ANY;
  }

  @Override
  public boolean test(ServiceRow row) {
    return (stack.isEmpty() || row.stack().equals(stack))
        && hasState(row)
        && hasExposure(row.status().exposure())
        && hasText(row);
  }

  private boolean hasState(ServiceRow row) {
    return switch (state) {
      case ANY -> true;
      case LIVE -> row.status().container().live();
      case TROUBLE -> row.state().urgency() <= 2;
      case STOPPED -> !row.status().container().live();
    };
  }

  private boolean hasExposure(Exposure actual) {
    return switch (exposure) {
      case ANY -> true;
      case LAN -> actual == Exposure.LAN;
      case LOOPBACK -> actual == Exposure.LOOPBACK;
      case INTERNAL -> actual == Exposure.INTERNAL;
      case UNKNOWN -> actual == Exposure.UNKNOWN;
    };
  }

  private boolean hasText(ServiceRow row) {
    String wanted = text.strip().toLowerCase(Locale.ROOT);
    return wanted.isEmpty()
        || row.name().toLowerCase(Locale.ROOT).contains(wanted)
        || row.status().container().name().toLowerCase(Locale.ROOT).contains(wanted)
        || row.status().container().image().toLowerCase(Locale.ROOT).contains(wanted)
        || row.status().ports().stream()
            .anyMatch(port -> Integer.toString(port.binding().published()).equals(wanted));
  }
}
