package dev.quayside.secrets;

import dev.quayside.catalogue.Generator;
import dev.quayside.common.Secret;
import java.security.SecureRandom;
import java.util.Arrays;

/** Makes new values, in the process and never by a command line. */
final class ValueGenerator {

  private static final char[] HEX = "0123456789abcdef".toCharArray();
  private static final char[] URL64 =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".toCharArray();

  private final SecureRandom random;

  ValueGenerator(SecureRandom random) {
    this.random = random;
  }

  Secret generate(Generator rule) {
    byte[] bytes = new byte[rule.bytes()];
    random.nextBytes(bytes);
    char[] value = new char[rule.length()];
    rule.prefix().getChars(0, rule.prefix().length(), value, 0);
    switch (rule.alphabet()) {
      case HEX -> hex(bytes, value, rule.prefix().length());
      case URL64 -> url64(bytes, value, rule.prefix().length());
    }
    Arrays.fill(bytes, (byte) 0);
    return Secret.owning(value);
  }

  private static void hex(byte[] bytes, char[] value, int from) {
    int index = from;
    for (byte b : bytes) {
      value[index++] = HEX[(b >> 4) & 0xF];
      value[index++] = HEX[b & 0xF];
    }
  }

  private static void url64(byte[] bytes, char[] value, int from) {
    int bits = 0;
    int buffer = 0;
    int index = from;
    for (byte b : bytes) {
      buffer = (buffer << 8) | (b & 0xFF);
      bits += 8;
      while (bits >= 6) {
        bits -= 6;
        value[index++] = URL64[(buffer >> bits) & 0x3F];
      }
    }
    if (bits > 0) {
      value[index] = URL64[(buffer << (6 - bits)) & 0x3F];
    }
  }
}
