package dev.quayside.backup;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.NoSuchProviderException;

/** Computes SHA-256 with the JDK's own code, called in pieces that reach its machine code early. */
final class Sha256 {

  /** Length of a hash in bytes. */
  static final int LENGTH = 32;

  private static final int PIECE = 4096;

  private final MessageDigest digest;

  Sha256() {
    try {
      digest = MessageDigest.getInstance("SHA-256", "SUN");
    } catch (NoSuchAlgorithmException | NoSuchProviderException e) {
      throw new IllegalStateException("the JDK has no SHA-256", e);
    }
  }

  static byte[] of(byte[] bytes) {
    Sha256 hash = new Sha256();
    hash.update(bytes, 0, bytes.length);
    return hash.take();
  }

  void update(byte[] source, int offset, int length) {
    int end = offset + length;
    for (int from = offset; from < end; from += PIECE) {
      digest.update(source, from, Math.min(PIECE, end - from));
    }
  }

  /** Returns the hash and begins anew. */
  byte[] take() {
    return digest.digest();
  }
}
