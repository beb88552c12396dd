package dev.quayside.exposure.probe;

import dev.quayside.common.Secret;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/** Makes up credentials that are surely wrong and look like right ones. */
final class WrongKey {

  private static final int LENGTH = 32;
  private static final String DIGITS = "0123456789";
  private static final String HEX = "0123456789abcdef";
  private static final String SMALL = "abcdefghijklmnopqrstuvwxyz";
  private static final String LARGE = SMALL.toUpperCase(java.util.Locale.ROOT);

  private final SecureRandom random = new SecureRandom();

  /**
   * Makes one up.
   *
   * @param right whose form it has: a prefix such as {@code sk-dream-} stays, because some services
   *     judge by it alone; null for 32 hexadecimal characters
   */
  Secret like(@Nullable Secret right) {
    if (right == null || right.length() < 8) {
      // One that is too short to be told apart is no pattern either.
      return plain();
    }
    while (true) {
      Secret wrong = right.withChars(this::other);
      if (!wrong.sameAs(right)) {
        return wrong;
      }
      wrong.close();
    }
  }

  private Secret plain() {
    char[] value = new char[LENGTH];
    for (int i = 0; i < value.length; i++) {
      value[i] = one(HEX);
    }
    return Secret.owning(value);
  }

  private Secret other(char[] right) {
    int from = 0;
    for (int i = 0; i < right.length / 3; i++) {
      if (right[i] == '-' || right[i] == '_') {
        from = i + 1;
      }
    }
    char[] wrong = right.clone();
    boolean hex = hex(right, from);
    boolean varied = false;
    for (int i = from; i < wrong.length; i++) {
      String alphabet = hex ? HEX : alphabet(wrong[i]);
      varied |= !alphabet.isEmpty();
      wrong[i] = alphabet.isEmpty() ? wrong[i] : one(alphabet);
    }
    if (!varied) {
      // Nothing but signs: any letter makes it another.
      wrong[wrong.length - 1] = one(SMALL);
    }
    return Secret.owning(wrong);
  }

  private static boolean hex(char[] value, int from) {
    for (int i = from; i < value.length; i++) {
      if (HEX.indexOf(value[i]) < 0) {
        return false;
      }
    }
    return true;
  }

  private static String alphabet(char c) {
    if (SMALL.indexOf(c) >= 0) {
      return SMALL;
    }
    return LARGE.indexOf(c) >= 0 ? LARGE : DIGITS.indexOf(c) >= 0 ? DIGITS : "";
  }

  private char one(String alphabet) {
    return alphabet.charAt(random.nextInt(alphabet.length()));
  }
}
