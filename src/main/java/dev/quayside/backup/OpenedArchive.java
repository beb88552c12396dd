package dev.quayside.backup;

import dev.quayside.backup.keys.KnownSigners;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.common.Secret;
import dev.quayside.pgp.PgpDecryption;
import dev.quayside.pgp.PgpException;
import dev.quayside.pgp.SecretKeys;
import dev.quayside.pgp.VerifiedInput;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Opens an archive's file and decrypts it on a thread of its own. */
final class OpenedArchive implements Closeable {

  private final PipedInput decrypted;
  private final @Nullable VerifiedInput signed;
  private final KnownSigners known;
  private final long size;

  private OpenedArchive(
      PipedInput decrypted, @Nullable VerifiedInput signed, KnownSigners known, long size) {
    this.decrypted = decrypted;
    this.signed = signed;
    this.known = known;
    this.size = size;
  }

  /**
   * Opens {@code archive}, asking for what it takes.
   *
   * @param known whose signatures are worth something
   * @throws ProblemException if the file is not there or the passphrase was not given
   * @throws IOException if the message is refused
   */
  static OpenedArchive open(
      Path archive, Unlocking unlocking, KnownSigners known, Progress progress)
      throws IOException, ProblemException {
    return open(archive, unlocking, known, progress, null);
  }

  /**
   * Does the same.
   *
   * @param hash takes all bytes of the file as they are read; null for no hash
   */
  static OpenedArchive open(
      Path archive,
      Unlocking unlocking,
      KnownSigners known,
      Progress progress,
      @Nullable Sha256 hash)
      throws IOException, ProblemException {
    long size = size(archive);
    requireMessage(archive);
    Path keyFile = unlocking.secretKey();
    if (keyFile == null) {
      try (Secret passphrase = unlocking.passphrases().passphrase(PassphraseSource.Purpose.OPEN)) {
        VerifiedInput plain =
            opened(
                archive,
                size,
                progress,
                hash,
                file -> PgpDecryption.withPassphrase(file, passphrase));
        return new OpenedArchive(new PipedInput(plain, "backup-decrypt"), null, known, size);
      }
    }
    SecretKeys keys = SecretKeys.read(keyFile);
    VerifiedInput plain;
    if (keys.locked()) {
      try (Secret passphrase =
          unlocking.passphrases().passphrase(PassphraseSource.Purpose.UNLOCK_KEY)) {
        plain =
            opened(
                archive,
                size,
                progress,
                hash,
                file -> PgpDecryption.withKeys(file, keys, passphrase, known.keys()));
      }
    } else {
      plain =
          opened(
              archive,
              size,
              progress,
              hash,
              file -> PgpDecryption.withKeys(file, keys, null, known.keys()));
    }
    return new OpenedArchive(new PipedInput(plain, "backup-decrypt"), plain, known, size);
  }

  /** Spares a person the passphrase of a file that none opens. */
  private static void requireMessage(Path archive) throws IOException {
    try (InputStream head = Files.newInputStream(archive)) {
      PgpDecryption.requireMessage(head);
    } catch (PgpException e) {
      throw e;
    } catch (IOException e) {
      throw new SourceException(e);
    }
  }

  /** Returns the size of a file that is there. */
  static long size(Path archive) throws ProblemException {
    try {
      if (Files.isRegularFile(archive)) {
        return Files.size(archive);
      }
      throw new NoSuchFileException(archive.toString());
    } catch (IOException e) {
      throw new ProblemException(ArchiveProblems.of("BACKUP-NO-FILE", archive), e);
    }
  }

  private interface Decryption {
    VerifiedInput open(InputStream file) throws IOException;
  }

  private static VerifiedInput opened(
      Path archive, long size, Progress progress, @Nullable Sha256 hash, Decryption decryption)
      throws IOException {
    InputStream file;
    try {
      file = Files.newInputStream(archive);
    } catch (IOException e) {
      throw new SourceException(e);
    }
    try {
      return decryption.open(hashed(new Meter(progress, size).counting(file), hash));
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** Hands what is read to {@code hash} too. */
  static InputStream hashed(InputStream file, @Nullable Sha256 hash) {
    if (hash == null) {
      return file;
    }
    return new FilterInputStream(file) {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        int got = super.read(target, offset, length);
        hash.update(target, offset, Math.max(got, 0));
        return got;
      }
    };
  }

  InputStream decrypted() {
    return decrypted;
  }

  /** Returns who made it; of a signed one that is not known before everything was read. */
  Origin origin() {
    if (signed == null) {
      return Origin.PASSPHRASE_HOLDER;
    }
    String signer = signed.signer();
    if (signer == null) {
      return Origin.UNKNOWN;
    }
    return known.ours(signer) ? Origin.SIGNED_BY_US : Origin.SIGNED_BY_KNOWN;
  }

  long size() {
    return size;
  }

  @Override
  public void close() throws IOException {
    decrypted.close();
  }
}
