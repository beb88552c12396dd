package dev.quayside.stack.env;

import java.util.Arrays;

/** Collects bytes of a value and leaves no copy of them behind when it grows or is closed. */
final class Bytes implements AutoCloseable {

  private byte[] room = new byte[64];
  private int length;

  void add(byte b) {
    if (length == room.length) {
      byte[] wider = Arrays.copyOf(room, room.length * 2);
      Arrays.fill(room, (byte) 0);
      room = wider;
    }
    room[length++] = b;
  }

  int length() {
    return length;
  }

  /** Forgets what comes behind the first {@code left} bytes. */
  void cut(int left) {
    Arrays.fill(room, left, length, (byte) 0);
    length = left;
  }

  byte[] exact() {
    return Arrays.copyOf(room, length);
  }

  @Override
  public void close() {
    cut(0);
  }
}
