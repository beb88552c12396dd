package dev.quayside.pgp;

import static dev.quayside.pgp.PgpException.Reason;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.bouncycastle.openpgp.PGPCompressedData;
import org.bouncycastle.openpgp.PGPEncryptedData;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPLiteralData;
import org.bouncycastle.openpgp.PGPOnePassSignatureList;
import org.bouncycastle.openpgp.PGPSignatureList;
import org.bouncycastle.openpgp.bc.BcPGPObjectFactory;
import org.jspecify.annotations.Nullable;

/**
 * Hands out the plaintext of a message. Nothing that was read may be acted upon before {@link
 * #read} has returned -1: only then is it known that nobody altered it; an altered message ends
 * with a {@link PgpException} instead.
 *
 * <p>Signatures around the data by keys that are known are checked; those of others are skipped.
 * For one thread; only {@link #signer} may be asked by another.
 */
public final class VerifiedInput extends InputStream {

  private final PGPEncryptedData data;
  private final InputStream envelope;
  private final WatchedSource source;
  private final boolean armored;
  private final SignatureCheck signatures;
  private final InputStream literal;
  private volatile boolean ended;
  private @Nullable IOException failure;

  private VerifiedInput(
      PGPEncryptedData data,
      InputStream envelope,
      WatchedSource source,
      boolean armored,
      SignatureCheck signatures,
      InputStream literal) {
    this.data = data;
    this.envelope = envelope;
    this.source = source;
    this.armored = armored;
    this.signatures = signatures;
    this.literal = literal;
  }

  static VerifiedInput begin(
      PGPEncryptedData data,
      InputStream plain,
      WatchedSource source,
      boolean armored,
      Signers signers)
      throws IOException {
    try {
      SignatureCheck signatures = new SignatureCheck(signers);
      InputStream literal = literal(plain, signatures);
      return new VerifiedInput(data, plain, source, armored, signatures, literal);
    } catch (PGPException | IOException | RuntimeException e) {
      // The head is not what an encrypted message holds; whether that is so by alteration, the
      // check tells.
      throw verdict(data, plain, source, armored, e);
    }
  }

  private static InputStream literal(InputStream plain, SignatureCheck signatures)
      throws IOException, PGPException {
    BcPGPObjectFactory objects = new BcPGPObjectFactory(plain);
    int layers = 0;
    for (Object next = objects.nextObject(); next != null; next = objects.nextObject()) {
      switch (next) {
        case PGPLiteralData found -> {
          signatures.after(objects);
          return found.getInputStream();
        }
        case PGPCompressedData compressed -> {
          if (++layers > PgpPolicy.MOST_LAYERS) {
            throw new PGPException("too many layers");
          }
          objects = new BcPGPObjectFactory(compressed.getDataStream());
        }
        case PGPOnePassSignatureList announced -> signatures.announced(announced);
        case PGPSignatureList skipped -> {}
        default -> throw new PGPException("a packet that does not belong here");
      }
    }
    throw new PGPException("no data");
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (failure != null) {
      throw failure;
    }
    if (ended) {
      return -1;
    }
    if (length == 0) {
      return 0;
    }
    int got;
    try {
      got = literal.read(target, offset, length);
      if (got < 0) {
        signatures.end();
      } else {
        signatures.update(target, offset, got);
      }
    } catch (IOException | RuntimeException e) {
      failure = verdict(data, envelope, source, armored, e);
      throw failure;
    }
    if (got < 0) {
      failure = check(data, envelope, source, armored);
      if (failure != null) {
        throw failure;
      }
      ended = true;
    }
    return got;
  }

  /**
   * Reads on to the end without handing anything out, and tells whether the message is what was
   * written. For callers that could not make sense of the data and want to know why.
   *
   * @throws PgpException if the message was altered or cut
   */
  public void finish() throws IOException {
    transferTo(OutputStream.nullOutputStream());
  }

  /**
   * Returns the fingerprint of the known key that signed what was read; null if there is none, and
   * as long as not everything is read.
   */
  public @Nullable String signer() {
    return ended ? signatures.signer() : null;
  }

  /**
   * Tells why reading stopped with {@code trouble}: an alteration if the check finds one, else a
   * strange inside.
   */
  private static PgpException verdict(
      PGPEncryptedData data,
      InputStream envelope,
      WatchedSource source,
      boolean armored,
      Exception trouble)
      throws IOException {
    PgpException found = check(data, envelope, source, armored);
    if (found == null && trouble instanceof PgpException known) {
      return known;
    }
    return found != null
        ? found
        : new PgpException(Reason.UNREADABLE_INSIDE, "the inside cannot be read", trouble);
  }

  /** Reads the packet to its end and checks it; returns what is wrong, or null if nothing is. */
  private static @Nullable PgpException check(
      PGPEncryptedData data, InputStream envelope, WatchedSource source, boolean armored)
      throws IOException {
    source.rethrow();
    try {
      envelope.transferTo(OutputStream.nullOutputStream());
      if (!data.verify()) {
        return new PgpException(Reason.ALTERED, "the integrity check fails");
      }
      if (!armored && source.read() >= 0) {
        return new PgpException(Reason.TRAILING_DATA, "more follows after the message");
      }
      return null;
    } catch (EOFException e) {
      source.rethrow();
      return new PgpException(Reason.CUT_SHORT, "the message ends too early", e);
    } catch (IOException | PGPException | RuntimeException e) {
      source.rethrow();
      return new PgpException(Reason.ALTERED, "the packets do not hold together", e);
    }
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
