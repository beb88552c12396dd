package dev.quayside.pgp;

import dev.quayside.common.Secret;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import org.bouncycastle.bcpg.S2K;

/**
 * Turns a passphrase into a key as RFC 4880 §3.7.1 says (simple, salted, iterated), leaving no copy
 * of the passphrase behind.
 */
final class PassphraseKey {

  private static final int PIECE = 8192;

  private PassphraseKey() {}

  /**
   * Returns {@code length} bytes of key made from {@code passphrase} by {@code method}, if the
   * policy allows it.
   */
  static byte[] derive(Secret passphrase, S2K method, int length) throws PgpException {
    String hash = PgpPolicy.passphraseHash(method);
    return passphrase.withUtf8(text -> derive(text, method, hash, length));
  }

  private static byte[] derive(byte[] text, S2K method, String hash, int length) {
    byte[] salt = method.getType() == PgpPolicy.SIMPLE ? new byte[0] : method.getIV();
    byte[] unit = Arrays.copyOf(salt, salt.length + text.length);
    System.arraycopy(text, 0, unit, salt.length, text.length);
    long count =
        method.getType() == S2K.SALTED_AND_ITERATED
            ? Math.max(method.getIterationCount(), unit.length)
            : unit.length;
    byte[] repeated = repeat(unit);
    byte[] key = new byte[length];
    try {
      MessageDigest digest = MessageDigest.getInstance(hash, "SUN");
      for (int done = 0, zeros = 0; done < length; zeros++) {
        digest.update(new byte[zeros]);
        byte[] part = hash(digest, repeated, count);
        System.arraycopy(part, 0, key, done, Math.min(part.length, length - done));
        done += part.length;
        Arrays.fill(part, (byte) 0);
      }
      return key;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK has no " + hash, e);
    } finally {
      Arrays.fill(unit, (byte) 0);
      Arrays.fill(repeated, (byte) 0);
    }
  }

  /**
   * Returns whole repetitions of {@code unit}, about one piece long, so that the digest is called
   * with enough at once.
   */
  private static byte[] repeat(byte[] unit) {
    int times = unit.length == 0 ? 0 : Math.max(1, PIECE / unit.length);
    byte[] repeated = new byte[unit.length * times];
    for (int i = 0; i < times; i++) {
      System.arraycopy(unit, 0, repeated, i * unit.length, unit.length);
    }
    return repeated;
  }

  private static byte[] hash(MessageDigest digest, byte[] repeated, long count) {
    long left = count;
    while (left > 0 && repeated.length > 0) {
      int taken = (int) Math.min(left, repeated.length);
      digest.update(repeated, 0, taken);
      left -= taken;
    }
    byte[] hash = digest.digest();
    digest.reset(); // its last block may hold the passphrase
    return hash;
  }
}
