package dev.quayside.backup;

import dev.quayside.backup.foreign.ContentKind;
import dev.quayside.backup.foreign.Recognition;
import dev.quayside.backup.keys.KnownSigners;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Opens a file that somebody else made: decrypted if it is encrypted, else as it lies there. */
final class ForeignInput implements Closeable {

  private final @Nullable OpenedArchive opened;
  private final InputStream content;
  private final long size;

  private ForeignInput(@Nullable OpenedArchive opened, InputStream content, long size) {
    this.opened = opened;
    this.content = content;
    this.size = size;
  }

  /**
   * Opens {@code file}, asking for what it takes.
   *
   * @param hash takes all bytes of the file as they are read
   * @throws ProblemException if the file is not there or the passphrase was not given
   * @throws IOException if the message is refused
   */
  static ForeignInput open(
      Path file, Unlocking unlocking, KnownSigners known, Progress progress, Sha256 hash)
      throws IOException, ProblemException {
    long size = OpenedArchive.size(file);
    if (encrypted(file)) {
      OpenedArchive opened = OpenedArchive.open(file, unlocking, known, progress, hash);
      return new ForeignInput(opened, opened.decrypted(), size);
    }
    try {
      InputStream raw = new Meter(progress, size).counting(Files.newInputStream(file));
      return new ForeignInput(
          null, new BufferedInputStream(OpenedArchive.hashed(raw, hash), 1 << 16), size);
    } catch (IOException e) {
      throw new SourceException(e);
    }
  }

  /** Returns whether {@code file} begins as an OpenPGP message does. */
  static boolean encrypted(Path file) throws IOException {
    try (InputStream raw = Files.newInputStream(file)) {
      return Recognition.ofFile(raw.readNBytes(Recognition.HEAD)) == ContentKind.OPENPGP;
    } catch (IOException e) {
      throw new SourceException(e);
    }
  }

  InputStream content() {
    return content;
  }

  /** Returns whether its end proves that nobody altered it who has neither passphrase nor key. */
  boolean encrypted() {
    return opened != null;
  }

  /** Returns who made it; of a signed one that is not known before everything was read. */
  Origin origin() {
    return opened == null ? Origin.UNKNOWN : opened.origin();
  }

  long size() {
    return size;
  }

  @Override
  public void close() throws IOException {
    content.close();
  }
}
