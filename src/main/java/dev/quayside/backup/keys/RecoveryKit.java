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
 * kept elsewhere. It holds the secret key as its passphrase locks it, never the passphrase.
 */
final class RecoveryKit {

  private static final int LONGEST_OWNER = 200;
  private static final int GROUP = 4;
  private static final Messages MESSAGES = Messages.of("keys");

  private RecoveryKit() {}

  /** Writes the kit to {@code file}, mode 0600, which must not exist. */
  static void write(Path file, Certificate certificate, String secretKey) throws IOException {
    String text =
        MESSAGES.get(
            "kit.text",
            grouped(certificate.fingerprint()),
            ForeignText.line(certificate.owner(), LONGEST_OWNER),
            certificate.created().toString(),
            file.getFileName().toString(),
            secretKey);
    AtomicFiles.create(file, text.getBytes(StandardCharsets.UTF_8));
  }

  static String grouped(String fingerprint) {
    return fingerprint.replaceAll("(.{" + GROUP + "})(?!$)", "$1 ");
  }
}
