package dev.quayside.backup.keys;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Holds what is kept of a key beside its certificate.
 *
 * @param secretKey the secret part, armored and locked; null if it is not kept
 */
record StoredKey(
    String fingerprint,
    KeyRole role,
    Instant added,
    @Nullable String secretKey,
    @Nullable Instant checked) {

  StoredKey checkedAt(Instant time) {
    return new StoredKey(fingerprint, role, added, secretKey, time);
  }
}
