package dev.quayside.catalogue;

import dev.quayside.common.Secret;
import java.util.List;

/**
 * Says how a new value is made. All alphabets consist of letters, digits, {@code _} and {@code -}
 * only, so that a value needs no quoting anywhere.
 *
 * @param prefix put before the random part; may be empty
 * @param alsoPrefixes that older values may have instead
 * @param alphabet of the random part
 * @param bytes of randomness
 */
public record Generator(String prefix, List<String> alsoPrefixes, Alphabet alphabet, int bytes) {

  /** Makes the list immutable. */
  public Generator {
    alsoPrefixes = List.copyOf(alsoPrefixes);
  }

  /** Returns whether {@code value} could have been made this way, by now or by an older version. */
  public boolean fits(Secret value) {
    return value.withChars(
        chars -> fits(chars, prefix) || alsoPrefixes.stream().anyMatch(old -> fits(chars, old)));
  }

  private boolean fits(char[] value, String start) {
    if (value.length != start.length() + randomLength()) {
      return false;
    }
    for (int i = 0; i < value.length; i++) {
      if (i < start.length() ? value[i] != start.charAt(i) : !alphabet.has(value[i])) {
        return false;
      }
    }
    return true;
  }

  /** Names the alphabets. */
  public enum Alphabet {
    /** Two lower-case hexadecimal characters for each byte. */
    HEX,
    /** Base 64 with {@code -} and {@code _}, without padding. */
    URL64;

    boolean has(char one) {
      boolean digit = one >= '0' && one <= '9';
      return switch (this) {
        case HEX -> digit || (one >= 'a' && one <= 'f');
        case URL64 ->
            digit
                || (one >= 'a' && one <= 'z')
                || (one >= 'A' && one <= 'Z')
                || one == '-'
                || one == '_';
      };
    }
  }

  /** Returns how many characters a value has. */
  public int length() {
    return prefix.length() + randomLength();
  }

  private int randomLength() {
    return switch (alphabet) {
      case HEX -> bytes * 2;
      case URL64 -> (bytes * 8 + 5) / 6;
    };
  }
}
