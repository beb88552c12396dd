package dev.quayside.backup.foreign;

import dev.quayside.backup.tar.TarHeads;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tells by its first bytes what something is. */
public final class Recognition {

  /** How many bytes are looked at; fewer only where there are no more. */
  public static final int HEAD = 4096;

  private static final byte[] ARMOR = ascii("-----BEGIN PGP MESSAGE-----");
  private static final int TAG = 0x80;
  private static final Map<ContentKind, byte[]> MAGIC = magic();

  private Recognition() {}

  private static Map<ContentKind, byte[]> magic() {
    Map<ContentKind, byte[]> magic = new LinkedHashMap<>();
    magic.put(ContentKind.CUSTOM_DUMP, ascii("PGDMP"));
    magic.put(ContentKind.GZIP, hex("1f8b"));
    magic.put(ContentKind.ZSTD, hex("28b52ffd"));
    magic.put(ContentKind.XZ, hex("fd377a585a00"));
    magic.put(ContentKind.BZIP2, ascii("BZh"));
    magic.put(ContentKind.ZIP, hex("504b0304"));
    magic.put(ContentKind.SEVEN_ZIP, hex("377abcaf271c"));
    magic.put(ContentKind.LZ4, hex("04224d18"));
    magic.put(ContentKind.SQLITE, ascii("SQLite format 3\0"));
    magic.put(ContentKind.REDIS, ascii("REDIS0"));
    magic.put(ContentKind.MONGO_DUMP, hex("6de29981"));
    magic.put(ContentKind.OPENPGP, ARMOR);
    return magic;
  }

  /** Returns what begins with {@code head}. */
  public static ContentKind of(byte[] head) {
    if (head.length == 0) {
      return ContentKind.EMPTY;
    }
    for (Map.Entry<ContentKind, byte[]> each : MAGIC.entrySet()) {
      if (startsWith(head, each.getValue())) {
        return each.getKey();
      }
    }
    if (TarHeads.begins(head)) {
      return TarHeads.firstIs(head, "plan.json") ? ContentKind.OURS : ContentKind.TAR;
    }
    return text(head) ? ContentKind.SQL : ContentKind.UNKNOWN;
  }

  /**
   * Returns what begins with {@code head}, which is the beginning of a file: there, what is nothing
   * else and begins as packets of OpenPGP do is a message.
   */
  public static ContentKind ofFile(byte[] head) {
    ContentKind kind = of(head);
    return kind == ContentKind.UNKNOWN && (head[0] & TAG) != 0 ? ContentKind.OPENPGP : kind;
  }

  /** Text, in whatever encoding, has no bytes that steer a terminal. */
  private static boolean text(byte[] head) {
    for (byte each : head) {
      boolean blank = each == '\n' || each == '\r' || each == '\t' || each == '\f';
      if ((each >= 0 && each < ' ' && !blank) || each == 0x7F) {
        return false;
      }
    }
    return true;
  }

  private static boolean startsWith(byte[] bytes, byte[] magic) {
    return bytes.length >= magic.length
        && Arrays.equals(bytes, 0, magic.length, magic, 0, magic.length);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
