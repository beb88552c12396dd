package dev.quayside.ui.guard;

import dev.quayside.common.ProblemException;
import dev.quayside.common.Waiting;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** Asks the collector to run until something is gone, or until it plainly will not go. */
public final class Garbage {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration INTERVAL = Duration.ofMillis(20);

  private Garbage() {}

  /** Returns which of {@code references} are still held after the collector ran for a while. */
  public static <T> List<T> left(List<WeakReference<T>> references) throws ProblemException {
    Waiting.until(
        () -> {
          System.gc();
          return references.stream().allMatch(reference -> reference.get() == null);
        },
        PATIENCE,
        INTERVAL);
    return references.stream().map(WeakReference::get).filter(Objects::nonNull).toList();
  }

  /** Runs the collector; what only weak references hold is gone afterwards. */
  public static void collect() throws ProblemException {
    WeakReference<Object> canary = new WeakReference<>(new Object());
    left(List.of(canary));
  }
}
