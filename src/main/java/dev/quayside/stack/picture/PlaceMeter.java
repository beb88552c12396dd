package dev.quayside.stack.picture;

import dev.quayside.engine.Connection;
import dev.quayside.engine.EngineInfo;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Measures places of stacks, a few at a time, and only where they are the ones that the engine's
 * containers use: a folder of the same name on another machine is not. Safe for use by several
 * threads.
 */
public final class PlaceMeter {

  private static final int AT_ONCE = 4;

  /** How long one waits for its turn: a walk that a dead disk holds up must not hold up all. */
  private static final Duration TURN = Duration.ofMinutes(1);

  private final Supplier<Connection> connection;
  private final boolean untold;
  private final Semaphore turns = new Semaphore(AT_ONCE);

  /**
   * Creates a meter.
   *
   * @param connection tells how we stand with the engine now
   * @param untold whether the engine is taken to be on this machine as long as it has not told
   */
  public PlaceMeter(Supplier<Connection> connection, boolean untold) {
    this.connection = connection;
    this.untold = untold;
  }

  /** Measures {@code place}, as {@link PlaceSize#of(Path)} does. */
  public PlaceSize size(Path place) {
    if (!here(connection.get(), untold)) {
      return new PlaceSize.NotMeasured(PlaceSize.Why.ELSEWHERE);
    }
    boolean turn = false;
    try {
      turn = turns.tryAcquire(TURN.toNanos(), TimeUnit.NANOSECONDS);
      return PlaceSize.of(place);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return PlaceSize.of(place);
    } finally {
      if (turn) {
        turns.release();
      }
    }
  }

  private static boolean here(Connection connection, boolean untold) {
    EngineInfo engine = engine(connection);
    return engine == null ? untold : engine.local();
  }

  private static @Nullable EngineInfo engine(Connection connection) {
    return switch (connection) {
      case Connection.Connecting _ -> null;
      case Connection.Connected connected -> connected.engine();
      case Connection.Lost lost -> lost.last();
    };
  }
}
