package dev.quayside.backup;

import dev.quayside.common.Problem;
import java.io.IOException;

/** Tells that a guard refused before anything of the operator's was changed. */
final class RefusedException extends IOException {

  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  RefusedException(Problem problem) {
    super(problem.code());
    this.problem = problem;
  }

  Problem problem() {
    return problem;
  }
}
