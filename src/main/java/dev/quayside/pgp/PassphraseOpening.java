package dev.quayside.pgp;

import dev.quayside.common.Secret;
import java.io.IOException;
import org.bouncycastle.bcpg.AEADEncDataPacket;
import org.bouncycastle.bcpg.S2K;
import org.bouncycastle.bcpg.SymmetricEncIntegrityPacket;
import org.bouncycastle.bcpg.SymmetricKeyEncSessionPacket;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPSessionKey;
import org.bouncycastle.openpgp.operator.PBEDataDecryptorFactory;
import org.bouncycastle.openpgp.operator.PGPDataDecryptor;
import org.bouncycastle.openpgp.operator.bc.BcPBEDataDecryptorFactory;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;
import org.jspecify.annotations.Nullable;

/** Finds the session key that a passphrase opens, without leaving copies of the passphrase. */
final class PassphraseOpening extends PBEDataDecryptorFactory {

  private final Secret passphrase;
  private final PBEDataDecryptorFactory ciphers;
  private boolean derived = true;

  PassphraseOpening(Secret passphrase) {
    super(new char[0], new BcPGPDigestCalculatorProvider());
    this.passphrase = passphrase;
    this.ciphers = new BcPBEDataDecryptorFactory(new char[0], new BcPGPDigestCalculatorProvider());
  }

  /** Returns whether the session key is what the passphrase makes, and not a wrapped one. */
  boolean derived() {
    return derived;
  }

  @Override
  public byte[] makeKeyFromPassPhrase(int cipher, S2K method) throws PGPException {
    try {
      return PassphraseKey.derive(passphrase, method, PgpPolicy.keyLength(cipher));
    } catch (IOException e) {
      throw new PGPException("refused", e);
    }
  }

  @Override
  public byte[] recoverSessionData(int cipher, byte[] key, byte @Nullable [] wrapped)
      throws PGPException {
    derived = wrapped == null || wrapped.length == 0;
    return ciphers.recoverSessionData(cipher, key, wrapped);
  }

  @Override
  public byte[] recoverAEADEncryptedSessionData(SymmetricKeyEncSessionPacket packet, byte[] key)
      throws PGPException {
    throw new PGPException("AEAD is not read");
  }

  @Override
  public PGPDataDecryptor createDataDecryptor(boolean withIntegrity, int cipher, byte[] key) {
    throw new UnsupportedOperationException("finds the session key only");
  }

  @Override
  public PGPDataDecryptor createDataDecryptor(AEADEncDataPacket packet, PGPSessionKey key) {
    throw new UnsupportedOperationException("finds the session key only");
  }

  @Override
  public PGPDataDecryptor createDataDecryptor(
      SymmetricEncIntegrityPacket packet, PGPSessionKey key) {
    throw new UnsupportedOperationException("finds the session key only");
  }
}
