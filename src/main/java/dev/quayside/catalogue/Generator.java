package dev.quayside.catalogue;

/**
 * Says how a new value is made. All alphabets consist of letters, digits, {@code _} and {@code -}
 * only, so that a value needs no quoting anywhere.
 *
 * @param prefix put before the random part; may be empty
 * @param alphabet of the random part
 * @param bytes of randomness
 */
public record Generator(String prefix, Alphabet alphabet, int bytes) {

  /** Names the alphabets. */
  public enum Alphabet {
    /** Two lower-case hexadecimal characters for each byte. */
    HEX,
    /** Base 64 with {@code -} and {@code _}, without padding. */
    URL64
  }

  /** Returns how many characters a value has. */
  public int length() {
    return prefix.length()
        + switch (alphabet) {
          case HEX -> bytes * 2;
          case URL64 -> (bytes * 8 + 5) / 6;
        };
  }
}
