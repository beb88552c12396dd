package dev.quayside.backup.tar;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Holds a path as the bytes that the file system has, whatever encoding somebody meant by them. */
public final class RawPath implements Comparable<RawPath> {

  private final byte[] bytes;

  private RawPath(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Copies {@code bytes}. */
  public static RawPath of(byte[] bytes) {
    return new RawPath(bytes.clone());
  }

  /** Encodes {@code text} as UTF-8. */
  public static RawPath of(String text) {
    return new RawPath(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns this path with {@code name} below it. */
  public RawPath child(RawPath name) {
    byte[] joined = Arrays.copyOf(bytes, bytes.length + 1 + name.bytes.length);
    joined[bytes.length] = '/';
    System.arraycopy(name.bytes, 0, joined, bytes.length + 1, name.bytes.length);
    return new RawPath(joined);
  }

  /** Returns the path of the folder this one is in; empty for a single name. */
  public RawPath parent() {
    int slash = bytes.length - 1;
    while (slash >= 0 && bytes[slash] != '/') {
      slash--;
    }
    return new RawPath(Arrays.copyOf(bytes, Math.max(0, slash)));
  }

  /** Returns whether it is {@code folder} or lies below it, by its letters only. */
  public boolean within(RawPath folder) {
    int length = folder.bytes.length;
    return bytes.length >= length
        && Arrays.equals(bytes, 0, length, folder.bytes, 0, length)
        && (bytes.length == length || bytes[length] == '/');
  }

  /** Returns a copy of the bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** Returns the number of bytes. */
  public int length() {
    return bytes.length;
  }

  /** Returns the byte at {@code index}. */
  public byte at(int index) {
    return bytes[index];
  }

  /** Returns whether every byte is ASCII. */
  public boolean ascii() {
    for (byte each : bytes) {
      if (each < 0) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether the bytes are UTF-8, so that {@link #toString} loses nothing. */
  public boolean utf8() {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  @Override
  public int compareTo(RawPath other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RawPath path && Arrays.equals(bytes, path.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /**
   * Returns the path decoded as UTF-8, for people; bytes that are no UTF-8 become U+FFFD. Foreign
   * text.
   */
  @Override
  public String toString() {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
