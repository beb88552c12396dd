package dev.quayside.backup.tar;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Knows where the fields of a ustar header lie and how numbers are written in it (POSIX.1-2001,
 * pax, "ustar").
 */
final class UstarFields {

  static final int NAME = 0;
  static final int NAME_LENGTH = 100;
  static final int MODE = 100;
  static final int USER = 108;
  static final int GROUP = 116;
  static final int SIZE = 124;
  static final int TIME = 136;
  static final int CHECKSUM = 148;
  static final int TYPE = 156;
  static final int LINK = 157;
  static final int MAGIC = 257;
  static final int PREFIX = 345;
  static final int PREFIX_LENGTH = 155;

  /** Magic and version. */
  static final String USTAR = "ustar\00000";

  private static final int CHECKSUM_LENGTH = 8;

  private UstarFields() {}

  static void bytes(byte[] block, int at, int length, byte[] value) {
    System.arraycopy(value, 0, block, at, Math.min(length, value.length));
  }

  /** Writes an octal number with leading zeros and a NUL behind. */
  static void octal(byte[] block, int at, int length, long value) {
    long rest = value;
    for (int i = length - 2; i >= 0; i--) {
      block[at + i] = (byte) ('0' + (rest & 7));
      rest >>>= 3;
    }
  }

  static void checksum(byte[] block) {
    octal(block, CHECKSUM, CHECKSUM_LENGTH - 1, sum(block));
    block[CHECKSUM + CHECKSUM_LENGTH - 1] = ' ';
  }

  static boolean checksumHolds(byte[] block) throws TarException {
    return number(block, CHECKSUM, CHECKSUM_LENGTH) == sum(block);
  }

  private static long sum(byte[] block) {
    long sum = 0;
    for (int i = 0; i < block.length; i++) {
      boolean own = i >= CHECKSUM && i < CHECKSUM + CHECKSUM_LENGTH;
      sum += own ? ' ' : block[i] & 0xFF;
    }
    return sum;
  }

  /** Returns the bytes of a text field up to its NUL. */
  static byte[] text(byte[] block, int at, int length) {
    int end = at;
    while (end < at + length && block[end] != 0) {
      end++;
    }
    return Arrays.copyOfRange(block, at, end);
  }

  /** Reads an octal number, or the base-256 number that GNU tar writes where octal has no room. */
  static long number(byte[] block, int at, int length) throws TarException {
    if ((block[at] & 0x80) != 0) {
      return base256(block, at, length);
    }
    String digits = new String(text(block, at, length), StandardCharsets.ISO_8859_1).strip();
    try {
      return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    } catch (NumberFormatException e) {
      throw new TarException(TarException.Reason.BAD_HEADER, "a number that is none", e);
    }
  }

  private static long base256(byte[] block, int at, int length) throws TarException {
    boolean negative = (block[at] & 0x40) != 0;
    long value = negative ? -1 : 0;
    for (int i = 0; i < length; i++) {
      int digit = i == 0 ? ((block[at] & 0x3F) | (negative ? 0xC0 : 0)) : (block[at + i] & 0xFF);
      if (i < length - Long.BYTES && digit != (negative ? 0xFF : 0)) {
        throw new TarException(TarException.Reason.BAD_HEADER, "a number that is too large");
      }
      value = (value << 8) | digit;
    }
    if ((value < 0) != negative) {
      throw new TarException(TarException.Reason.BAD_HEADER, "a number that is too large");
    }
    return value;
  }
}
