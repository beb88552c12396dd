package dev.quayside.pgp;

import java.io.IOException;
import java.io.InputStream;
import javax.crypto.Cipher;
import javax.crypto.ShortBufferException;

/** Decrypts AES in CFB mode, first value zero. */
final class CfbInput extends InputStream {

  private final InputStream source;
  private final Cipher cipher;

  /** The block before the piece, then the piece. */
  private final byte[] encrypted = new byte[FastCfb.BLOCK + FastCfb.PIECE];

  private final byte[] stream = new byte[FastCfb.PIECE];
  private final byte[] plain = new byte[FastCfb.PIECE];
  private int position;
  private int available;

  CfbInput(InputStream source, byte[] key) {
    this.source = source;
    this.cipher = FastCfb.shifted(key);
  }

  @Override
  public int read() throws IOException {
    return fill() ? plain[position++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    int done = 0;
    while (done < length && fill()) {
      int taken = Math.min(length - done, available - position);
      System.arraycopy(plain, position, target, offset + done, taken);
      position += taken;
      done += taken;
    }
    return done == 0 ? -1 : done;
  }

  private boolean fill() throws IOException {
    if (position < available) {
      return true;
    }
    // Only the last piece may be shorter, so the last block is always at the end of a full piece.
    int got = source.readNBytes(encrypted, FastCfb.BLOCK, FastCfb.PIECE);
    if (got == 0) {
      return false;
    }
    try {
      int whole = (got + FastCfb.BLOCK - 1) / FastCfb.BLOCK * FastCfb.BLOCK;
      cipher.update(encrypted, 0, whole, stream, 0);
    } catch (ShortBufferException e) {
      throw new IllegalStateException(e);
    }
    FastCfb.xor(encrypted, FastCfb.BLOCK, stream, plain, got);
    System.arraycopy(encrypted, FastCfb.PIECE, encrypted, 0, FastCfb.BLOCK);
    position = 0;
    available = got;
    return true;
  }

  @Override
  public int available() {
    return available - position;
  }
}
