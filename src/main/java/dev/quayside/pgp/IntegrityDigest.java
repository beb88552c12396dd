package dev.quayside.pgp;

import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.NoSuchProviderException;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.openpgp.operator.PGPDigestCalculator;

/**
 * Computes the SHA-1 of a version 1 integrity-protected packet (RFC 4880 §5.14) with the JDK's fast
 * code.
 */
final class IntegrityDigest implements PGPDigestCalculator {

  private final MessageDigest digest;

  IntegrityDigest() {
    try {
      digest = MessageDigest.getInstance("SHA-1", "SUN");
    } catch (NoSuchAlgorithmException | NoSuchProviderException e) {
      throw new IllegalStateException("the JDK has no SHA-1", e);
    }
  }

  @Override
  public int getAlgorithm() {
    return HashAlgorithmTags.SHA1;
  }

  @Override
  public OutputStream getOutputStream() {
    return new OutputStream() {
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
    };
  }

  @Override
  public byte[] getDigest() {
    return digest.digest();
  }

  @Override
  public void reset() {
    digest.reset();
  }
}
