package dev.quayside.common;

/** Ends an observation when closed. Closing twice does nothing. */
@FunctionalInterface
public interface Subscription extends AutoCloseable {

  /** Ends the observation; the observer may still be in its last call on another thread. */
  @Override
  void close();
}
