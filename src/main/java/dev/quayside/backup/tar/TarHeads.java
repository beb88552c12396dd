package dev.quayside.backup.tar;

import java.util.Arrays;

/** Tells a tar stream by its first block. */
public final class TarHeads {

  private TarHeads() {}

  /** Returns whether {@code head} begins with a header, or with the end mark of an empty stream. */
  public static boolean begins(byte[] head) {
    if (head.length < TarWriter.BLOCK) {
      return false;
    }
    byte[] block = Arrays.copyOf(head, TarWriter.BLOCK);
    try {
      return empty(block)
          ? head.length >= 2 * TarWriter.BLOCK && empty(head)
          : UstarFields.checksumHolds(block) && block[UstarFields.NAME] != 0;
    } catch (TarException e) {
      return false; // no number where the checksum stands
    }
  }

  /** Returns whether the first entry is {@code name}, with or without a pax header before it. */
  public static boolean firstIs(byte[] head, String name) {
    int at = 0;
    if (head.length >= TarWriter.BLOCK && head[UstarFields.TYPE] == 'x') {
      try {
        long size = UstarFields.number(head, UstarFields.SIZE, 12);
        at = Math.clamp(size, 0, head.length) + TarWriter.BLOCK;
        at += TarWriter.paddingOf(at);
      } catch (TarException e) {
        return false;
      }
    }
    return head.length >= at + TarWriter.BLOCK
        && RawPath.of(UstarFields.text(head, at + UstarFields.NAME, UstarFields.NAME_LENGTH))
            .equals(RawPath.of(name));
  }

  private static boolean empty(byte[] bytes) {
    for (byte each : bytes) {
      if (each != 0) {
        return false;
      }
    }
    return true;
  }
}
