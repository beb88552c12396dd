package dev.quayside.pgp;

import dev.quayside.common.Secret;
import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.util.List;
import org.bouncycastle.openpgp.PGPEncryptedDataGenerator;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPLiteralData;
import org.bouncycastle.openpgp.PGPLiteralDataGenerator;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSignatureGenerator;
import org.bouncycastle.openpgp.operator.PGPKeyEncryptionMethodGenerator;
import org.bouncycastle.openpgp.operator.bc.BcPublicKeyKeyEncryptionMethodGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Writes encrypted, integrity-protected messages that GnuPG 2.2 opens. The data inside is one
 * literal packet without name and date, not compressed: compress before. A signature stands around
 * it, inside what is encrypted, as gpg does it.
 */
public final class PgpEncryption {

  private PgpEncryption() {}

  /**
   * Begins a message that {@code passphrase} opens. The passphrase is used during this call only.
   *
   * @param sink receives the message; it is neither flushed to disk nor closed by the returned
   *     stream
   * @return takes the plaintext; closing it completes the message, and without closing the message
   *     is worthless
   */
  public static OutputStream toPassphrase(OutputStream sink, Secret passphrase) throws IOException {
    if (passphrase.length() == 0) {
      throw new PgpException(PgpException.Reason.WRONG_PASSPHRASE, "the passphrase is empty");
    }
    return begin(sink, List.of(new PassphraseMethod(passphrase)), null);
  }

  /**
   * Begins a message that each of {@code certificates} opens.
   *
   * @param sink receives the message; it is not closed by the returned stream
   * @param signer signs what is inside; null to leave it unsigned, so that anybody who has the
   *     certificates could have made it
   * @return takes the plaintext; closing it completes the message, and without closing the message
   *     is worthless
   */
  public static OutputStream toCertificates(
      OutputStream sink, List<Certificate> certificates, @Nullable SigningKey signer)
      throws IOException {
    if (certificates.isEmpty() || !certificates.stream().allMatch(Certificate::opens)) {
      throw new PgpException(
          PgpException.Reason.UNUSABLE_KEY,
          "no recipient, or one that nothing can be encrypted to");
    }
    SecureRandom random = new SecureRandom();
    return begin(
        sink,
        certificates.stream()
            .flatMap(certificate -> certificate.encryptionKeys().stream())
            .map(key -> publicKeyMethod(key, random))
            .toList(),
        signer);
  }

  private static PGPKeyEncryptionMethodGenerator publicKeyMethod(
      PGPPublicKey key, SecureRandom random) {
    return new BcPublicKeyKeyEncryptionMethodGenerator(key).setSecureRandom(random);
  }

  private static OutputStream begin(
      OutputStream sink,
      List<? extends PGPKeyEncryptionMethodGenerator> methods,
      @Nullable SigningKey signer)
      throws IOException {
    if (methods.size() > PgpPolicy.MOST_SESSION_KEYS) {
      throw new PgpException(
          PgpException.Reason.UNUSABLE_KEY,
          "more than " + PgpPolicy.MOST_SESSION_KEYS + " recipients, which would not be read");
    }
    PGPEncryptedDataGenerator generator =
        new PGPEncryptedDataGenerator(new FastEncryptorBuilder(new SecureRandom()));
    generator.setForceSessionKey(true);
    methods.forEach(generator::addMethod);
    try {
      OutputStream encrypted = generator.open(sink, new byte[PgpPolicy.PART_LENGTH]);
      PGPSignatureGenerator signature = signer == null ? null : signer.begin(encrypted);
      OutputStream literal =
          new PGPLiteralDataGenerator()
              .open(
                  encrypted,
                  PGPLiteralData.BINARY,
                  "",
                  PGPLiteralData.NOW,
                  new byte[PgpPolicy.PART_LENGTH]);
      return new MessageOutput(literal, encrypted, signature);
    } catch (PGPException e) {
      throw new PgpException(
          PgpException.Reason.UNUSABLE_KEY, "cannot encrypt to this recipient", e);
    }
  }

  /** Closes the packets from the inside out. */
  private static final class MessageOutput extends OutputStream {

    private final OutputStream literal;
    private final OutputStream encrypted;
    private final @Nullable PGPSignatureGenerator signature;
    private boolean closed;

    MessageOutput(
        OutputStream literal, OutputStream encrypted, @Nullable PGPSignatureGenerator signature) {
      this.literal = literal;
      this.encrypted = encrypted;
      this.signature = signature;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
      literal.write(source, offset, length);
      if (signature != null) {
        signature.update(source, offset, length);
      }
    }

    @Override
    public void close() throws IOException {
      if (!closed) {
        closed = true;
        literal.close();
        if (signature != null) {
          sign(signature);
        }
        encrypted.close();
      }
    }

    private void sign(PGPSignatureGenerator generator) throws IOException {
      try {
        generator.generate().encode(encrypted);
      } catch (PGPException e) {
        throw new PgpException(PgpException.Reason.UNUSABLE_KEY, "cannot sign", e);
      }
    }
  }
}
