package dev.quayside.stack;

import dev.quayside.common.ForeignText;
import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import java.util.Collection;

/** Says that a stack has no service of a name, and which it has. */
final class UnknownName {

  private static final int LONGEST_NAME = 80;

  private UnknownName() {}

  static ProblemException service(String stack, String name, Collection<String> known) {
    Messages messages = Messages.of("stack");
    String names =
        known.isEmpty()
            ? messages.get("none")
            : String.join(
                ", ", known.stream().map(one -> ForeignText.line(one, LONGEST_NAME)).toList());
    return new ProblemException(
        messages.problem("SERVICE-UNKNOWN", ForeignText.line(name, LONGEST_NAME), stack, names));
  }
}
