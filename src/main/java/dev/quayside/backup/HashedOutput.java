package dev.quayside.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.util.HexFormat;

/** Hashes what is written on its way to an archive's file, and the beginning by itself. */
final class HashedOutput extends OutputStream {

  private final OutputStream sink;
  private final Sha256 whole = new Sha256();
  private final Sha256 head = new Sha256();
  private long bytes;

  HashedOutput(OutputStream sink) {
    this.sink = sink;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    sink.write(source, offset, length);
    whole.update(source, offset, length);
    if (bytes < Manifest.HEAD) {
      head.update(source, offset, (int) Math.min(length, Manifest.HEAD - bytes));
    }
    bytes += length;
  }

  @Override
  public void flush() throws IOException {
    sink.flush();
  }

  @Override
  public void close() throws IOException {
    sink.close();
  }

  /** Returns what was written. */
  Manifest.FileFactsOf facts(String id) {
    HexFormat hex = HexFormat.of();
    return new Manifest.FileFactsOf(
        id, bytes, hex.formatHex(whole.take()), hex.formatHex(head.take()));
  }
}
