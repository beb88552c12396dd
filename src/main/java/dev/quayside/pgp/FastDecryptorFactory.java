package dev.quayside.pgp;

import java.io.InputStream;
import org.bouncycastle.bcpg.AEADEncDataPacket;
import org.bouncycastle.bcpg.SymmetricEncIntegrityPacket;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPSessionKey;
import org.bouncycastle.openpgp.operator.PGPDataDecryptor;
import org.bouncycastle.openpgp.operator.PGPDigestCalculator;
import org.bouncycastle.openpgp.operator.SessionKeyDataDecryptorFactory;
import org.bouncycastle.openpgp.operator.bc.BcSessionKeyDataDecryptorFactory;

/**
 * Plugs the JDK's AES behind BouncyCastle's packet reader; other readable ciphers stay with
 * BouncyCastle. Refuses what has no integrity protection.
 */
final class FastDecryptorFactory implements SessionKeyDataDecryptorFactory {

  private final PGPSessionKey sessionKey;
  private final boolean derived;

  /**
   * Decrypts with {@code sessionKey}.
   *
   * @param derived whether it was made from a passphrase itself, so that only the first bytes tell
   *     whether that was the right one
   */
  FastDecryptorFactory(PGPSessionKey sessionKey, boolean derived) {
    this.sessionKey = sessionKey;
    this.derived = derived;
  }

  @Override
  public PGPSessionKey getSessionKey() {
    return sessionKey;
  }

  @Override
  public PGPDataDecryptor createDataDecryptor(boolean withIntegrity, int cipher, byte[] key)
      throws PGPException {
    if (!withIntegrity) {
      throw new PGPException("no integrity protection");
    }
    PGPDataDecryptor decryptor =
        PgpPolicy.aes(cipher)
            ? new Decryptor(key)
            : new BcSessionKeyDataDecryptorFactory(sessionKey)
                .createDataDecryptor(true, cipher, key);
    return derived ? new RepeatedBytes(decryptor) : decryptor;
  }

  @Override
  public PGPDataDecryptor createDataDecryptor(AEADEncDataPacket packet, PGPSessionKey key)
      throws PGPException {
    throw new PGPException("AEAD is not read");
  }

  @Override
  public PGPDataDecryptor createDataDecryptor(SymmetricEncIntegrityPacket packet, PGPSessionKey key)
      throws PGPException {
    throw new PGPException("AEAD is not read");
  }

  private static final class Decryptor implements PGPDataDecryptor {

    private final byte[] key;

    Decryptor(byte[] key) {
      this.key = key;
    }

    @Override
    public InputStream getInputStream(InputStream source) {
      return new CfbInput(source, key);
    }

    @Override
    public int getBlockSize() {
      return FastCfb.BLOCK;
    }

    @Override
    public PGPDigestCalculator getIntegrityCalculator() {
      return new IntegrityDigest();
    }
  }
}
