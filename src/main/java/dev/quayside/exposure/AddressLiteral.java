package dev.quayside.exposure;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the literal IPv4 or IPv6 address of a bind. It never asks a name service: text that is no
 * literal address is simply not one.
 *
 * <p>Forms: RFC 4291 §2.2 for IPv6 with an optional zone (RFC 4007 §11) and optional brackets; four
 * decimal parts for IPv4. The old forms of {@code inet_aton} ({@code 127.1}, octal, hexadecimal)
 * are refused because readers disagree on them.
 */
final class AddressLiteral {

  private static final int IPV4_BYTES = 4;
  private static final int IPV6_BYTES = 16;
  private static final int IPV6_GROUPS = 8;

  private final byte[] bytes;

  private AddressLiteral(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Returns the address that {@code text} writes, or null if it writes none. */
  static @Nullable AddressLiteral parse(String text) {
    String bare = text;
    if (bare.length() > 2 && bare.startsWith("[") && bare.endsWith("]")) {
      bare = bare.substring(1, bare.length() - 1);
      if (bare.indexOf(':') < 0) {
        return null;
      }
    }
    if (bare.indexOf(':') < 0) {
      byte[] four = ipv4(bare);
      return four == null ? null : new AddressLiteral(four);
    }
    int zone = bare.indexOf('%');
    if (zone == bare.length() - 1) {
      return null;
    }
    byte[] sixteen = ipv6(zone < 0 ? bare : bare.substring(0, zone));
    return sixteen == null ? null : new AddressLiteral(sixteen);
  }

  /**
   * Returns whether only this machine can reach it: 127.0.0.0/8, {@code ::1}, or the former mapped
   * into IPv6.
   */
  boolean loopback() {
    if (bytes.length == IPV4_BYTES) {
      return bytes[0] == 127;
    }
    if (mapped()) {
      return bytes[12] == 127;
    }
    for (int i = 0; i < IPV6_BYTES - 1; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return bytes[IPV6_BYTES - 1] == 1;
  }

  /** Returns whether it stands for every address of its family. */
  boolean wildcard() {
    int from = bytes.length == IPV6_BYTES && mapped() ? 12 : 0;
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }

  /** Returns a copy of the address, 4 or 16 bytes. */
  byte[] toBytes() {
    return bytes.clone();
  }

  private boolean mapped() {
    for (int i = 0; i < 10; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return bytes[10] == -1 && bytes[11] == -1;
  }

  private static byte @Nullable [] ipv4(String text) {
    byte[] four = new byte[IPV4_BYTES];
    int part = 0;
    int value = -1;
    int digits = 0;
    for (int i = 0; i <= text.length(); i++) {
      char c = i == text.length() ? '.' : text.charAt(i);
      if (c == '.') {
        if (digits == 0 || part == IPV4_BYTES) {
          return null;
        }
        four[part++] = (byte) value;
        digits = 0;
        value = -1;
      } else if (c >= '0' && c <= '9') {
        // A leading zero would be octal to some readers.
        if (digits > 0 && value == 0) {
          return null;
        }
        value = Math.max(value, 0) * 10 + (c - '0');
        digits++;
        if (value > 255) {
          return null;
        }
      } else {
        return null;
      }
    }
    return part == IPV4_BYTES ? four : null;
  }

  private static byte @Nullable [] ipv6(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      byte[] whole = groups(text);
      return whole != null && whole.length == IPV6_BYTES ? whole : null;
    }
    byte[] head = gap == 0 ? new byte[0] : groups(text.substring(0, gap));
    String rest = text.substring(gap + 2);
    byte[] tail = rest.isEmpty() ? new byte[0] : groups(rest);
    if (head == null || tail == null || head.length + tail.length > IPV6_BYTES - 2) {
      return null;
    }
    if (gap > 0 && text.substring(0, gap).indexOf('.') >= 0) {
      return null;
    }
    byte[] whole = Arrays.copyOf(head, IPV6_BYTES);
    System.arraycopy(tail, 0, whole, IPV6_BYTES - tail.length, tail.length);
    return whole;
  }

  // Groups of one to four hexadecimal digits between single colons; the last may be an IPv4
  // address.
  private static byte @Nullable [] groups(String text) {
    byte[] read = new byte[IPV6_BYTES];
    int length = 0;
    int start = 0;
    while (start <= text.length()) {
      int colon = text.indexOf(':', start);
      int end = colon < 0 ? text.length() : colon;
      String group = text.substring(start, end);
      byte[] part = colon < 0 && group.indexOf('.') >= 0 ? ipv4(group) : hexadecimal(group);
      if (part == null || length + part.length > IPV6_GROUPS * 2) {
        return null;
      }
      System.arraycopy(part, 0, read, length, part.length);
      length += part.length;
      if (colon < 0) {
        return Arrays.copyOf(read, length);
      }
      start = colon + 1;
    }
    return null;
  }

  private static byte @Nullable [] hexadecimal(String group) {
    if (group.isEmpty() || group.length() > 4) {
      return null;
    }
    int value = 0;
    for (int i = 0; i < group.length(); i++) {
      char c = group.charAt(i);
      int digit = c < 128 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        return null;
      }
      value = value * 16 + digit;
    }
    return new byte[] {(byte) (value >> 8), (byte) value};
  }
}
