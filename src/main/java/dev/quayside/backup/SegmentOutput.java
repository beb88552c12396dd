package dev.quayside.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.util.HexFormat;

/**
 * Writes a stream of unknown length into an archive, one segment after the other; holds one segment
 * in memory. Only {@link #complete} makes it part of the archive in good order.
 */
final class SegmentOutput extends OutputStream {

  private final ArchiveWriter archive;
  private final String path;
  private final byte[] segment = new byte[Segments.LENGTH];
  private final Sha256 hash = new Sha256();
  private int used;
  private int count;
  private long size;

  SegmentOutput(ArchiveWriter archive, String path) {
    this.archive = archive;
    this.path = path;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    hash.update(source, offset, length);
    size += length;
    int from = offset;
    int left = length;
    while (left > 0) {
      int taken = Math.min(left, segment.length - used);
      System.arraycopy(source, from, segment, used, taken);
      used += taken;
      from += taken;
      left -= taken;
      if (used == segment.length) {
        emit();
      }
    }
    archive.advance(length);
  }

  private void emit() throws IOException {
    archive.bytes(path + Segments.SUFFIX + "/" + Segments.name(++count), segment, used);
    used = 0;
  }

  /** Returns how many bytes came so far. */
  long size() {
    return size;
  }

  /** Writes the last segment and notes the stream. */
  void complete() throws IOException {
    if (used > 0) {
      emit();
    }
    archive.ledger().stream(
        new Seal.SealedStream(path, count, size, HexFormat.of().formatHex(hash.take())));
  }
}
