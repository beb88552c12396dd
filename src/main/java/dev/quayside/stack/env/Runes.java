package dev.quayside.stack.env;

/**
 * Reads characters out of UTF-8 bytes the way Go does: what is none counts as one odd character.
 */
final class Runes {

  /** What stands for bytes that are no character. */
  static final int ODD = 0xFFFD;

  private static final int LONGEST = 4;

  private Runes() {}

  /** Returns how many bytes the character at {@code index} has. */
  static int size(byte[] bytes, int index) {
    int first = bytes[index] & 0xFF;
    int size = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (size == 0 || first > 0xF4 || index + size > bytes.length) {
      return 1;
    }
    for (int i = 1; i < size; i++) {
      if ((bytes[index + i] & 0xC0) != 0x80) {
        return 1;
      }
    }
    int second = size > 1 ? bytes[index + 1] & 0xFF : 0;
    boolean none =
        (first == 0xE0 && second < 0xA0)
            || (first == 0xED && second > 0x9F)
            || (first == 0xF0 && second < 0x90)
            || (first == 0xF4 && second > 0x8F);
    return none ? 1 : size;
  }

  /** Returns the character at {@code index}, or {@link #ODD}. */
  static int at(byte[] bytes, int index) {
    int size = size(bytes, index);
    int first = bytes[index] & 0xFF;
    if (size == 1) {
      return first < 0x80 ? first : ODD;
    }
    int character = first & (0x7F >> size);
    for (int i = 1; i < size; i++) {
      character = (character << 6) | (bytes[index + i] & 0x3F);
    }
    return character;
  }

  /** Returns where the character begins that ends before {@code end}. */
  static int before(byte[] bytes, int end) {
    for (int start = end - 1; start >= 0 && start >= end - LONGEST; start--) {
      if (start + size(bytes, start) == end && (bytes[start] & 0xC0) != 0x80) {
        return start;
      }
    }
    return end - 1;
  }

  /** Returns whether Compose passes over it inside of a line. */
  static boolean isBlank(int character) {
    return character == '\t'
        || character == 0x0B
        || character == '\f'
        || character == '\r'
        || character == ' '
        || character == 0x85
        || character == 0xA0;
  }

  /** Returns whether it is white space to Unicode, line ends included. */
  static boolean isSpace(int character) {
    return isBlank(character)
        || character == '\n'
        || (character <= 0xFFFF && NodeModel.isUnicodeSpace((char) character));
  }

  /** Returns whether Compose takes it for a part of a name. */
  static boolean isNamed(int character) {
    return switch (character) {
      case '_', '.', '-', '[', ']' -> true;
      default ->
          Character.isLetter(character)
              || switch (Character.getType(character)) {
                case Character.DECIMAL_DIGIT_NUMBER,
                    Character.LETTER_NUMBER,
                    Character.OTHER_NUMBER ->
                    true;
                default -> false;
              };
    };
  }
}
