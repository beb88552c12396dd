package dev.quayside.pgp;

import static dev.quayside.pgp.PgpException.Reason;

import java.io.IOException;
import java.io.InputStream;
import org.bouncycastle.openpgp.operator.PGPDataDecryptor;
import org.bouncycastle.openpgp.operator.PGPDigestCalculator;
import org.jspecify.annotations.Nullable;

/**
 * Compares the two bytes that an encrypted packet repeats at its beginning, which is all that tells
 * a wrong passphrase from an altered message where no session key is wrapped.
 */
final class RepeatedBytes implements PGPDataDecryptor {

  private static final int REPEATED = 2;

  private final PGPDataDecryptor decryptor;

  RepeatedBytes(PGPDataDecryptor decryptor) {
    this.decryptor = decryptor;
  }

  @Override
  public InputStream getInputStream(InputStream source) {
    return new Compared(decryptor.getInputStream(source), getBlockSize());
  }

  @Override
  public int getBlockSize() {
    return decryptor.getBlockSize();
  }

  @Override
  public PGPDigestCalculator getIntegrityCalculator() {
    return decryptor.getIntegrityCalculator();
  }

  /** Compares before the first byte is handed out. */
  private static final class Compared extends InputStream {

    private final InputStream plain;
    private final int block;
    private byte @Nullable [] head;
    private int position;

    Compared(InputStream plain, int block) {
      this.plain = plain;
      this.block = block;
    }

    @Override
    public int read() throws IOException {
      byte[] first = compared();
      return position < first.length ? first[position++] & 0xFF : plain.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      byte[] first = compared();
      if (position == first.length) {
        return plain.read(target, offset, length);
      }
      int taken = Math.min(length, first.length - position);
      System.arraycopy(first, position, target, offset, taken);
      position += taken;
      return taken;
    }

    private byte[] compared() throws IOException {
      byte[] first = head;
      if (first == null) {
        first = plain.readNBytes(block + REPEATED);
        head = first;
        for (int i = block; i < first.length; i++) {
          if (first[i] != first[i - REPEATED]) {
            throw new PgpException(Reason.WRONG_PASSPHRASE, "the first bytes do not agree");
          }
        }
      }
      return first;
    }

    @Override
    public int available() throws IOException {
      return plain.available();
    }

    @Override
    public void close() throws IOException {
      plain.close();
    }
  }
}
