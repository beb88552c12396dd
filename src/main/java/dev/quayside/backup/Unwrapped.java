package dev.quayside.backup;

import dev.quayside.backup.foreign.ContentKind;
import dev.quayside.backup.foreign.Recognition;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** Takes compression off a stream until something is recognised that is not compressed. */
final class Unwrapped implements Closeable {

  /** Nobody compresses more often on purpose. */
  private static final int MOST_LAYERS = 2;

  /** What a small file may expand to in any case. */
  private static final long MOST_BYTES = 64L << 30;

  /** More than gzip is able to; only zstd, over nothing but zeros, goes beyond. */
  private static final long MOST_RATIO = 1100;

  private final ContentKind kind;
  private final List<ContentKind> layers;
  private final List<InputStream> streams;

  private Unwrapped(ContentKind kind, List<ContentKind> layers, List<InputStream> streams) {
    this.kind = kind;
    this.layers = List.copyOf(layers);
    this.streams = streams;
  }

  /**
   * Unwraps {@code source}, which comes from a file of {@code size} bytes.
   *
   * @param meter stops the work when the operator asked for it
   */
  static Unwrapped of(InputStream source, long size, Meter meter) throws IOException {
    long most = Math.max(MOST_BYTES, size > Long.MAX_VALUE / MOST_RATIO ? 0 : size * MOST_RATIO);
    List<ContentKind> layers = new ArrayList<>();
    List<InputStream> streams = new ArrayList<>();
    InputStream next = source;
    while (true) {
      Peeked stream = new Peeked(new LimitedInput(new Stoppable(next, meter), most));
      streams.add(stream);
      ContentKind kind = Recognition.of(stream.head());
      if (!kind.wrapped() || layers.size() == MOST_LAYERS) {
        return new Unwrapped(kind, layers, streams);
      }
      layers.add(kind);
      next = CompressionStreams.input(stream);
    }
  }

  ContentKind kind() {
    return kind;
  }

  /** Returns the compressions, the outermost first. */
  List<ContentKind> layers() {
    return layers;
  }

  InputStream stream() {
    return streams.getLast();
  }

  /**
   * Reads on to the end, where it shows whether the message is authentic, and hands out nothing.
   */
  void drain() throws IOException {
    streams.getFirst().transferTo(OutputStream.nullOutputStream());
  }

  /** Returns how many bytes are left of what was recognised, reading them. */
  long rest() throws IOException {
    return stream().transferTo(OutputStream.nullOutputStream());
  }

  /** Reads to the end, where nothing may follow. */
  void requireEnd() throws IOException {
    for (InputStream each : streams.reversed()) {
      if (each.transferTo(OutputStream.nullOutputStream()) > 0) {
        throw new ArchiveException(
            ArchiveException.Reason.BAD_COMPRESSION, "more follows after the compressed stream");
      }
    }
  }

  @Override
  public void close() throws IOException {
    stream().close();
  }

  /** Shows the first bytes before they are read; the JDK's own reads some of them twice. */
  private static final class Peeked extends FilterInputStream {

    private final byte[] head;
    private int position;

    Peeked(InputStream source) throws IOException {
      super(source);
      this.head = source.readNBytes(Recognition.HEAD);
    }

    byte[] head() {
      return head;
    }

    @Override
    public int read() throws IOException {
      return position < head.length ? head[position++] & 0xFF : super.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (position == head.length) {
        return super.read(target, offset, length);
      }
      int taken = Math.min(length, head.length - position);
      System.arraycopy(head, position, target, offset, taken);
      position += taken;
      return taken;
    }

    @Override
    public int available() throws IOException {
      return head.length - position + super.available();
    }
  }

  /** Asks before each piece whether to go on: what expands need not read for a long time. */
  private static final class Stoppable extends FilterInputStream {

    private final Meter meter;

    Stoppable(InputStream source, Meter meter) {
      super(source);
      this.meter = meter;
    }

    @Override
    public int read() throws IOException {
      meter.check();
      return super.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      meter.check();
      return super.read(target, offset, length);
    }
  }
}
