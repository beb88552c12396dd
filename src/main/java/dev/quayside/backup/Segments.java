package dev.quayside.backup;

import static dev.quayside.backup.ArchiveException.Reason;

import dev.quayside.backup.tar.RawPath;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Joins the segments of streams whose length was unknown when they were written: {@code
 * NAME.segments/000001} and so on, in order and without gaps, one stream after the other.
 */
final class Segments {

  /** What the folder of the segments is called after the stream. */
  static final String SUFFIX = ".segments";

  /** Most bytes of one segment. */
  static final int LENGTH = 8 << 20;

  private static final int MOST = 999_999;

  private @Nullable RawPath folder;
  private int count;
  private long size;
  private final Sha256 hash = new Sha256();

  /** Returns the name of segment {@code number}, from 1. */
  static String name(int number) {
    return String.format(Locale.ROOT, "%06d", number);
  }

  /** Returns whether {@code path} is a folder of segments by its name. */
  static boolean isFolder(RawPath path) {
    return path.within(EntryGuard.DATABASES) && path.toString().endsWith(SUFFIX) && path.utf8();
  }

  /**
   * Begins the stream whose segments are in {@code path}; returns where the joined stream belongs.
   */
  RawPath begin(RawPath path) throws ArchiveException {
    requireEnded();
    folder = path;
    count = 0;
    size = 0;
    return joined(path);
  }

  /** Checks that {@code path} is the next segment; returns whether it is the first one. */
  boolean next(RawPath path, long length) throws ArchiveException {
    RawPath current = folder;
    if (current == null
        || count == MOST
        || !path.equals(current.child(RawPath.of(name(count + 1))))) {
      throw new ArchiveException(Reason.BAD_SEGMENTS, path.toString());
    }
    if (length == 0 || length > LENGTH) {
      throw new ArchiveException(Reason.BAD_SEGMENTS, path + " has " + length + " bytes");
    }
    count++;
    size += length;
    return count == 1;
  }

  /** Takes content of the current segment. */
  void update(byte[] source, int offset, int length) {
    hash.update(source, offset, length);
  }

  /** Ends the current stream, if there is one. */
  Seal.@Nullable SealedStream end() throws ArchiveException {
    RawPath current = folder;
    if (current == null) {
      return null;
    }
    if (count == 0) {
      throw new ArchiveException(Reason.BAD_SEGMENTS, current + " is empty");
    }
    folder = null;
    return new Seal.SealedStream(
        joined(current).toString(), count, size, HexFormat.of().formatHex(hash.take()));
  }

  private void requireEnded() {
    if (folder != null) {
      throw new IllegalStateException("a stream is open");
    }
  }

  private static RawPath joined(RawPath path) throws ArchiveException {
    String text = path.toString();
    String name = text.substring(0, text.length() - SUFFIX.length());
    if (name.endsWith("/")) {
      throw new ArchiveException(Reason.BAD_SEGMENTS, text);
    }
    return RawPath.of(name);
  }
}
