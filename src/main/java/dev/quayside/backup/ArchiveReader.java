package dev.quayside.backup;

import static dev.quayside.backup.ArchiveException.Reason;

import dev.quayside.backup.tar.RawPath;
import dev.quayside.backup.tar.TarEntry;
import dev.quayside.backup.tar.TarException;
import dev.quayside.backup.tar.TarReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads an archive from its decrypted stream: plan first, seal last, every entry guarded and
 * compared with the seal, the stream read to its verified end. What the sink received is worth
 * nothing unless {@link #read} returns.
 */
final class ArchiveReader {

  /** What tar adds to an entry at most: headers with a full path and link, and padding. */
  private static final long OVERHEAD = 16 * 1024;

  /** What the seal says of an entry at most: a full path and link, each byte of them escaped. */
  private static final long SEALED = 64 * 1024;

  private static final long SEAL_BYTES = 64L << 20;
  private static final int BUFFER = 64 * 1024;

  private final InputStream decrypted;
  private final ArchiveSink sink;
  private final byte[] buffer = new byte[BUFFER];
  private final SealReader seals = new SealReader();
  private final Segments segments = new Segments();
  private @Nullable RawPath joined;

  /**
   * Reads from {@code decrypted}, which has to end with an exception if it is not authentic. Not
   * closed.
   *
   * @param sink receives the content
   */
  ArchiveReader(InputStream decrypted, ArchiveSink sink) {
    this.decrypted = decrypted;
    this.sink = sink;
  }

  /** What a sound archive holds. */
  record Contents(ArchivePlan plan, Seal seal) {}

  /** Reads everything. Returns only if the archive is sound and authentic. */
  Contents read() throws IOException {
    try {
      Contents contents = entries();
      if (decrypted.transferTo(OutputStream.nullOutputStream()) > 0) {
        throw new ArchiveException(
            Reason.BAD_COMPRESSION, "more follows after the compressed stream");
      }
      return contents;
    } catch (TarException | ArchiveException e) {
      // Not understood: read on to learn whether it was altered, which is the better answer.
      decrypted.transferTo(OutputStream.nullOutputStream());
      throw e;
    }
  }

  /** Reads the plan only. Nothing of it is verified. */
  static ArchivePlan head(InputStream decrypted) throws IOException {
    LimitedInput expanded =
        new LimitedInput(CompressionStreams.input(decrypted), ArchivePlans.MOST_BYTES + OVERHEAD);
    return plan(new TarReader(expanded), new SealReader());
  }

  private Contents entries() throws IOException {
    LimitedInput expanded =
        new LimitedInput(CompressionStreams.input(decrypted), ArchivePlans.MOST_BYTES + OVERHEAD);
    TarReader tar = new TarReader(expanded);
    ArchivePlan plan = plan(tar, seals);
    expanded.allow(plan.mostBytes() + plan.mostEntries() * OVERHEAD + SEAL_BYTES);
    onSink(() -> sink.plan(plan));
    EntryGuard guard = new EntryGuard(plan);
    TarEntry entry = tar.next();
    for (; entry != null && !entry.path().equals(EntryGuard.SEAL); entry = tar.next()) {
      guard.admit(entry);
      take(tar, entry, guard);
    }
    endStream();
    if (entry == null || entry.type() != TarEntry.Type.FILE) {
      throw new ArchiveException(Reason.NO_SEAL, "the last entry is no seal");
    }
    if (entry.size() > SEAL_BYTES + plan.mostEntries() * SEALED) {
      throw new ArchiveException(Reason.BAD_SEAL, "it has " + entry.size() + " bytes");
    }
    expanded.allow(entry.size());
    Seal seal = seals.compare(plan.id(), new ContentInput(tar));
    if (tar.next() != null) {
      throw new ArchiveException(Reason.BAD_SEAL, "more follows after the seal");
    }
    return new Contents(plan, seal);
  }

  private static ArchivePlan plan(TarReader tar, SealReader seals) throws IOException {
    TarEntry first = first(tar);
    if (first == null
        || !first.path().equals(EntryGuard.PLAN)
        || first.type() != TarEntry.Type.FILE) {
      throw new ArchiveException(Reason.NO_PLAN, "the first entry is no plan");
    }
    if (first.size() > ArchivePlans.MOST_BYTES) {
      throw new ArchiveException(Reason.BAD_PLAN, "it has " + first.size() + " bytes");
    }
    byte[] json = new ContentInput(tar).readAllBytes();
    seals.saw(new EntrySeen(first, Sha256.of(json)));
    return ArchivePlans.read(json);
  }

  /** What does not begin as our archives do is no archive of ours, rather than a damaged one. */
  private static @Nullable TarEntry first(TarReader tar) throws IOException {
    try {
      return tar.next();
    } catch (TarException e) {
      throw new ArchiveException(Reason.NO_PLAN, "the first entry is no plan", e);
    }
  }

  private void take(TarReader tar, TarEntry entry, EntryGuard guard) throws IOException {
    switch (entry.type()) {
      case FOLDER -> {
        endStream();
        if (Segments.isFolder(entry.path())) {
          joined = segments.begin(entry.path());
          guard.claim(joined, TarEntry.Type.FILE);
        } else {
          onSink(() -> sink.folder(entry));
        }
        seals.saw(new EntrySeen(entry, null));
      }
      case FILE -> takeFile(tar, entry);
      case HARD_LINK -> {
        requireFiles(entry);
        onSink(() -> sink.hardLink(entry));
        seals.saw(new EntrySeen(entry, null));
      }
      case SYMBOLIC_LINK -> {
        requireFiles(entry);
        onSink(() -> sink.symbolicLink(entry));
        seals.saw(new EntrySeen(entry, null));
      }
    }
  }

  private void takeFile(TarReader tar, TarEntry entry) throws IOException {
    RawPath stream = joined;
    if (stream == null) {
      requireFiles(entry);
      copy(tar, entry, () -> sink.file(entry), false);
      return;
    }
    boolean first = segments.next(entry.path(), entry.size());
    copy(tar, entry, () -> sink.segment(stream, entry, first), true);
  }

  private void copy(TarReader tar, TarEntry entry, Opening opening, boolean segment)
      throws IOException {
    Sha256 hash = new Sha256();
    OutputStream target = open(opening);
    try {
      for (int got = tar.read(buffer, 0, BUFFER); got >= 0; got = tar.read(buffer, 0, BUFFER)) {
        int length = got;
        hash.update(buffer, 0, length);
        if (segment) {
          segments.update(buffer, 0, length);
        }
        onSink(() -> target.write(buffer, 0, length));
      }
    } finally {
      onSink(target::close);
    }
    seals.saw(new EntrySeen(entry, hash.take()));
  }

  private void endStream() throws IOException {
    Seal.SealedStream ended = segments.end();
    joined = null;
    if (ended != null) {
      seals.saw(ended);
    }
  }

  private static void requireFiles(TarEntry entry) throws ArchiveException {
    if (!EntryGuard.tree(entry.path())) {
      throw new ArchiveException(Reason.MISPLACED, entry.path().toString());
    }
  }

  /** Asks a sink for a stream. */
  interface Opening {
    OutputStream open() throws IOException;
  }

  /** Hands something to a sink. */
  interface SinkCall {
    void run() throws IOException;
  }

  /** Does so; what fails is a failure to write, unless it says otherwise. */
  static OutputStream open(Opening opening) throws IOException {
    try {
      return opening.open();
    } catch (ArchiveException | TargetException | CancelledException | RefusedException e) {
      throw e;
    } catch (IOException e) {
      throw new TargetException(e);
    }
  }

  /** Does so; what fails is a failure to write, unless it says otherwise. */
  static void onSink(SinkCall call) throws IOException {
    try {
      call.run();
    } catch (ArchiveException | TargetException | CancelledException | RefusedException e) {
      throw e;
    } catch (IOException e) {
      throw new TargetException(e);
    }
  }

  /** Reads the content of the current entry as a stream. */
  private static final class ContentInput extends InputStream {

    private final TarReader tar;

    ContentInput(TarReader tar) {
      this.tar = tar;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      return tar.read(target, offset, length);
    }
  }
}
