package dev.quayside.common;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Marks the named steps of an operation that must survive a kill at any moment. The operation calls
 * {@link #reached} <em>after</em> the step's effect is on disk; tests use it to kill the process
 * exactly there and then look whether the machine is in the old or the new state.
 *
 * <p>Step names are stable, lower case, with the operation in front, for example {@code
 * backup.create.part-written}.
 */
@FunctionalInterface
public interface StepBoundary {

  /**
   * System property that names the step at which the process halts: {@code NAME}, or {@code NAME@3}
   * for its third time.
   */
  String HALT_PROPERTY = "quayside.halt-at-step";

  /** Exit status of a process halted at a step; the same as after {@code kill -9}. */
  int HALT_STATUS = 137;

  /** Tells that the effect of the step {@code name} is complete. Returns at once, or never. */
  void reached(String name);

  /** Returns a boundary that does nothing. */
  static StepBoundary none() {
    return name -> {};
  }

  /**
   * Returns the boundary that the program uses: it does nothing unless {@link #HALT_PROPERTY} is
   * set, which only tests do.
   */
  static StepBoundary ofProcess() {
    return haltingAt(System.getProperty(HALT_PROPERTY));
  }

  /**
   * Returns a boundary that halts the process, without running shutdown hooks or finally blocks, at
   * the step that {@code rule} names.
   *
   * @param rule {@code NAME} or {@code NAME@COUNT}; null or blank for never
   */
  static StepBoundary haltingAt(@Nullable String rule) {
    if (rule == null || rule.isBlank()) {
      return none();
    }
    int at = rule.lastIndexOf('@');
    String step = at < 0 ? rule : rule.substring(0, at);
    AtomicInteger left = new AtomicInteger(at < 0 ? 1 : Integer.parseInt(rule.substring(at + 1)));
    return name -> {
      if (name.equals(step) && left.decrementAndGet() == 0) {
        Runtime.getRuntime().halt(HALT_STATUS);
      }
    };
  }
}
