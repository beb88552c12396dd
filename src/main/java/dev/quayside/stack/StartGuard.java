package dev.quayside.stack;

import dev.quayside.common.ProblemException;

/** Speaks against starting services while something else has them stopped for a reason. */
public interface StartGuard {

  /**
   * Returns if services of {@code stack} may be started now.
   *
   * @throws ProblemException with the reason if they may not
   */
  void check(String stack) throws ProblemException;
}
