package dev.quayside.pgp;

import java.io.OutputStream;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.openpgp.operator.PGPDigestCalculator;

/**
 * Computes the SHA-1 of a version 1 integrity-protected packet (RFC 4880 §5.14) with the JDK's fast
 * code.
 */
final class IntegrityDigest implements PGPDigestCalculator {

  private final FastDigest digest = new FastDigest("SHA-1");

  @Override
  public int getAlgorithm() {
    return HashAlgorithmTags.SHA1;
  }

  @Override
  public OutputStream getOutputStream() {
    return digest;
  }

  @Override
  public byte[] getDigest() {
    return digest.take();
  }

  @Override
  public void reset() {
    digest.take();
  }
}
