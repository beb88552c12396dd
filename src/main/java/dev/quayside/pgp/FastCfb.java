package dev.quayside.pgp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Gives the JDK's fast AES for OpenPGP's CFB mode, which the JDK itself runs block by block.
 *
 * <p>With C the ciphertext, P the plaintext and E the block cipher, CFB is C[i] = P[i] ^ E(C[i-1]).
 * Encrypting: the values E(C[i]) are the CBC encryption of the plaintext with the first value E(0).
 * Decrypting: E(C[i-1]) is the ECB encryption of the ciphertext shifted by one block. Both have
 * machine code in the JVM ({@code docs/decisions}).
 */
final class FastCfb {

  /** Length of an AES block, in bytes. */
  static final int BLOCK = 16;

  /**
   * How much is given to the cipher at a time, in bytes. Small pieces reach the JVM's machine code
   * much earlier, because only compiled callers use it.
   */
  static final int PIECE = 4096;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private FastCfb() {}

  /**
   * Returns the CBC cipher whose output is the key stream for encrypting, and writes E(0) to {@code
   * first}.
   */
  static Cipher chaining(byte[] key, byte[] first) {
    try {
      System.arraycopy(shifted(key).update(new byte[BLOCK]), 0, first, 0, BLOCK);
      Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding", "SunJCE");
      cipher.init(
          Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(first, 0, BLOCK));
      return cipher;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK has no AES", e);
    }
  }

  /**
   * Returns the ECB cipher that makes the key stream for decrypting out of the shifted ciphertext.
   */
  static Cipher shifted(byte[] key) {
    try {
      Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding", "SunJCE");
      cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
      return cipher;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK has no AES", e);
    }
  }

  /** Writes {@code a[fromA + i] ^ b[i]} to {@code result[i]} for {@code length} bytes. */
  static void xor(byte[] a, int fromA, byte[] b, byte[] result, int length) {
    int i = 0;
    for (; i + Long.BYTES <= length; i += Long.BYTES) {
      LONGS.set(result, i, (long) LONGS.get(a, fromA + i) ^ (long) LONGS.get(b, i));
    }
    for (; i < length; i++) {
      result[i] = (byte) (a[fromA + i] ^ b[i]);
    }
  }
}
