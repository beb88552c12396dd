package dev.quayside.stack.settings;

import dev.quayside.common.AtomicFiles;
import dev.quayside.common.ProcessLock;
import dev.quayside.common.Secret;
import dev.quayside.pgp.PgpDecryption;
import dev.quayside.pgp.PgpEncryption;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides how old versions of environment files are sealed: as OpenPGP messages that a random key
 * beside them opens (docs/decisions/0013-env-history.md).
 */
final class HistoryVault {

  private static final Logger LOG = LoggerFactory.getLogger(HistoryVault.class);
  private static final int KEY_BYTES = 32;

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Path keyFile;
  private final Path lockFile;

  HistoryVault(Path folder) {
    this.keyFile = folder.resolve("history.key");
    this.lockFile = folder.resolve("history.lock");
  }

  byte[] seal(byte[] content) throws IOException {
    ByteArrayOutputStream sealed = new ByteArrayOutputStream();
    try (Secret key = key();
        OutputStream plain = PgpEncryption.toPassphrase(sealed, key)) {
      plain.write(content);
    }
    return sealed.toByteArray();
  }

  /** Returns the content; the caller wipes it. */
  byte[] open(byte[] sealed) throws IOException {
    try (Secret key = existingKey();
        InputStream plain = PgpDecryption.withPassphrase(new ByteArrayInputStream(sealed), key)) {
      return plain.readAllBytes();
    }
  }

  /** Returns the key to seal with. One that is damaged is set aside: it opens nothing any more. */
  private Secret key() throws IOException {
    try {
      return existingKey();
    } catch (NoSuchFileException | DamagedKeyException unusable) {
      try (ProcessLock lock = ProcessLock.acquire(lockFile, PATIENCE)) {
        if (lock == null) {
          throw new IOException("another process holds " + lockFile);
        }
        try {
          return existingKey();
        } catch (DamagedKeyException damaged) {
          LOG.warn("the key of the history is damaged; older versions stay closed", damaged);
          Files.move(
              keyFile,
              keyFile.resolveSibling("history.key.damaged"),
              StandardCopyOption.REPLACE_EXISTING);
        } catch (NoSuchFileException first) {
          LOG.debug("the key of the history is made");
        }
        makeKey();
        return existingKey();
      }
    }
  }

  /** Makes the key in one step: a kill leaves a whole one or none. */
  private void makeKey() throws IOException {
    byte[] random = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(random);
    byte[] text = HexFormat.of().formatHex(random).getBytes(StandardCharsets.US_ASCII);
    Arrays.fill(random, (byte) 0);
    try {
      AtomicFiles.replace(keyFile, text);
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }

  private Secret existingKey() throws IOException {
    byte[] text = Files.readAllBytes(keyFile);
    try {
      if (text.length != 2 * KEY_BYTES) {
        throw new DamagedKeyException(keyFile);
      }
      return Secret.ofUtf8(text);
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }

  /** Tells that the key is not whole. */
  private static final class DamagedKeyException extends IOException {
    private static final long serialVersionUID = 1;

    DamagedKeyException(Path keyFile) {
      super("the key of the history is not whole: " + keyFile);
    }
  }
}
