package dev.quayside.pgp;

import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;

/** Computes a hash of what is written with the JDK's fast code. */
final class FastDigest extends OutputStream {

  private final MessageDigest digest;

  /** Begins a hash by the JDK's name of it. */
  FastDigest(String name) {
    try {
      digest = MessageDigest.getInstance(name, "SUN");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK has no " + name, e);
    }
  }

  @Override
  public void write(int b) {
    digest.update((byte) b);
  }

  @Override
  public void write(byte[] source, int offset, int length) {
    int end = offset + length;
    for (int from = offset; from < end; from += FastCfb.PIECE) {
      digest.update(source, from, Math.min(FastCfb.PIECE, end - from));
    }
  }

  /** Returns the hash and begins anew. */
  byte[] take() {
    return digest.digest();
  }
}
