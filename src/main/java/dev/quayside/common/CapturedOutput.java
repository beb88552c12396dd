package dev.quayside.common;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Holds the kept part of a program's output stream. Immutable. */
public final class CapturedOutput {

  private final byte[] bytes;
  private final boolean cut;

  CapturedOutput(byte[] bytes, boolean cut) {
    this.bytes = bytes;
    this.cut = cut;
  }

  /** Returns the first bytes, at most as many as were asked for. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** Returns whether there was more than was kept. */
  public boolean cut() {
    return cut;
  }

  /** Returns the bytes as UTF-8 text, with replacements where they are not. */
  public String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Overwrites the kept bytes, for output that held a secret. */
  public void wipe() {
    Arrays.fill(bytes, (byte) 0);
  }

  @Override
  public String toString() {
    return "CapturedOutput(" + bytes.length + " bytes" + (cut ? ", cut" : "") + ")";
  }
}
