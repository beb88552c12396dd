package dev.quayside.backup.keys;

import dev.quayside.common.AtomicFiles;
import dev.quayside.common.ForeignText;
import dev.quayside.common.Messages;
import dev.quayside.pgp.Certificate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Writes the page that opens archives when this machine is gone: to be printed, and its file to be
 * kept elsewhere. It holds the secret key as its passphrase locks it, never the passphrase. It
 * holds the public key that signs here, too.
 */
final class RecoveryKit {

  private static final int LONGEST_OWNER = 200;
  private static final int GROUP = 4;
  private static final String OPENS = "-----BEGIN PGP PRIVATE KEY BLOCK-----";
  private static final String SIGNS = "-----BEGIN PGP PUBLIC KEY BLOCK-----";
  private static final Messages MESSAGES = Messages.of("keys");

  private RecoveryKit() {}

  /**
   * Writes the kit to {@code file}, mode 0600, which must not exist.
   *
   * @param signer the key that signs here; without it gpg fails at every archive that is signed
   */
  static void write(Path file, Certificate certificate, String secretKey, Certificate signer)
      throws IOException {
    String text =
        MESSAGES.get(
            "kit.text",
            grouped(certificate.fingerprint()),
            ForeignText.line(certificate.owner(), LONGEST_OWNER),
            certificate.created().toString(),
            file.getFileName().toString(),
            secretKey,
            grouped(signer.fingerprint()),
            signer.armored());
    AtomicFiles.create(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Returns the part of {@code bytes} that is meant where they are a kit, which holds two keys;
   * else all of them.
   */
  static byte[] part(byte[] bytes, KeyRole role) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int opens = text.indexOf(OPENS);
    int signs = text.indexOf(SIGNS, Math.max(opens, 0));
    if (opens < 0 || signs < 0) {
      return bytes;
    }
    String meant = role == KeyRole.SIGNER ? text.substring(signs) : text.substring(opens, signs);
    return meant.getBytes(StandardCharsets.ISO_8859_1);
  }

  static String grouped(String fingerprint) {
    return fingerprint.replaceAll("(.{" + GROUP + "})(?!$)", "$1 ");
  }
}
