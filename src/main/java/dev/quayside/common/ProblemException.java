package dev.quayside.common;

/** Carries a {@link Problem} to the place that can show it. Its message never holds a secret. */
public final class ProblemException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  /** Wraps {@code problem}. */
  public ProblemException(Problem problem) {
    super(problem.code() + ": " + problem.title());
    this.problem = problem;
  }

  /** Wraps {@code problem} and keeps {@code cause} for the log. */
  public ProblemException(Problem problem, Throwable cause) {
    super(problem.code() + ": " + problem.title(), cause);
    this.problem = problem;
  }

  /** Returns what to show. */
  public Problem problem() {
    return problem;
  }
}
