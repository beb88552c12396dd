package dev.quayside.pgp;

import dev.quayside.common.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.bcpg.SecretKeyPacket;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPrivateKey;
import org.bouncycastle.openpgp.PGPSecretKey;
import org.jspecify.annotations.Nullable;

/** Holds the secret keys of a file, still locked. */
public final class SecretKeys {

  private static final int MOST_BYTES = 4 << 20;

  private final List<PGPSecretKey> keys;

  private SecretKeys(List<PGPSecretKey> keys) {
    this.keys = keys;
  }

  /**
   * Reads the secret keys in {@code file}, armored or binary, for example from {@code gpg
   * --export-secret-keys}.
   *
   * @throws PgpException if there is none
   */
  public static SecretKeys read(Path file) throws IOException {
    byte[] encoded;
    try (InputStream in = Files.newInputStream(file)) {
      encoded = in.readNBytes(MOST_BYTES);
    }
    return of(encoded);
  }

  /**
   * Reads secret keys, armored or binary.
   *
   * @throws PgpException if there is none
   */
  public static SecretKeys of(byte[] encoded) throws IOException {
    List<PGPSecretKey> keys = new ArrayList<>();
    KeyRings.secret(encoded).forEach(ring -> ring.getSecretKeys().forEachRemaining(keys::add));
    keys.removeIf(PGPSecretKey::isPrivateKeyEmpty);
    if (keys.isEmpty()) {
      throw new PgpException(PgpException.Reason.UNUSABLE_KEY, "no secret key");
    }
    return new SecretKeys(List.copyOf(keys));
  }

  /** Returns whether a passphrase locks any of the keys. */
  public boolean locked() {
    return keys.stream().anyMatch(key -> key.getS2KUsage() != SecretKeyPacket.USAGE_NONE);
  }

  /**
   * Returns the keys that may open what is addressed to {@code keyId}; 0 is addressed to somebody
   * unnamed.
   */
  List<PGPSecretKey> candidates(long keyId) {
    return keys.stream()
        .filter(key -> keyId == 0 ? key.getPublicKey().isEncryptionKey() : key.getKeyID() == keyId)
        .toList();
  }

  /** Unlocks {@code key}; {@code passphrase} may be null for a key that is not locked. */
  static PGPPrivateKey unlock(PGPSecretKey key, @Nullable Secret passphrase) throws PgpException {
    boolean locked = key.getS2KUsage() != SecretKeyPacket.USAGE_NONE;
    if (locked && passphrase == null) {
      throw new PgpException(PgpException.Reason.WRONG_KEY_PASSPHRASE, "the secret key is locked");
    }
    try {
      PGPPrivateKey unlocked =
          key.extractPrivateKey(locked && passphrase != null ? new KeyUnlocking(passphrase) : null);
      if (unlocked == null) {
        throw new PgpException(
            PgpException.Reason.UNUSABLE_KEY, "the file holds only a stub of the key");
      }
      return unlocked;
    } catch (PGPException e) {
      throw new PgpException(PgpException.Reason.WRONG_KEY_PASSPHRASE, "the key stays locked", e);
    }
  }
}
