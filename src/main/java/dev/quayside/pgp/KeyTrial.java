package dev.quayside.pgp;

import dev.quayside.common.Secret;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;

/** Tries whether a secret key and its passphrase really open what its certificate closes. */
public final class KeyTrial {

  private static final int LENGTH = 1024;

  private KeyTrial() {}

  /**
   * Encrypts random bytes to {@code certificate} and opens them again.
   *
   * @throws PgpException if the keys are not locked, the passphrase is wrong, or they belong to
   *     another certificate
   */
  public static void run(Certificate certificate, SecretKeys keys, Secret passphrase)
      throws IOException {
    if (!keys.locked()) {
      throw new PgpException(PgpException.Reason.UNUSABLE_KEY, "no passphrase locks this key");
    }
    byte[] probe = new byte[LENGTH];
    new SecureRandom().nextBytes(probe);
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    try (OutputStream out = PgpEncryption.toCertificates(message, List.of(certificate), null)) {
      out.write(probe);
    }
    try (VerifiedInput opened =
        PgpDecryption.withKeys(
            new ByteArrayInputStream(message.toByteArray()), keys, passphrase, Signers.none())) {
      if (!Arrays.equals(opened.readAllBytes(), probe)) {
        throw new PgpException(PgpException.Reason.ALTERED, "other bytes came back");
      }
    }
  }
}
