package dev.quayside.ui.table;

import dev.quayside.common.Messages;
import dev.quayside.common.Quantities;
import dev.quayside.engine.RuntimeFacts;
import dev.quayside.exposure.status.ServiceStatus;
import dev.quayside.telemetry.ContainerSample;
import dev.quayside.ui.control.UnknownText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes the figures of one service: a first line, and a second that says of what. */
final class FigureTexts {

  private final Messages messages;

  FigureTexts(Messages messages) {
    this.messages = messages;
  }

  /** Writes {@code figure} of {@code status} as of {@code now}. */
  Lines write(Figure figure, ServiceStatus status, Instant now) {
    ContainerSample sample = status.sample();
    RuntimeFacts facts = status.container().facts();
    return switch (figure) {
      case CPU -> cpu(sample, facts);
      case MEMORY -> memory(sample, facts);
      case GPU -> new Lines(bytes(status.gpuMemory()), "", OptionalDouble.empty());
      case NETWORK ->
          sample == null
              ? Lines.UNKNOWN
              : pair(
                  "figure.network.in",
                  sample.receivedPerSecond(),
                  "figure.network.out",
                  sample.sentPerSecond());
      case BLOCK ->
          sample == null
              ? Lines.UNKNOWN
              : pair(
                  "figure.block.in",
                  sample.readPerSecond(),
                  "figure.block.out",
                  sample.writtenPerSecond());
      case UPTIME -> uptime(status, facts, now);
    };
  }

  private Lines cpu(@Nullable ContainerSample sample, @Nullable RuntimeFacts facts) {
    if (sample == null || sample.cpuCores().isEmpty()) {
      return Lines.UNKNOWN;
    }
    String ofCore = Quantities.percent(sample.cpuCores().getAsDouble());
    boolean limited = facts != null && facts.cpuLimit().isPresent();
    OptionalDouble share = sample.cpuShareOfLimit();
    String ofLimit =
        share.isEmpty()
            ? ""
            : messages.get(
                limited ? "figure.cpu.limit" : "figure.cpu.machine",
                Quantities.percent(share.getAsDouble()));
    return new Lines(ofCore, ofLimit, share);
  }

  private Lines memory(@Nullable ContainerSample sample, @Nullable RuntimeFacts facts) {
    if (sample == null || sample.memoryBytes().isEmpty()) {
      return Lines.UNKNOWN;
    }
    long used = sample.memoryBytes().getAsLong();
    OptionalLong limit = facts == null ? OptionalLong.empty() : facts.memoryLimit();
    if (limit.isEmpty()) {
      return new Lines(
          Quantities.bytes(used), messages.get("figure.memory.free"), OptionalDouble.empty());
    }
    return new Lines(
        Quantities.bytes(used),
        messages.get("figure.memory.limit", Quantities.bytes(limit.getAsLong())),
        OptionalDouble.of((double) used / Math.max(1, limit.getAsLong())));
  }

  private Lines pair(String inKey, OptionalDouble in, String outKey, OptionalDouble out) {
    return new Lines(
        messages.get(inKey, rate(in)), messages.get(outKey, rate(out)), OptionalDouble.empty());
  }

  private static Lines uptime(ServiceStatus status, @Nullable RuntimeFacts facts, Instant now) {
    if (facts == null || facts.startedAt() == null || !status.container().live()) {
      return Lines.UNKNOWN;
    }
    String up = Quantities.duration(Duration.between(facts.startedAt(), now));
    return new Lines(up, "", OptionalDouble.empty());
  }

  private static String rate(OptionalDouble rate) {
    return rate.isEmpty() ? UnknownText.DASH : Quantities.rate(rate.getAsDouble());
  }

  private static String bytes(OptionalLong bytes) {
    return bytes.isEmpty() ? UnknownText.DASH : Quantities.bytes(bytes.getAsLong());
  }

  /** Reads the whole row aloud, for assistive technology. */
  String spoken(List<Figure> figures, ServiceStatus status, Instant now) {
    return figures.stream()
        .map(figure -> {
          Lines lines = write(figure, status, now);
          String first =
              lines.first().equals(UnknownText.DASH)
                  ? messages.get("figure.unknown")
                  : lines.first();
          return messages.get("figure." + figure.name().toLowerCase(Locale.ROOT))
              + " "
              + first
              + " "
              + lines.second();
        })
        .collect(Collectors.joining(", "));
  }

  /**
   * Holds the two lines of a figure.
   *
   * @param first the value, or a dash
   * @param second of what, in smaller print; may be empty
   * @param share of its limit, 0 to 1, for a meter; empty without a limit
   */
  record Lines(String first, String second, OptionalDouble share) {
    static final Lines UNKNOWN = new Lines(UnknownText.DASH, "", OptionalDouble.empty());
  }
}
