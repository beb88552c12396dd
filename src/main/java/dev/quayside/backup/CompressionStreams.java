package dev.quayside.backup;

import static dev.quayside.backup.ArchiveException.Reason;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import dev.quayside.pgp.PgpException;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;

/** Opens the compressing and expanding streams of an archive. */
final class CompressionStreams {

  /**
   * Level of zstd: the least effort; measured at the size of gzip -6 within 2 % and three times as
   * fast as level 3.
   */
  private static final int ZSTD_LEVEL = 1;

  /** Threads of zstd besides the caller; more gain nothing on two cores. */
  private static final int ZSTD_WORKERS = 2;

  /**
   * Greatest window that is read, as a power of two: what {@code zstd -d} accepts without being
   * asked, 128 MiB.
   */
  private static final int ZSTD_WINDOW = 27;

  /** Each call of the library crosses into native code, which costs more than a tar header. */
  private static final int BUFFER = 64 * 1024;

  private static final byte[] ZSTD_MAGIC = {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD};
  private static final byte[] GZIP_MAGIC = {0x1F, (byte) 0x8B};

  private CompressionStreams() {}

  /** Compresses into {@code sink}; closing completes the frame and closes the sink. */
  static OutputStream output(Compression compression, OutputStream sink) throws IOException {
    return switch (compression) {
      case ZSTD -> {
        ZstdOutputStreamNoFinalizer zstd = new ZstdOutputStreamNoFinalizer(sink, ZSTD_LEVEL);
        zstd.setWorkers(ZSTD_WORKERS);
        zstd.setChecksum(true);
        yield zstd;
      }
      case GZIP -> new GZIPOutputStream(sink, BUFFER);
    };
  }

  /**
   * Expands {@code source}, recognising the compression by its first bytes. Damaged compression
   * shows as an {@link ArchiveException}; what the source itself throws passes through.
   */
  static InputStream input(InputStream source) throws IOException {
    PushbackInputStream begin = new PushbackInputStream(source, ZSTD_MAGIC.length);
    byte[] head = begin.readNBytes(ZSTD_MAGIC.length);
    begin.unread(head);
    try {
      if (startsWith(head, ZSTD_MAGIC)) {
        InputStream zstd = new ZstdInputStreamNoFinalizer(begin).setLongMax(ZSTD_WINDOW);
        return new Checked(new BufferedInputStream(zstd, BUFFER));
      }
      if (startsWith(head, GZIP_MAGIC)) {
        return new Checked(new BufferedInputStream(new WholeGzip(begin), BUFFER));
      }
    } catch (PgpException | SourceException | CancelledException e) {
      throw e;
    } catch (IOException e) {
      throw new ArchiveException(Reason.BAD_COMPRESSION, "at the beginning", e);
    }
    throw new ArchiveException(Reason.BAD_COMPRESSION, "neither zstd nor gzip");
  }

  private static boolean startsWith(byte[] bytes, byte[] magic) {
    return bytes.length >= magic.length
        && Arrays.equals(bytes, 0, magic.length, magic, 0, magic.length);
  }

  /** Refuses what follows the last stream, which the JDK passes over. */
  private static final class WholeGzip extends GZIPInputStream {

    /** Check sum and size, which are read around the inflater. */
    private static final int TRAILER = 8;

    WholeGzip(InputStream source) throws IOException {
      super(source, BUFFER);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int got = super.read(target, offset, length);
      if (got < 0 && inf.getRemaining() > TRAILER) {
        throw new ZipException("more follows after the last stream");
      }
      return got;
    }
  }

  /** Tells damage of the compression apart from trouble below it. */
  private static final class Checked extends FilterInputStream {

    Checked(InputStream expanding) {
      super(expanding);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      try {
        return super.read(target, offset, length);
      } catch (PgpException | SourceException | CancelledException e) {
        throw e;
      } catch (IOException e) {
        throw new ArchiveException(Reason.BAD_COMPRESSION, "the compression is damaged", e);
      }
    }
  }
}
