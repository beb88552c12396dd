package dev.quayside.pgp;

import dev.quayside.common.Secret;
import java.io.IOException;
import org.bouncycastle.bcpg.S2K;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.operator.PBESecretKeyDecryptor;
import org.bouncycastle.openpgp.operator.bc.BcPBESecretKeyDecryptorBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;

/**
 * Unlocks a secret key by BouncyCastle's code, but makes the key of the passphrase without leaving
 * copies of it.
 */
final class KeyUnlocking extends PBESecretKeyDecryptor {

  private final Secret passphrase;
  private final PBESecretKeyDecryptor ciphers;

  KeyUnlocking(Secret passphrase) {
    super(new char[0], new BcPGPDigestCalculatorProvider());
    this.passphrase = passphrase;
    this.ciphers =
        new BcPBESecretKeyDecryptorBuilder(new BcPGPDigestCalculatorProvider()).build(new char[0]);
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
  public byte[] recoverKeyData(
      int cipher, byte[] key, byte[] iv, byte[] data, int offset, int length) throws PGPException {
    return ciphers.recoverKeyData(cipher, key, iv, data, offset, length);
  }

  @Override
  public byte[] recoverKeyData(
      int cipher,
      int aead,
      byte[] key,
      byte[] iv,
      int packetTag,
      int keyVersion,
      byte[] data,
      byte[] publicKey)
      throws PGPException {
    throw new PGPException("keys locked by AEAD are not read");
  }
}
