package dev.quayside.backup.landing;

import dev.quayside.common.Messages;
import dev.quayside.common.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells what could not be done while a set was put back or removed, though everything was tried.
 *
 * @param gone places of which somebody else removed the old set
 * @param unready services that ran before and are not ready, with the reason
 * @param remains what is not needed any more and is still there
 */
record PutBack(List<String> gone, List<String> unready, Remains remains) {

  private static final Messages MESSAGES = Messages.of("landing");

  PutBack {
    gone = List.copyOf(gone);
    unready = List.copyOf(unready);
  }

  PutBack with(Remains left) {
    return new PutBack(gone, unready, left);
  }

  /** Returns the worst of it as a problem; null if all is well. */
  @Nullable Problem problem(String stack) {
    if (!gone.isEmpty()) {
      return MESSAGES.problem("LANDING-KEPT-LOST", stack, String.join(", ", gone));
    }
    if (!unready.isEmpty()) {
      return MESSAGES.problem("LANDING-NOT-READY", stack, String.join("; ", unready));
    }
    if (!remains.databases().isEmpty()) {
      String which = String.join(", ", remains.databases());
      return MESSAGES.problem("LANDING-DATABASE-LEFT", stack, which);
    }
    if (remains.folders().isEmpty()) {
      return null;
    }
    StringBuilder command = new StringBuilder("sudo rm -rf --");
    remains
        .folders()
        .forEach(
            one -> command.append(" '").append(one.toString().replace("'", "'\\''")).append("'"));
    return MESSAGES.problem("LANDING-REMAINS", stack, remains.folders().size(), command);
  }
}
