package dev.quayside.backup;

import static dev.quayside.backup.ArchiveException.Reason;

import dev.quayside.backup.tar.RawPath;
import dev.quayside.backup.tar.TarEntry;
import dev.quayside.backup.tar.TarReader;
import dev.quayside.backup.tar.TarTime;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a tar stream that another program made: each path once, nothing below what is no folder,
 * folders that the stream leaves out made up, devices and the like passed over and listed. Nothing
 * that the sink received is worth anything unless {@link #read} returns.
 */
final class ForeignTar {

  /** How many of the things that were passed over are named. */
  static final int MOST_NAMED = 1000;

  private static final int BUFFER = 64 * 1024;
  private static final int MADE_UP_MODE = 0755;

  private final InputStream stream;
  private final ArchiveSink sink;
  private final long user;
  private final long group;
  private final TarTime now;
  private final Map<EntryGuard.Key, Kind> seen = new HashMap<>();
  private final List<String> passedOver = new ArrayList<>();
  private final byte[] buffer = new byte[BUFFER];
  private long passed;
  private long entries;
  private long bytes;

  /** Names what a path is taken for. */
  private enum Kind {
    FILE,
    FOLDER,
    MADE_UP_FOLDER,
    LINK
  }

  /**
   * Reads {@code stream}; not closed.
   *
   * @param user owner of folders that the stream leaves out
   * @param group their group
   * @param now their time
   */
  ForeignTar(InputStream stream, ArchiveSink sink, long user, long group, TarTime now) {
    this.stream = stream;
    this.sink = sink;
    this.user = user;
    this.group = group;
    this.now = now;
  }

  /**
   * Tells what a stream held.
   *
   * @param entries files, folders and links, with folders that were made up
   * @param bytes of content
   * @param passed number of devices, named pipes and the like
   * @param passedOver the first of them by name
   * @param extended entries with extended attributes or access lists, which are lost
   */
  record Totals(long entries, long bytes, long passed, List<String> passedOver, long extended) {}

  /** Reads everything. Returns only if the stream is sound. */
  Totals read() throws IOException {
    TarReader tar = TarReader.foreign(stream, this::passOver);
    for (TarEntry entry = tar.next(); entry != null; entry = tar.next()) {
      take(tar, entry);
    }
    return new Totals(entries, bytes, passed, List.copyOf(passedOver), tar.extended());
  }

  private void passOver(RawPath path) {
    passed++;
    if (passedOver.size() < MOST_NAMED) {
      passedOver.add(path.toString());
    }
  }

  private void take(TarReader tar, TarEntry entry) throws IOException {
    count(entry.size());
    if (entry.path().length() > 0) {
      fold(entry.path().parent());
    }
    switch (entry.type()) {
      case FOLDER -> {
        claim(entry.path(), Kind.FOLDER);
        ArchiveReader.onSink(() -> sink.folder(entry));
      }
      case FILE -> {
        claim(entry.path(), Kind.FILE);
        copy(tar, entry);
      }
      case HARD_LINK -> {
        requireFile(entry);
        claim(entry.path(), Kind.FILE);
        ArchiveReader.onSink(() -> sink.hardLink(entry));
      }
      case SYMBOLIC_LINK -> {
        claim(entry.path(), Kind.LINK);
        ArchiveReader.onSink(() -> sink.symbolicLink(entry));
      }
    }
  }

  private void count(long size) throws ArchiveException {
    bytes += size;
    if (++entries > ArchivePlans.MOST_ENTRIES) {
      throw new ArchiveException(
          Reason.TOO_MUCH, "more than " + ArchivePlans.MOST_ENTRIES + " entries");
    }
    if (bytes < 0) {
      throw new ArchiveException(Reason.TOO_MUCH, "more than any disk can hold");
    }
  }

  /** Makes {@code folder} up, and what is above it, if the stream left it out. */
  private void fold(RawPath folder) throws IOException {
    Kind known = folder.length() == 0 ? Kind.FOLDER : seen.get(EntryGuard.Key.of(folder));
    if (known == Kind.FOLDER || known == Kind.MADE_UP_FOLDER) {
      return;
    }
    if (known != null) {
      throw new ArchiveException(Reason.MISPLACED, "something below " + folder);
    }
    fold(folder.parent());
    count(0);
    claim(folder, Kind.MADE_UP_FOLDER);
    TarEntry made =
        new TarEntry(folder, TarEntry.Type.FOLDER, 0, MADE_UP_MODE, user, group, now, null);
    ArchiveReader.onSink(() -> sink.folder(made));
  }

  private void claim(RawPath path, Kind kind) throws ArchiveException {
    Kind before = seen.put(EntryGuard.Key.of(path), kind);
    boolean told = before == Kind.MADE_UP_FOLDER && kind == Kind.FOLDER;
    if (before != null && !told) {
      throw new ArchiveException(Reason.DUPLICATE, path.toString());
    }
  }

  private void requireFile(TarEntry entry) throws ArchiveException {
    @Nullable RawPath repeated = entry.link();
    if (repeated == null || seen.get(EntryGuard.Key.of(repeated)) != Kind.FILE) {
      throw new ArchiveException(
          Reason.MISPLACED, entry.path() + " repeats something that is no file here");
    }
  }

  private void copy(TarReader tar, TarEntry entry) throws IOException {
    OutputStream target = ArchiveReader.open(() -> sink.file(entry));
    try {
      for (int got = tar.read(buffer, 0, BUFFER); got >= 0; got = tar.read(buffer, 0, BUFFER)) {
        int length = got;
        ArchiveReader.onSink(() -> target.write(buffer, 0, length));
      }
    } finally {
      ArchiveReader.onSink(target::close);
    }
  }
}
