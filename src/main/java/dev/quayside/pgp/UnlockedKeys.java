package dev.quayside.pgp;

import dev.quayside.common.Secret;
import java.util.IdentityHashMap;
import java.util.Optional;
import org.bouncycastle.openpgp.PGPPrivateKey;
import org.bouncycastle.openpgp.PGPSecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Unlocks each secret key once, which is dear by intention, and remembers why one stayed locked: a
 * message may be for several, and one that opens is enough.
 */
final class UnlockedKeys {

  private final @Nullable Secret passphrase;
  private final IdentityHashMap<PGPSecretKey, Optional<PGPPrivateKey>> tried =
      new IdentityHashMap<>();
  private @Nullable PgpException refusal;

  UnlockedKeys(@Nullable Secret passphrase) {
    this.passphrase = passphrase;
  }

  /** Returns the private key of {@code key}; null where it stays locked. */
  @Nullable PGPPrivateKey of(PGPSecretKey key) {
    return tried.computeIfAbsent(key, this::unlock).orElse(null);
  }

  private Optional<PGPPrivateKey> unlock(PGPSecretKey key) {
    try {
      return Optional.of(SecretKeys.unlock(key, passphrase));
    } catch (PgpException e) {
      refused(e);
      return Optional.empty();
    }
  }

  /** Remembers why a key that might have opened the message did not; the first reason stays. */
  void refused(PgpException reason) {
    refusal = refusal == null ? reason : refusal;
  }

  /** Returns the first reason, or null if no key was refused. */
  @Nullable PgpException refusal() {
    return refusal;
  }
}
