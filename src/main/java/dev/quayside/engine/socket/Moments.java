package dev.quayside.engine.socket;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Reads the stamps of an engine. */
final class Moments {

  // Go's zero time, which the engine writes for "never".
  private static final Instant NEVER = Instant.parse("0001-01-01T00:00:00Z");

  private Moments() {}

  /** Returns the moment, or null where there is none or it cannot be understood. */
  static @Nullable Instant read(String text) {
    if (text.isEmpty()) {
      return null;
    }
    try {
      Instant moment = OffsetDateTime.parse(text).toInstant();
      return moment.equals(NEVER) ? null : moment;
    } catch (DateTimeException e) {
      return null;
    }
  }
}
