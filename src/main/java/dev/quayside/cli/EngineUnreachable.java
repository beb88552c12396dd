package dev.quayside.cli;

import dev.quayside.common.Problem;

/** Says that the engine cannot be reached, which has an exit code of its own. */
final class EngineUnreachable extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  EngineUnreachable(Problem problem) {
    super(problem.code());
    this.problem = problem;
  }

  Problem problem() {
    return problem;
  }
}
