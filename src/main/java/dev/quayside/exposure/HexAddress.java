package dev.quayside.exposure;

import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Writes the addresses of the kernel's socket tables as literals: hexadecimal words of 32 bits,
 * each in the byte order of the machine (proc_pid_net(5)).
 */
final class HexAddress {

  private static final int WORD_DIGITS = 8;

  private HexAddress() {}

  /** Returns the literal of 8 or 32 hexadecimal digits, or null for anything else. */
  static @Nullable String literal(String hex) {
    return literal(hex, ByteOrder.nativeOrder());
  }

  static @Nullable String literal(String hex, ByteOrder order) {
    if (hex.length() != WORD_DIGITS && hex.length() != 4 * WORD_DIGITS) {
      return null;
    }
    int[] bytes = new int[hex.length() / 2];
    for (int i = 0; i < bytes.length; i++) {
      int high = Character.digit(hex.charAt(2 * i), 16);
      int low = Character.digit(hex.charAt(2 * i + 1), 16);
      if (high < 0 || low < 0) {
        return null;
      }
      int place = order == ByteOrder.LITTLE_ENDIAN ? i / 4 * 4 + 3 - i % 4 : i;
      bytes[place] = high * 16 + low;
    }
    return bytes.length == 4 ? dotted(bytes) : grouped(bytes);
  }

  private static String dotted(int[] bytes) {
    return bytes[0] + "." + bytes[1] + "." + bytes[2] + "." + bytes[3];
  }

  // RFC 5952: the longest run of two or more zero groups is shortened, the first of equally long
  // ones.
  private static String grouped(int[] bytes) {
    int[] groups = new int[8];
    for (int i = 0; i < groups.length; i++) {
      groups[i] = bytes[2 * i] << 8 | bytes[2 * i + 1];
    }
    int start = -1;
    int length = 1;
    for (int from = 0; from < groups.length; from++) {
      int to = from;
      while (to < groups.length && groups[to] == 0) {
        to++;
      }
      if (to - from > length) {
        start = from;
        length = to - from;
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < groups.length; i++) {
      if (i == start) {
        text.append("::");
        i += length - 1;
        continue;
      }
      if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
        text.append(':');
      }
      text.append(Integer.toHexString(groups[i]));
    }
    return text.toString();
  }
}
