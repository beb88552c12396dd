package dev.quayside.secrets;

import dev.quayside.common.AtomicFiles;
import dev.quayside.common.Home;
import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import dev.quayside.common.ProcessLock;
import dev.quayside.common.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes short marks of secrets that tell two values apart on this installation and help nobody to
 * guess them: the salt never leaves the state folder.
 */
final class Fingerprints {

  private static final int SALT_BYTES = 32;
  private static final int MARK_BYTES = 6;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Messages MESSAGES = Messages.of("secrets");

  private final byte[] salt;

  private Fingerprints(byte[] salt) {
    this.salt = salt;
  }

  static Fingerprints open(Home home) throws ProblemException {
    Path file = home.state().resolve("fingerprint.salt");
    try {
      home.create();
      try (ProcessLock lock =
          ProcessLock.acquire(home.state().resolve("fingerprint.lock"), PATIENCE)) {
        if (lock == null) {
          throw new IOException("another process holds the lock");
        }
        if (!Files.exists(file) || Files.size(file) != SALT_BYTES) {
          byte[] fresh = new byte[SALT_BYTES];
          new SecureRandom().nextBytes(fresh);
          AtomicFiles.replace(file, fresh);
        }
        return new Fingerprints(Files.readAllBytes(file));
      }
    } catch (IOException failure) {
      throw new ProblemException(
          MESSAGES.problem("STATE-UNUSABLE", home.state(), failure.toString()), failure);
    }
  }

  /** Returns twelve hexadecimal characters; empty for an empty value. */
  String of(Secret value) {
    return value.length() == 0 ? "" : value.withUtf8(this::mark);
  }

  private String mark(byte[] bytes) {
    return HexFormat.of().formatHex(hmac(salt, bytes), 0, MARK_BYTES);
  }

  /** Returns the whole HMAC-SHA-256 of {@code value} under {@code salt}, hexadecimal. */
  static String whole(Secret value, byte[] salt) {
    return value.withUtf8(bytes -> HexFormat.of().formatHex(hmac(salt, bytes)));
  }

  private static byte[] hmac(byte[] salt, byte[] bytes) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(salt, "HmacSHA256"));
      return mac.doFinal(bytes);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java has HmacSHA256", impossible);
    }
  }
}
