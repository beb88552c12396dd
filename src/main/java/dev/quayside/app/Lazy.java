package dev.quayside.app;

import dev.quayside.common.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Makes a part when it is first asked for and keeps it; a failure is not kept. Safe for use by
 * several threads.
 *
 * @param <T> the part
 */
final class Lazy<T> {

  /** Makes a part. */
  @FunctionalInterface
  interface Maker<T> {
    /** Makes it. */
    T make() throws ProblemException;
  }

  private final Maker<T> maker;
  private volatile @Nullable T made;

  Lazy(Maker<T> maker) {
    this.maker = maker;
  }

  synchronized T get() throws ProblemException {
    T known = made;
    if (known == null) {
      known = maker.make();
      made = known;
    }
    return known;
  }

  /** Returns the part if it was made; never waits for one that is being made. */
  @Nullable T peek() {
    return made;
  }
}
