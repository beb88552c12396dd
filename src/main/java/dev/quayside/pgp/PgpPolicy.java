package dev.quayside.pgp;

import java.util.Map;
import java.util.Set;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.bcpg.S2K;
import org.bouncycastle.bcpg.SymmetricKeyAlgorithmTags;

/**
 * Holds every cryptographic choice of Quayside. What is written is fixed and readable by GnuPG 2.2;
 * what is read is limited by lists of what is allowed. Numbers are those of RFC 4880 and RFC 9580;
 * the reasons are in {@code docs/decisions/0021-openpgp.md}.
 */
final class PgpPolicy {

  /** Cipher of what we write. */
  static final int CIPHER = SymmetricKeyAlgorithmTags.AES_256;

  /** Hash that turns a passphrase into a key, in what we write. */
  static final int PASSPHRASE_HASH = HashAlgorithmTags.SHA256;

  /**
   * Coded count of the iterated passphrase hash: 255 stands for 65,011,712 bytes, the most there
   * is.
   */
  static final int PASSPHRASE_COUNT = 0xFF;

  /** Length of the salt of a passphrase, in bytes. */
  static final int SALT_LENGTH = 8;

  /** Hash of the signatures we write. */
  static final int SIGNATURE_HASH = HashAlgorithmTags.SHA256;

  /** Length of one part of an encrypted packet of unknown length, in bytes; a power of two. */
  static final int PART_LENGTH = 1 << 20;

  /** Size of the RSA keys we make. */
  static final int MADE_RSA_BITS = 3072;

  /** The least size of an RSA key we encrypt to. */
  static final int LEAST_RSA_BITS = 2048;

  /**
   * Most session keys in front of a message, one for each who may open it. Each one costs the work
   * that makes passphrases dear to guess, so that thousands would be an attack.
   */
  static final int MOST_SESSION_KEYS = 32;

  /** Version of the keys that we make and use. */
  static final int KEY_VERSION = 4;

  /** Version of the signatures that count. */
  static final int SIGNATURE_VERSION = 4;

  /** Most signatures around the data of a message; each of them is hashed for. */
  static final int MOST_SIGNATURES = 8;

  /** Most bytes in front of the encrypted packet. */
  static final int MOST_HEAD_BYTES = 256 << 10;

  /** Deepest nesting of compressed packets that is read. */
  static final int MOST_LAYERS = 2;

  /** Passphrase method without salt (RFC 4880 §3.7.1.1); read only. */
  static final int SIMPLE = 0;

  /** Passphrase method with salt, hashed once (RFC 4880 §3.7.1.2); read only. */
  static final int SALTED = 1;

  /** Ciphers that are read, with their key length in bytes. */
  private static final Map<Integer, Integer> READABLE_CIPHERS =
      Map.of(
          SymmetricKeyAlgorithmTags.AES_128, 16,
          SymmetricKeyAlgorithmTags.AES_192, 24,
          SymmetricKeyAlgorithmTags.AES_256, 32,
          SymmetricKeyAlgorithmTags.TWOFISH, 32,
          SymmetricKeyAlgorithmTags.CAMELLIA_128, 16,
          SymmetricKeyAlgorithmTags.CAMELLIA_192, 24,
          SymmetricKeyAlgorithmTags.CAMELLIA_256, 32,
          SymmetricKeyAlgorithmTags.CAST5, 16,
          SymmetricKeyAlgorithmTags.TRIPLE_DES, 24);

  private static final Map<Integer, String> READABLE_PASSPHRASE_HASHES =
      Map.of(
          HashAlgorithmTags.SHA1, "SHA-1",
          HashAlgorithmTags.SHA224, "SHA-224",
          HashAlgorithmTags.SHA256, "SHA-256",
          HashAlgorithmTags.SHA384, "SHA-384",
          HashAlgorithmTags.SHA512, "SHA-512");

  private static final Set<Integer> READABLE_PASSPHRASE_METHODS =
      Set.of(SIMPLE, SALTED, S2K.SALTED_AND_ITERATED);

  private static final Set<Integer> AES =
      Set.of(
          SymmetricKeyAlgorithmTags.AES_128,
          SymmetricKeyAlgorithmTags.AES_192,
          SymmetricKeyAlgorithmTags.AES_256);

  /** Hashes of signatures that count, with the JDK's names. */
  private static final Map<Integer, String> SIGNATURE_HASHES =
      Map.of(
          HashAlgorithmTags.SHA224, "SHA-224",
          HashAlgorithmTags.SHA256, "SHA-256",
          HashAlgorithmTags.SHA384, "SHA-384",
          HashAlgorithmTags.SHA512, "SHA-512");

  private PgpPolicy() {}

  /** Returns whether a signature by such a key and hash is worth anything. */
  static boolean signsWith(int keyAlgorithm, int bits, int hash) {
    return SIGNATURE_HASHES.containsKey(hash)
        && switch (keyAlgorithm) {
          case PublicKeyAlgorithmTags.RSA_GENERAL -> bits >= LEAST_RSA_BITS;
          case PublicKeyAlgorithmTags.EDDSA_LEGACY,
              PublicKeyAlgorithmTags.Ed25519,
              PublicKeyAlgorithmTags.ECDSA ->
              true;
          default -> false;
        };
  }

  /** Returns the JDK's name of the hash of a signature that counts. */
  static String signatureHash(int hash) {
    String name = SIGNATURE_HASHES.get(hash);
    if (name == null) {
      throw new IllegalArgumentException("hash " + hash);
    }
    return name;
  }

  /** Returns the key length of a cipher in bytes. */
  static int keyLength(int cipher) throws PgpException {
    Integer length = READABLE_CIPHERS.get(cipher);
    if (length == null) {
      throw new PgpException(PgpException.Reason.REFUSED_ALGORITHM, "cipher " + cipher);
    }
    return length;
  }

  /** Returns whether {@code cipher} may be read at all. */
  static boolean readable(int cipher) {
    return READABLE_CIPHERS.containsKey(cipher);
  }

  /** Returns whether {@code cipher} is AES, for which the JDK's own code is used. */
  static boolean aes(int cipher) {
    return AES.contains(cipher);
  }

  /** Returns the JDK's name of the hash of a passphrase method. */
  static String passphraseHash(S2K method) throws PgpException {
    String name = READABLE_PASSPHRASE_HASHES.get(method.getHashAlgorithm());
    if (name == null || !READABLE_PASSPHRASE_METHODS.contains(method.getType())) {
      throw new PgpException(
          PgpException.Reason.REFUSED_ALGORITHM,
          "passphrase method " + method.getType() + " with hash " + method.getHashAlgorithm());
    }
    return name;
  }

  /**
   * Returns whether we encrypt to a key of this algorithm and size; the curve of an ECDH key is not
   * limited.
   */
  static boolean encryptsTo(int keyAlgorithm, int bits) {
    return switch (keyAlgorithm) {
      case PublicKeyAlgorithmTags.RSA_GENERAL -> bits >= LEAST_RSA_BITS;
      case PublicKeyAlgorithmTags.ECDH -> true;
      default -> false;
    };
  }
}
