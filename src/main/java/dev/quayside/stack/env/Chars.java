package dev.quayside.stack.env;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Holds the text of a file for readers that work on characters; wiped when closed. */
final class Chars implements AutoCloseable {

  private final char[] room;
  private final int length;
  private final boolean broken;

  private Chars(char[] room, int length, boolean broken) {
    this.room = room;
    this.length = length;
    this.broken = broken;
  }

  /** Decodes UTF-8, with a replacement for what is none, and makes every line end one newline. */
  static Chars ofFile(byte[] bytes) {
    char[] room = new char[bytes.length];
    boolean broken = false;
    int length;
    try {
      length = decode(bytes, room, CodingErrorAction.REPORT);
    } catch (CharacterCodingException notText) {
      broken = true;
      try {
        length = decode(bytes, room, CodingErrorAction.REPLACE);
      } catch (CharacterCodingException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
    int kept = 0;
    for (int i = 0; i < length; i++) {
      if (room[i] != '\r') {
        room[kept++] = room[i];
      } else if (i + 1 == length || room[i + 1] != '\n') {
        room[kept++] = '\n';
      }
    }
    Arrays.fill(room, kept, room.length, '\0');
    return new Chars(room, kept, broken);
  }

  private static int decode(byte[] bytes, char[] room, CodingErrorAction action)
      throws CharacterCodingException {
    CharBuffer out = CharBuffer.wrap(room);
    var decoder =
        StandardCharsets.UTF_8.newDecoder().onMalformedInput(action).onUnmappableCharacter(action);
    var result = decoder.decode(ByteBuffer.wrap(bytes), out, true);
    if (result.isError()) {
      result.throwException();
    }
    return out.position();
  }

  /** Returns whether the file is no UTF-8. */
  boolean broken() {
    return broken;
  }

  int length() {
    return length;
  }

  /** Returns the character at {@code index}; a zero beyond the end. */
  char at(int index) {
    return index < length ? room[index] : '\0';
  }

  boolean startsWith(String word, int index) {
    for (int i = 0; i < word.length(); i++) {
      if (at(index + i) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  String text(int start, int end) {
    return new String(room, start, end - start);
  }

  /** Returns a part as UTF-8; the caller wipes it. */
  byte[] utf8(int start, int end) {
    ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(room, start, end - start));
    byte[] exact = new byte[encoded.remaining()];
    encoded.get(exact);
    encoded.rewind();
    while (encoded.hasRemaining()) {
      encoded.put((byte) 0);
    }
    return exact;
  }

  /**
   * Returns where a quoted part that begins at {@code start} may end, in the order in which the
   * pattern {@code Q((?:\\Q|[^Q])*)Q} tries: at the first quote without a backslash, then at those
   * with one, the last first. Each is the index of the closing quote.
   */
  int[] closings(int start) {
    char quote = at(start);
    int[] found = new int[8];
    int count = 1;
    int plain = -1;
    int i = start + 1;
    while (i < length) {
      if (at(i) == '\\' && i + 1 < length && at(i + 1) == quote) {
        if (count == found.length) {
          found = Arrays.copyOf(found, count * 2);
        }
        found[count++] = i + 1;
        i += 2;
      } else if (at(i) == quote) {
        plain = i;
        break;
      } else {
        i++;
      }
    }
    int first = plain < 0 ? 1 : 0;
    found[0] = plain;
    int[] result = new int[count - first];
    for (int j = 0; j < result.length; j++) {
      result[j] = j == 0 && plain >= 0 ? plain : found[count - (plain >= 0 ? j : j + 1)];
    }
    return result;
  }

  @Override
  public void close() {
    Arrays.fill(room, '\0');
  }
}
