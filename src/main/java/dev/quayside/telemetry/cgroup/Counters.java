package dev.quayside.telemetry.cgroup;

import static dev.quayside.telemetry.kernel.ReadBuffer.NONE;

/**
 * Holds the counters of one container at one moment; {@link
 * dev.quayside.telemetry.kernel.ReadBuffer#NONE} where one is not known.
 */
final class Counters {

  /** When the processor counter was read, by the clock that never jumps. */
  long nanos;

  long cpuNanos = NONE;
  long received = NONE;
  long sent = NONE;
  long read = NONE;
  long written = NONE;

  /** Takes over the counters of {@code other}. */
  void copy(Counters other) {
    nanos = other.nanos;
    cpuNanos = other.cpuNanos;
    received = other.received;
    sent = other.sent;
    read = other.read;
    written = other.written;
  }

  /**
   * Returns the growth per second, or NaN where one of both is not known, where no time passed, or
   * where the counter went down, which means that it began anew.
   */
  static double perSecond(long before, long now, long elapsedNanos) {
    if (before == NONE || now == NONE || now < before || elapsedNanos <= 0) {
      return Double.NaN;
    }
    return (now - before) * 1e9 / elapsedNanos;
  }
}
