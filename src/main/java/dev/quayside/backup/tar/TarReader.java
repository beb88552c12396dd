package dev.quayside.backup.tar;

import static dev.quayside.backup.tar.TarException.Reason;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads a tar stream that nobody vouches for: ustar and pax headers, checked, with safe paths only.
 * For one thread.
 */
public final class TarReader {

  /**
   * Most bytes of zeros accepted behind the end mark; writers fill up to their record, usually 10
   * KiB.
   */
  private static final int MOST_FILL = 1 << 20;

  /** Most headers for the whole stream before one entry; writers make one at its beginning. */
  private static final int MOST_GLOBALS = 16;

  /** The label of a volume, the long name and the long link target of GNU tar. */
  private static final char LABEL = 'V';

  private static final char LONG_NAME = 'L';
  private static final char LONG_LINK = 'K';

  /** Character devices, block devices and named pipes. */
  private static final String SPECIAL = "346";

  private static final int MOST_MODE = 07777;
  private static final long MOST_ID = 0xFFFFFFFFL;

  /** Receives what is passed over because no archive of ours holds such things. */
  public interface PassedOver {
    /** Takes the path of a device, a named pipe or the like. */
    void special(RawPath path);
  }

  private final InputStream source;
  private final @Nullable PassedOver passedOver;
  private final boolean foreign;
  private final byte[] block = new byte[TarWriter.BLOCK];
  private long left;
  private int padding;
  private boolean ended;
  private long extended;

  /** Reads from {@code source}, which is read to its end and not closed. */
  public TarReader(InputStream source) {
    this(source, null);
  }

  /**
   * Reads from {@code source}, as {@link #TarReader(InputStream)}, but tells {@code passedOver} of
   * devices and named pipes instead of refusing them.
   */
  public TarReader(InputStream source, @Nullable PassedOver passedOver) {
    this(source, passedOver, false);
  }

  private TarReader(InputStream source, @Nullable PassedOver passedOver, boolean foreign) {
    this.source = source;
    this.passedOver = passedOver;
    this.foreign = foreign;
  }

  /**
   * Reads what other programs write, too: GNU tar's long names and volume labels, folders marked by
   * a slash only, and paths with empty or {@code .} parts, which are taken out. A path that is
   * nothing but those stands for the folder that is unpacked into, and is empty.
   */
  public static TarReader foreign(InputStream source, PassedOver passedOver) {
    return new TarReader(source, passedOver, true);
  }

  /** Returns how many entries so far had extended attributes or access lists, which are lost. */
  public long extended() {
    return extended;
  }

  /**
   * Moves to the next entry, skipping what is left of the one before.
   *
   * @return null after the last one, when everything up to the end of the source was seen
   */
  public @Nullable TarEntry next() throws IOException {
    if (ended) {
      return null;
    }
    skipContent();
    PaxRecords pax = new PaxRecords();
    boolean described = false;
    for (int globals = 0; globals <= MOST_GLOBALS; ) {
      if (source.readNBytes(block, 0, block.length) < block.length) {
        throw new TarException(Reason.CUT_SHORT, "the end mark is missing");
      }
      if (allZero(block)) {
        requireEnd();
        ended = true;
        return null;
      }
      if (!UstarFields.checksumHolds(block)) {
        throw new TarException(Reason.BAD_HEADER, "the checksum is wrong");
      }
      char type = (char) (block[UstarFields.TYPE] & 0xFF);
      long size = UstarFields.number(block, UstarFields.SIZE, 12);
      if (passedOver != null && SPECIAL.indexOf(type) >= 0 && size == 0) {
        passedOver.special(name(pax));
        pax = new PaxRecords();
        described = false;
        globals = 0;
        continue;
      }
      if (foreign && type == LABEL && size == 0) {
        globals++;
        continue;
      }
      if (foreign && (type == LONG_NAME || type == LONG_LINK)) {
        pax.gnu(type == LONG_NAME ? "path" : "linkpath", records(size));
        continue;
      }
      if (type != 'x' && type != 'g') {
        return entry(type, size, pax);
      }
      byte[] records = records(size);
      if (type == 'g') {
        globals++;
        if (foreign) {
          PaxRecords.requireNothingKnown(records);
        }
      } else if (described) {
        throw new TarException(Reason.BAD_HEADER, "an entry with two headers");
      } else {
        described = true;
        pax.read(records);
      }
    }
    throw new TarException(Reason.TOO_LONG, "nothing but headers");
  }

  /**
   * Reads content of the current entry.
   *
   * @return how many bytes were read; -1 at the end of the entry
   */
  public int read(byte[] target, int offset, int length) throws IOException {
    if (left == 0) {
      return -1;
    }
    int got = source.read(target, offset, (int) Math.min(length, left));
    if (got < 0) {
      throw new TarException(Reason.CUT_SHORT, "inside an entry");
    }
    left -= got;
    return got;
  }

  private byte[] records(long size) throws IOException {
    if (size < 0 || size > PaxRecords.MOST_BYTES) {
      throw new TarException(Reason.TOO_LONG, size + " bytes of header");
    }
    byte[] records = source.readNBytes((int) size);
    int fill = TarWriter.paddingOf(size);
    if (records.length < size || source.readNBytes(fill).length < fill) {
      throw new TarException(Reason.CUT_SHORT, "inside a header");
    }
    return records;
  }

  private TarEntry entry(char flag, long headerSize, PaxRecords pax) throws TarException {
    RawPath path = name(pax);
    TarEntry.Type type = type(flag, path);
    if (foreign && type == TarEntry.Type.FILE && slashed(written(pax))) {
      type = TarEntry.Type.FOLDER; // as tar wrote it before 1988
    }
    if (!(foreign && path.length() == 0 && type == TarEntry.Type.FOLDER)) {
      PathGuard.requireInside(path);
    }
    if (pax.extended()) {
      extended++;
    }
    RawPath link = link(type, pax);
    long size = type == TarEntry.Type.FILE ? pax.size(headerSize) : 0;
    if (size < 0 || (type != TarEntry.Type.FILE && headerSize != 0)) {
      throw new TarException(Reason.BAD_HEADER, "the size of " + path);
    }
    left = size;
    padding = TarWriter.paddingOf(size);
    return new TarEntry(
        path,
        type,
        size,
        (int) UstarFields.number(block, UstarFields.MODE, 8) & MOST_MODE,
        id(pax.user(UstarFields.number(block, UstarFields.USER, 8))),
        id(pax.group(UstarFields.number(block, UstarFields.GROUP, 8))),
        pax.modified(new TarTime(UstarFields.number(block, UstarFields.TIME, 12), 0)).checked(),
        link);
  }

  private @Nullable RawPath link(TarEntry.Type type, PaxRecords pax) throws TarException {
    if (type != TarEntry.Type.HARD_LINK && type != TarEntry.Type.SYMBOLIC_LINK) {
      return null;
    }
    RawPath link =
        pax.link() == null
            ? RawPath.of(UstarFields.text(block, UstarFields.LINK, UstarFields.NAME_LENGTH))
            : pax.link();
    if (type == TarEntry.Type.HARD_LINK) {
      link = foreign ? PathGuard.tidied(link) : link;
      PathGuard.requireInside(link);
    } else {
      PathGuard.requireTarget(link);
    }
    return link;
  }

  private RawPath name(PaxRecords pax) {
    return foreign ? PathGuard.tidied(written(pax)) : withoutSlash(written(pax));
  }

  private RawPath written(PaxRecords pax) {
    RawPath path = pax.path();
    return path == null ? headerPath() : path;
  }

  private RawPath headerPath() {
    RawPath name = RawPath.of(UstarFields.text(block, UstarFields.NAME, UstarFields.NAME_LENGTH));
    boolean posix = block[UstarFields.MAGIC + 5] == 0;
    byte[] prefix =
        posix
            ? UstarFields.text(block, UstarFields.PREFIX, UstarFields.PREFIX_LENGTH)
            : new byte[0];
    return prefix.length == 0 ? name : RawPath.of(prefix).child(name);
  }

  private TarEntry.Type type(char flag, RawPath path) throws TarException {
    if (foreign && flag == 'S') {
      throw new TarException(Reason.REFUSED_TYPE, "a sparse file: " + path);
    }
    return switch (foreign && flag == '7' ? '0' : flag) {
      case '0', '\0' -> TarEntry.Type.FILE;
      case '1' -> TarEntry.Type.HARD_LINK;
      case '2' -> TarEntry.Type.SYMBOLIC_LINK;
      case '5' -> TarEntry.Type.FOLDER;
      default -> throw new TarException(Reason.REFUSED_TYPE, "type " + (int) flag + " of " + path);
    };
  }

  private static long id(long id) throws TarException {
    if (id < 0 || id > MOST_ID) {
      throw new TarException(Reason.BAD_HEADER, "owner " + id);
    }
    return id;
  }

  private static boolean slashed(RawPath path) {
    return path.length() > 0 && path.at(path.length() - 1) == '/';
  }

  private static RawPath withoutSlash(RawPath path) {
    int length = path.length();
    return length > 1 && slashed(path) ? RawPath.of(Arrays.copyOf(path.bytes(), length - 1)) : path;
  }

  private void skipContent() throws IOException {
    byte[] nowhere = new byte[8192];
    while (left > 0) {
      read(nowhere, 0, nowhere.length);
    }
    if (source.readNBytes(padding).length < padding) {
      throw new TarException(Reason.CUT_SHORT, "inside an entry");
    }
    padding = 0;
  }

  private void requireEnd() throws IOException {
    byte[] rest = new byte[8192];
    long fill = 0;
    for (int got = source.read(rest); got >= 0; got = source.read(rest)) {
      fill += got;
      if (!allZero(Arrays.copyOf(rest, got)) || fill > MOST_FILL) {
        throw new TarException(Reason.TRAILING_DATA, "more follows after the end mark");
      }
    }
    if (fill < TarWriter.BLOCK) {
      throw new TarException(Reason.CUT_SHORT, "the end mark is incomplete");
    }
  }

  private static boolean allZero(byte[] bytes) {
    for (byte each : bytes) {
      if (each != 0) {
        return false;
      }
    }
    return true;
  }
}
