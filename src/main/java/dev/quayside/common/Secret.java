package dev.quayside.common;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Holds a secret value that is wiped when closed. It never shows its value through {@code
 * toString}, {@code equals} or {@code hashCode}. Not safe for use by several threads at once.
 */
public final class Secret implements AutoCloseable {

  private static final int MOST_BYTES_EACH = 3;

  private final char[] value;
  private boolean wiped;

  private Secret(char[] value) {
    this.value = value;
  }

  /** Takes ownership of {@code value}: the array is wiped when this secret is closed. */
  public static Secret owning(char[] value) {
    return new Secret(value);
  }

  /** Decodes UTF-8 {@code bytes} into a secret; the caller still has to wipe its array. */
  public static Secret ofUtf8(byte[] bytes) {
    CharBuffer decoded = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes));
    char[] copy = new char[decoded.remaining()];
    decoded.get(copy);
    Arrays.fill(decoded.array(), '\0');
    return new Secret(copy);
  }

  /** Returns the number of characters. */
  public int length() {
    return value.length;
  }

  /** Lends the characters to {@code use}; they must not be kept beyond the call. */
  public <T extends @Nullable Object> T withChars(Function<char[], T> use) {
    requireAlive();
    return use.apply(value);
  }

  /** Lends the UTF-8 bytes to {@code use} and wipes them afterwards. */
  @SuppressWarnings(
      "ByteBufferBackingArray") // encode() allocates a heap buffer; its spare room is wiped too
  public <T extends @Nullable Object> T withUtf8(Function<byte[], T> use) {
    requireAlive();
    // Large enough at once: the JDK's own would grow and leave the smaller one behind.
    ByteBuffer encoded = ByteBuffer.allocate(value.length * MOST_BYTES_EACH);
    CharsetEncoder encoder =
        StandardCharsets.UTF_8
            .newEncoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    encoder.encode(CharBuffer.wrap(value), encoded, true);
    encoder.flush(encoded);
    encoded.flip();
    byte[] bytes = new byte[encoded.remaining()];
    encoded.get(bytes);
    Arrays.fill(encoded.array(), (byte) 0);
    try {
      return use.apply(bytes);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /** Returns an independent copy that has to be closed on its own. */
  public Secret copy() {
    requireAlive();
    return new Secret(value.clone());
  }

  /**
   * Returns whether both hold the same characters, in time that does not depend on where they
   * differ.
   */
  public boolean sameAs(Secret other) {
    requireAlive();
    other.requireAlive();
    int difference = value.length ^ other.value.length;
    for (int i = 0; i < value.length; i++) {
      difference |= value[i] ^ (other.value.length == 0 ? 0 : other.value[i % other.value.length]);
    }
    return difference == 0;
  }

  private void requireAlive() {
    if (wiped) {
      throw new IllegalStateException("the secret was wiped already");
    }
  }

  @Override
  public void close() {
    Arrays.fill(value, '\0');
    wiped = true;
  }

  @Override
  public String toString() {
    return "Secret(" + (wiped ? "wiped" : "masked") + ")";
  }
}
