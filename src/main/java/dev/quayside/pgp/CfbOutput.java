package dev.quayside.pgp;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.ShortBufferException;

/** Encrypts with AES in CFB mode, first value zero. Closing writes the rest and closes the sink. */
final class CfbOutput extends OutputStream {

  private final OutputStream sink;
  private final Cipher cipher;
  private final byte[] plain = new byte[FastCfb.PIECE];

  /**
   * The key stream: its first block belongs to the first plaintext block, the last one to the next
   * piece.
   */
  private final byte[] stream = new byte[FastCfb.BLOCK + FastCfb.PIECE];

  private final byte[] encrypted = new byte[FastCfb.PIECE];
  private int filled;
  private boolean closed;

  CfbOutput(OutputStream sink, byte[] key) {
    this.sink = sink;
    this.cipher = FastCfb.chaining(key, stream);
  }

  @Override
  public void write(int b) throws IOException {
    plain[filled++] = (byte) b;
    if (filled == FastCfb.PIECE) {
      emit();
    }
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    int from = offset;
    int left = length;
    while (left > 0) {
      int taken = Math.min(left, FastCfb.PIECE - filled);
      System.arraycopy(source, from, plain, filled, taken);
      filled += taken;
      from += taken;
      left -= taken;
      if (filled == FastCfb.PIECE) {
        emit();
      }
    }
  }

  private void emit() throws IOException {
    try {
      int whole = (filled + FastCfb.BLOCK - 1) / FastCfb.BLOCK * FastCfb.BLOCK;
      cipher.update(plain, 0, whole, stream, FastCfb.BLOCK);
    } catch (ShortBufferException e) {
      throw new IllegalStateException(e);
    }
    FastCfb.xor(plain, 0, stream, encrypted, filled);
    sink.write(encrypted, 0, filled);
    System.arraycopy(stream, FastCfb.PIECE, stream, 0, FastCfb.BLOCK);
    filled = 0;
  }

  @Override
  public void flush() throws IOException {
    sink.flush(); // a part of a block cannot be given out early
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      emit();
      Arrays.fill(plain, (byte) 0);
      sink.close();
    }
  }
}
