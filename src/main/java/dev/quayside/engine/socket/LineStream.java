package dev.quayside.engine.socket;

import java.io.IOException;
import java.io.InputStream;

/** Reads the raw bytes of an upgraded connection to its end. */
final class LineStream extends InputStream {

  private final WireReader reader;

  LineStream(Line line) {
    this.reader = line.reader();
  }

  @Override
  public int read() throws IOException {
    return reader.read();
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    return length == 0 ? 0 : reader.read(target, offset, length);
  }
}
