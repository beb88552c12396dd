package dev.quayside.engine.socket;

import dev.quayside.engine.SecretText;
import java.util.ArrayList;
import java.util.List;

/**
 * Masks what looks like a secret in the arguments of a command: stacks do pass passwords that way,
 * and a panel must not repeat them.
 */
final class ArgumentMask {

  private ArgumentMask() {}

  static List<String> mask(List<String> arguments) {
    List<String> masked = new ArrayList<>();
    String before = "";
    for (String argument : arguments) {
      boolean hidden =
          before.startsWith("-") && !argument.startsWith("-") && SecretText.hides(before, argument);
      masked.add(hidden ? SecretText.MASK : mask(argument));
      before = argument;
    }
    return masked;
  }

  private static String mask(String argument) {
    int equals = argument.indexOf('=');
    // An argument is one value to its end, blanks and quotes included.
    return equals > 0
            && SecretText.hides(argument.substring(0, equals), argument.substring(equals + 1))
        ? argument.substring(0, equals + 1) + SecretText.MASK
        : SecretText.mask(argument);
  }
}
