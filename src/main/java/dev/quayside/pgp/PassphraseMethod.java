package dev.quayside.pgp;

import dev.quayside.common.Secret;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.bcpg.ContainedPacket;
import org.bouncycastle.bcpg.S2K;
import org.bouncycastle.bcpg.SymmetricKeyEncSessionPacket;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.operator.PGPDataEncryptorBuilder;
import org.bouncycastle.openpgp.operator.PGPKeyEncryptionMethodGenerator;

/**
 * Wraps a session key with a passphrase: a version 4 packet as GnuPG 2.2 reads it (RFC 4880 §5.3).
 * The session key is random, so a wrong passphrase is noticed by the cipher's number inside, before
 * any data is touched.
 *
 * <p>The first value of the cipher is fixed by the standard, so that a second session key under the
 * same salt would give both away: it wraps one only.
 */
final class PassphraseMethod implements PGPKeyEncryptionMethodGenerator {

  private final S2K method;
  private final byte[] key;
  private boolean used;

  PassphraseMethod(Secret passphrase) throws IOException {
    byte[] salt = new byte[PgpPolicy.SALT_LENGTH];
    new SecureRandom().nextBytes(salt);
    method = S2K.saltedAndIteratedS2K(PgpPolicy.PASSPHRASE_HASH, salt, PgpPolicy.PASSPHRASE_COUNT);
    key = PassphraseKey.derive(passphrase, method, PgpPolicy.keyLength(PgpPolicy.CIPHER));
  }

  @Override
  public ContainedPacket generate(PGPDataEncryptorBuilder builder, byte[] sessionKey)
      throws PGPException {
    if (used) {
      throw new PGPException("this key has wrapped a session key already");
    }
    used = true;
    byte[] sessionInfo = new byte[1 + sessionKey.length];
    sessionInfo[0] = (byte) builder.getAlgorithm();
    System.arraycopy(sessionKey, 0, sessionInfo, 1, sessionKey.length);
    try {
      Cipher cipher = Cipher.getInstance("AES/CFB/NoPadding", "SunJCE");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(key, "AES"),
          new IvParameterSpec(new byte[FastCfb.BLOCK]));
      return SymmetricKeyEncSessionPacket.createV4Packet(
          PgpPolicy.CIPHER, method, cipher.doFinal(sessionInfo));
    } catch (GeneralSecurityException e) {
      throw new PGPException("cannot wrap the session key", e);
    } finally {
      wipe();
      Arrays.fill(sessionInfo, (byte) 0);
    }
  }

  /** Destroys the key, after which nothing is wrapped any more. */
  void wipe() {
    used = true;
    Arrays.fill(key, (byte) 0);
  }
}
