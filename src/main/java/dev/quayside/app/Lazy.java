package dev.quayside.app;

import dev.quayside.common.ProblemException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
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

  /**
   * Returns a {@code type} that is made when it is first asked for something: making it may look
   * for the engine and read the catalogue. Each method of {@code type} throws {@link
   * ProblemException}.
   */
  static <T> T of(Class<T> type, Maker<T> maker) {
    Lazy<T> part = new Lazy<>(maker);
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              try {
                return method.invoke(part.get(), arguments);
              } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
              }
            }));
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
