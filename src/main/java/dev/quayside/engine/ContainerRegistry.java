package dev.quayside.engine;

import dev.quayside.common.Feed;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the live model of one engine: one list, then events, re-synchronised after each loss. It connects, notices a
 * lost or frozen engine within two seconds and connects again with back-off.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class ContainerRegistry implements AutoCloseable {

  private ContainerRegistry() {}

  /** Starts to connect and returns at once. */
  public static ContainerRegistry open(EngineSource source, InstantSource clock) {
    throw new UnsupportedOperationException("being written");
  }

  /** Returns the feed of the model. Observers run on the registry's thread and must only pass on. */
  public Feed<EngineSnapshot> feed() {
    throw new UnsupportedOperationException("being written");
  }

  /** Returns the connected engine, or null while there is none. The registry closes it. */
  public @Nullable Engine engine() {
    throw new UnsupportedOperationException("being written");
  }

  /** Tries at once to connect again instead of waiting for the next attempt. */
  public void retryNow() {
    throw new UnsupportedOperationException("being written");
  }

  /** Ends the connection and all threads; the feed keeps its last value. */
  @Override
  public void close() {}
}
