package dev.quayside.telemetry.local;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a reading that fails from costing the others. The log tells of it once, until it works
 * again. One thread uses it.
 */
final class Apart {

  private static final Logger LOG = LoggerFactory.getLogger(Apart.class);

  private final Set<String> failing = new HashSet<>();

  /** Returns what {@code reading} gives, or what {@code otherwise} makes of its failure. */
  <T extends @Nullable Object> T read(
      String what, Supplier<T> reading, Function<RuntimeException, T> otherwise) {
    try {
      T read = reading.get();
      failing.remove(what);
      return read;
    } catch (RuntimeException failure) {
      if (failing.add(what)) {
        LOG.error("reading {} fails", what, failure);
      }
      return otherwise.apply(failure);
    }
  }
}
