package dev.quayside.ui.table;

import dev.quayside.exposure.status.ServiceStatus;
import dev.quayside.telemetry.ContainerSample;
import java.util.Comparator;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Names the figures that the canvas cell of a row shows, with their width in em and how rows are
 * sorted by them.
 */
public enum Figure {
  CPU(10.0, 5),
  MEMORY(8.4, 6),
  GPU(4.9, 4),
  NETWORK(6.2, 3),
  BLOCK(6.2, 1),
  UPTIME(5.4, 2);

  private final double width;
  private final int weight;

  Figure(double width, int weight) {
    this.width = width;
    this.weight = weight;
  }

  /** Returns how wide its part is, in em. */
  double width() {
    return width;
  }

  /** Returns how long it stays when room gets scarce: the smallest leaves first. */
  int weight() {
    return weight;
  }

  String key() {
    return "figure." + name().toLowerCase(Locale.ROOT);
  }

  /** Returns the order that puts the largest first and the unknown last. */
  Comparator<ServiceRow> largestFirst() {
    return Comparator.comparing(row -> value(row.status()), Comparator.reverseOrder());
  }

  private Double value(ServiceStatus status) {
    ContainerSample sample = status.sample();
    return switch (this) {
      case CPU -> sample == null ? -1.0 : sample.cpuCores().orElse(-1);
      case MEMORY -> sample == null ? -1.0 : plain(sample.memoryBytes());
      case GPU -> plain(status.gpuMemory());
      case NETWORK ->
          sample == null ? -1.0 : sum(sample.receivedPerSecond(), sample.sentPerSecond());
      case BLOCK -> sample == null ? -1.0 : sum(sample.readPerSecond(), sample.writtenPerSecond());
      case UPTIME -> started(status);
    };
  }

  private static double started(ServiceStatus status) {
    var facts = status.container().facts();
    return facts == null || facts.startedAt() == null || !status.container().live()
        ? -Double.MAX_VALUE
        : -(double) facts.startedAt().getEpochSecond();
  }

  private static double plain(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : -1;
  }

  private static double sum(OptionalDouble left, OptionalDouble right) {
    return left.isEmpty() && right.isEmpty() ? -1 : left.orElse(0) + right.orElse(0);
  }
}
