package dev.quayside.backup.landing;

import dev.quayside.common.Home;
import dev.quayside.common.ProblemException;
import dev.quayside.common.StepBoundary;
import dev.quayside.engine.EngineSource;
import dev.quayside.exposure.probe.StackProbes;
import dev.quayside.journal.Journal;
import dev.quayside.journal.JournaledEngine;
import dev.quayside.stack.Lifecycle;
import dev.quayside.stack.Stack;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Holds what a restore over a stack works with.
 *
 * @param engines connects to the engine
 * @param control makes changes in databases; asked for only where there are some
 * @param lifecycle stops and starts services; asked for only where there are some
 * @param probes asks the services afterwards; asked for only where some are concerned
 * @param stacks finds a stack by its name, as it is now
 * @param journal records everything
 * @param home where records are kept
 * @param time tells the time
 * @param steps marks each named step
 * @param patience how long a service may take to become ready
 */
public record LandingParts(
    EngineSource engines,
    Made<JournaledEngine> control,
    Made<Lifecycle> lifecycle,
    Made<StackProbes> probes,
    StackFinder stacks,
    Journal journal,
    Home home,
    InstantSource time,
    StepBoundary steps,
    Duration patience) {

  /** Makes something when it is first needed. */
  public interface Made<T> {
    /** Returns it. */
    T get() throws ProblemException;
  }

  /** Finds stacks. */
  public interface StackFinder {
    /** Returns the stack called {@code name}. */
    Stack find(String name) throws ProblemException;
  }

  void reached(LandingStep step) {
    steps.reached(step.label());
  }
}
