package dev.quayside.pgp;

import dev.quayside.common.Secret;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.operator.PBESecretKeyEncryptor;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;

/** Locks secret keys with a passphrase, without leaving copies of it. */
final class KeyLocking extends PBESecretKeyEncryptor {

  private final Secret passphrase;
  private final byte[] iv = new byte[FastCfb.BLOCK];

  KeyLocking(Secret passphrase) throws PGPException {
    super(
        PgpPolicy.CIPHER,
        new BcPGPDigestCalculatorProvider().get(PgpPolicy.PASSPHRASE_HASH),
        PgpPolicy.PASSPHRASE_COUNT,
        new SecureRandom(),
        new char[0]);
    this.passphrase = passphrase;
  }

  @Override
  public byte[] getKey() throws PGPException {
    try {
      return PassphraseKey.derive(passphrase, getS2K(), PgpPolicy.keyLength(PgpPolicy.CIPHER));
    } catch (IOException e) {
      throw new PGPException("refused", e);
    }
  }

  @Override
  public byte[] encryptKeyData(byte[] key, byte[] data, int offset, int length)
      throws PGPException {
    random.nextBytes(iv);
    try {
      Cipher cipher = Cipher.getInstance("AES/CFB/NoPadding", "SunJCE");
      cipher.init(
          Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv.clone()));
      return cipher.doFinal(data, offset, length);
    } catch (GeneralSecurityException e) {
      throw new PGPException("cannot lock the key", e);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  @Override
  public byte[] getCipherIV() {
    return iv.clone();
  }
}
