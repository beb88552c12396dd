package dev.quayside.journal;

import dev.quayside.common.ProblemException;
import java.util.Map;
import java.util.TreeMap;

/** Runs one changing call and records how it ended. */
final class Steps {

  private Steps() {}

  /** A call that changes something. */
  @FunctionalInterface
  interface Call<T> {
    T run() throws ProblemException;
  }

  /** Makes the call inside {@code intent}; the step is recorded also when the call fails. */
  static <T> T record(Intent intent, String name, Map<String, String> details, Call<T> call)
      throws ProblemException {
    intent.requireOpen();
    Map<String, String> step = new TreeMap<>(details);
    step.put("call", name);
    T result;
    try {
      result = call.run();
    } catch (ProblemException failure) {
      step.put("result", failure.problem().code());
      intent.step(step);
      throw failure;
    }
    step.put("result", "ok");
    intent.step(step);
    return result;
  }
}
