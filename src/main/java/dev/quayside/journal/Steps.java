package dev.quayside.journal;

import dev.quayside.common.ProblemException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Runs one changing call and records how it ended. */
final class Steps {

  /** What is recorded of a call that did what it was for. */
  static final String OK = "ok";

  private Steps() {}

  /** A call that changes something. */
  @FunctionalInterface
  interface Call<T> {
    T run() throws ProblemException;
  }

  /**
   * Makes the call inside {@code intent}; the step is recorded also when the call fails. A journal
   * that cannot be written never hides why a call failed.
   *
   * @param verdict tells from an answer whether it is {@link #OK}, and what it is otherwise
   * @throws ProblemException from the call, or from the journal; that one tells the verdict
   */
  static <T> T record(
      Intent intent,
      String name,
      Map<String, String> details,
      Call<T> call,
      Function<T, String> verdict)
      throws ProblemException {
    intent.requireOpen();
    T result;
    try {
      result = call.run();
    } catch (ProblemException failure) {
      noteBeside(failure, intent, step(name, details, failure.problem().code()));
      throw failure;
    } catch (RuntimeException | Error fault) {
      noteBeside(fault, intent, step(name, details, fault.getClass().getSimpleName()));
      throw fault;
    }
    String word = verdict.apply(result);
    try {
      intent.step(step(name, details, word));
    } catch (ProblemException unwritable) {
      throw new ProblemException(unwritable.problem().withDetail(name + ": " + word), unwritable);
    }
    return result;
  }

  private static Map<String, String> step(String name, Map<String, String> details, String result) {
    Map<String, String> step = new TreeMap<>(details);
    step.put("call", name);
    step.put("result", result);
    return step;
  }

  private static void noteBeside(Throwable failure, Intent intent, Map<String, String> step) {
    // An interrupted thread could not write; that it was one is why the call failed.
    boolean interrupted = Thread.interrupted();
    try {
      intent.step(step);
    } catch (ProblemException | IllegalStateException unwritable) {
      failure.addSuppressed(unwritable);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
