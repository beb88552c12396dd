package dev.quayside.backup.keys;

import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Describes a key that is known here.
 *
 * @param fingerprint of its primary key: 40 upper-case hexadecimal characters
 * @param owner the primary user id; foreign text
 * @param role what it is for
 * @param added when it was made or imported
 * @param expires when it stops being usable; null for never
 * @param usable whether it can do now what it is for: not expired, not revoked
 * @param secretKept whether its secret part is kept here, locked by its passphrase
 * @param checked when its passphrase was last typed and found right; null if never
 * @param certificate file with its public part
 */
public record ShelvedKey(
    String fingerprint,
    String owner,
    KeyRole role,
    Instant added,
    @Nullable Instant expires,
    boolean usable,
    boolean secretKept,
    @Nullable Instant checked,
    Path certificate) {

  /** Returns whether somebody here has to know its passphrase. */
  public boolean reminds() {
    return role == KeyRole.RECIPIENT && (secretKept || checked != null);
  }
}
