package dev.quayside.stack.logs;

import dev.quayside.common.ProblemException;
import dev.quayside.common.Subscription;
import dev.quayside.engine.ContainerId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Opens the log of one container; the engine's call, narrowed to what merging needs. */
@FunctionalInterface
interface LogOpener {

  /** Receives the bytes of one of the two output streams, each line stamped, on the reader's thread. */
  @FunctionalInterface
  interface Bytes {
    /** Takes the next bytes; the array is not kept. */
    void accept(boolean standardError, byte[] bytes);
  }

  /**
   * Opens the log of {@code id}.
   *
   * @param since nothing older than this, itself included; null for no limit
   * @param tail how many old lines; {@link LogQuery#ALL} for all
   * @param follow whether the stream stays open while the container runs
   * @param bytes receives what is read
   * @param onEnd runs once, after the last bytes
   */
  Subscription open(
      ContainerId id, @Nullable Instant since, int tail, boolean follow, Bytes bytes, Runnable onEnd)
      throws ProblemException;
}
