package dev.quayside.backup;

import dev.quayside.backup.tar.RawPath;
import dev.quayside.backup.tar.TarEntry;
import dev.quayside.backup.tar.TarTime;
import dev.quayside.backup.tar.TarWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Writes an archive's content: plan first, seal last, everything hashed on the way and guarded as a
 * reader will guard it, so that no archive is made that is never restored. Compressing and
 * encrypting run on threads of their own. For one thread.
 */
final class ArchiveWriter {

  private static final int BUFFER = 256 * 1024;

  private final ArchivePlan plan;
  private final TarTime now;
  private final Meter meter;
  private final Ledger ledger = new Ledger();
  private final EntryGuard guard;
  private final PipedOutput encrypted;
  private final OutputStream compressor;
  private final PipedOutput compressed;
  private final TarWriter tar;
  private final byte[] buffer = new byte[BUFFER];

  /**
   * Begins with the plan.
   *
   * @param message takes the compressed stream, on another thread; not closed
   */
  ArchiveWriter(OutputStream message, Compression compression, ArchivePlan plan, Meter meter)
      throws IOException {
    this.plan = plan;
    this.meter = meter;
    this.now = TarTime.of(plan.created());
    this.encrypted = new PipedOutput(message, "backup-encrypt");
    this.compressor = CompressionStreams.output(compression, encrypted);
    this.compressed = new PipedOutput(compressor, "backup-compress");
    this.tar = new TarWriter(compressed);
    this.guard = new EntryGuard(plan);
    byte[] json = ArchivePlans.write(plan);
    content(TarEntry.plain(EntryGuard.PLAN.toString(), json.length, now), json);
  }

  Ledger ledger() {
    return ledger;
  }

  /** Writes an entry without content. */
  void entry(TarEntry entry) throws IOException {
    requireRoom(entry.size());
    guard.admit(entry);
    meter.check();
    tar.begin(entry);
    ledger.add(entry, null);
  }

  /** Writes a folder of our own. */
  void folder(String path) throws IOException {
    entry(TarEntry.folder(path, now));
  }

  /** Writes a file of our own from the first {@code length} bytes of {@code content}. */
  void bytes(String path, byte[] content, int length) throws IOException {
    TarEntry entry = TarEntry.plain(path, length, now);
    requireRoom(length);
    guard.admit(entry);
    content(entry, content);
  }

  private void content(TarEntry entry, byte[] content) throws IOException {
    int length = (int) entry.size();
    tar.begin(entry);
    Sha256 hash = new Sha256();
    hash.update(content, 0, length);
    tar.write(content, 0, length);
    ledger.add(entry, hash.take());
  }

  /**
   * Writes a file of the host. If it cannot be opened, it is noted as unread and nothing is
   * written; if it changes meanwhile, that is noted, and it is cut or filled with zeros to the size
   * announced.
   *
   * @return whether it was written
   */
  boolean file(Path path, TarEntry entry, FileFacts before) throws IOException {
    InputStream opened = opened(path);
    if (opened == null) {
      return false;
    }
    try (opened) {
      requireRoom(entry.size());
      guard.admit(entry);
      tar.begin(entry);
      Sha256 hash = new Sha256();
      String trouble = copy(opened, hash);
      fill(hash);
      ledger.add(entry, hash.take());
      if (trouble != null) {
        ledger.unread(path.toString(), trouble);
      } else if (changed(path, before)) {
        ledger.changed(entry.path().toString());
      }
      return true;
    }
  }

  /**
   * Writes a file whose content comes from elsewhere. If the source ends early or fails, the rest
   * is filled with zeros, so that the archive stays whole.
   *
   * @return why the source could not be read to the end; null if it could
   */
  @Nullable String file(TarEntry entry, InputStream source) throws IOException {
    requireRoom(entry.size());
    guard.admit(entry);
    tar.begin(entry);
    Sha256 hash = new Sha256();
    String trouble = copy(source, hash);
    boolean cut = trouble == null && tar.left() > 0;
    fill(hash);
    ledger.add(entry, hash.take());
    return cut ? "it ended early" : trouble;
  }

  /** Returns whether a file was written at {@code path}, so that a hard link may repeat it. */
  boolean hasFile(RawPath path) {
    return guard.isFile(path);
  }

  private @Nullable InputStream opened(Path path) {
    try {
      return Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      ledger.unread(path.toString(), Reasons.of(e));
      return null;
    }
  }

  /** Copies up to the announced size; returns why the source could not be read further, or null. */
  private @Nullable String copy(InputStream source, Sha256 hash) throws IOException {
    while (tar.left() > 0) {
      int got;
      try {
        got = source.read(buffer, 0, (int) Math.min(BUFFER, tar.left()));
      } catch (IOException e) {
        return Reasons.of(e);
      }
      if (got < 0) {
        return null;
      }
      hash.update(buffer, 0, got);
      tar.write(buffer, 0, got);
      meter.advance(got);
    }
    return null;
  }

  private void fill(Sha256 hash) throws IOException {
    if (tar.left() == 0) {
      return;
    }
    byte[] zeros = new byte[BUFFER];
    while (tar.left() > 0) {
      int length = (int) Math.min(BUFFER, tar.left());
      hash.update(zeros, 0, length);
      tar.write(zeros, 0, length);
    }
  }

  private static boolean changed(Path path, FileFacts before) {
    try {
      return !FileFacts.of(path).sameContent(before);
    } catch (IOException e) {
      return true; // it has gone meanwhile
    }
  }

  /**
   * Begins a stream of unknown length that belongs at {@code path}; it has to be closed before
   * anything else.
   */
  SegmentOutput stream(String path) throws IOException {
    folder(path + Segments.SUFFIX);
    guard.claim(RawPath.of(path), TarEntry.Type.FILE);
    return new SegmentOutput(this, path);
  }

  void advance(long bytes) throws CancelledException {
    meter.advance(bytes);
  }

  /** Writes the seal and completes the compressed stream. */
  Seal finish() throws IOException {
    Counting counter = new Counting();
    ledger.write(plan.id(), counter);
    tar.begin(TarEntry.plain(EntryGuard.SEAL.toString(), counter.count, now));
    ledger.write(plan.id(), new ContentOutput(tar));
    tar.finish();
    compressed.close();
    compressor.close();
    return ledger.seal(plan.id());
  }

  /** Gives up: ends the threads; what was written is worthless. */
  void abandon() {
    // The later one first: the earlier may wait for room in it.
    encrypted.abandon();
    compressed.abandon();
    try {
      compressor.close();
    } catch (IOException expected) {
      // Closing frees the memory of the compressor; what it would still write has nowhere to go.
    }
  }

  private void requireRoom(long size) throws ArchiveException {
    // The plan itself is an entry, too.
    if (ledger.full()) {
      throw new ArchiveException(
          ArchiveException.Reason.TOO_MUCH, "too much that cannot be read or is skipped");
    }
    if (ledger.entries() > plan.mostEntries() || ledger.bytes() + size > plan.mostBytes()) {
      throw new ArchiveException(
          ArchiveException.Reason.TOO_MUCH,
          "the data grew beyond what was found when the backup began");
    }
  }

  private static final class Counting extends OutputStream {
    private long count;

    @Override
    public void write(int b) {
      count++;
    }

    @Override
    public void write(byte[] source, int offset, int length) {
      count += length;
    }
  }

  private static final class ContentOutput extends OutputStream {
    private final TarWriter tar;

    ContentOutput(TarWriter tar) {
      this.tar = tar;
    }

    @Override
    public void write(int b) throws IOException {
      tar.write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
      tar.write(source, offset, length);
    }
  }
}
