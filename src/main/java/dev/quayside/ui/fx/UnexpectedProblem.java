package dev.quayside.ui.fx;

import dev.quayside.common.Messages;
import dev.quayside.common.Problem;

/**
 * Turns a mistake of ours into a problem that can be shown: its type and place, never its message.
 */
public final class UnexpectedProblem {

  private UnexpectedProblem() {}

  /**
   * Describes {@code mistake}. The code comes from its type and the first frame of ours, so that
   * the same mistake has the same code; its message is left out, because it may hold foreign text
   * or a secret.
   */
  public static Problem of(Throwable mistake) {
    Messages messages = Messages.of("shell");
    return new Problem(
        code(mistake),
        messages.get("problem.unexpected.title"),
        messages.get("problem.unexpected.happened", mistake.getClass().getSimpleName()),
        messages.get("problem.unexpected.unchanged"),
        messages.get("problem.unexpected.next"),
        null,
        trace(mistake));
  }

  private static String code(Throwable mistake) {
    int place = 0;
    for (StackTraceElement frame : mistake.getStackTrace()) {
      if (frame.getClassName().startsWith("dev.quayside.")) {
        place = (frame.getClassName() + '.' + frame.getMethodName()).hashCode();
        break;
      }
    }
    return "INTERNAL-%03X-%03X"
        .formatted(mistake.getClass().getName().hashCode() & 0xFFF, place & 0xFFF);
  }

  private static String trace(Throwable mistake) {
    StringBuilder text = new StringBuilder(mistake.getClass().getName());
    for (StackTraceElement frame : mistake.getStackTrace()) {
      text.append("\n  at ").append(frame);
    }
    return text.toString();
  }
}
