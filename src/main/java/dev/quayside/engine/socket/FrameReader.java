package dev.quayside.engine.socket;

import dev.quayside.engine.LogChunk.Source;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Takes apart the stream in which an engine carries standard output and error together (Engine API,
 * "Stream format" of container attach): frames of eight bytes head — kind, three zeros, length in
 * four bytes — and data. A stream of a container with a terminal has no frames. A stream that ends
 * inside a frame is an error.
 */
final class FrameReader {

  /** Receives the data of frames. */
  interface Sink {
    /**
     * Takes a piece of a frame; long frames come in several.
     *
     * @param startsFrame whether it is the first piece of its frame; never true without frames
     */
    void accept(Source source, byte[] buffer, int length, boolean startsFrame) throws IOException;
  }

  private static final int HEAD = 8;

  private final InputStream stream;
  private final Sink sink;
  private final byte[] buffer = new byte[32 * 1024];

  FrameReader(InputStream stream, Sink sink) {
    this.stream = stream;
    this.sink = sink;
  }

  /** Reads a stream without frames to its end. */
  void readRaw() throws IOException {
    for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
      sink.accept(Source.OUTPUT, buffer, read, false);
    }
  }

  /** Reads frames to the end of the stream. */
  void readFrames() throws IOException {
    byte[] head = new byte[HEAD];
    while (true) {
      int got = stream.readNBytes(head, 0, HEAD);
      if (got == 0) {
        return;
      }
      if (got < HEAD || head[1] != 0 || head[2] != 0 || head[3] != 0) {
        throw new HttpFormatException(got < HEAD ? "cut in the head of a frame" : "not a frame");
      }
      readData(source(head[0]), length(head));
    }
  }

  /** Returns where a frame comes from; null for kinds whose data we pass over. */
  private static @Nullable Source source(byte kind) throws HttpFormatException {
    return switch (kind) {
      case 0 -> null;
      case 1 -> Source.OUTPUT;
      // 3 carries an error of the engine itself.
      case 2, 3 -> Source.ERROR;
      default -> throw new HttpFormatException("a frame of kind " + kind);
    };
  }

  private static long length(byte[] head) {
    return (head[4] & 0xffL) << 24
        | (head[5] & 0xffL) << 16
        | (head[6] & 0xffL) << 8
        | (head[7] & 0xffL);
  }

  private void readData(@Nullable Source source, long length) throws IOException {
    long remaining = length;
    while (remaining > 0) {
      int read = stream.read(buffer, 0, (int) Math.min(buffer.length, remaining));
      if (read < 0) {
        throw new HttpFormatException("cut in a frame");
      }
      if (source != null) {
        sink.accept(source, buffer, read, remaining == length);
      }
      remaining -= read;
    }
  }
}
