package dev.quayside.stack;

import dev.quayside.common.Outcome;
import dev.quayside.common.Progress;

/** Starts, stops and recreates the services of a stack, and waits until they are what was asked. */
@SuppressWarnings("DoNotCallSuggester")
public final class Lifecycle {

  /** Carries out {@code request}, blocking its caller. */
  public Outcome<LifecycleReceipt> run(LifecycleRequest request, Progress progress) {
    throw new UnsupportedOperationException();
  }
}
