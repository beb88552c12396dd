package dev.quayside.backup;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Tells how an archive is opened.
 *
 * @param passphrases asked only when the archive or the key needs one
 * @param secretKey file with a secret key, for example from {@code gpg --export-secret-keys}; null
 *     to open by passphrase
 */
public record Unlocking(PassphraseSource passphrases, @Nullable Path secretKey) {

  /** Opens by passphrase. */
  public static Unlocking passphrase(PassphraseSource passphrases) {
    return new Unlocking(passphrases, null);
  }
}
