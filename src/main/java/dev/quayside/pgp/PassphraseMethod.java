package dev.quayside.pgp;

import dev.quayside.common.Secret;
import java.io.IOException;
import java.security.GeneralSecurityException;
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
 */
final class PassphraseMethod implements PGPKeyEncryptionMethodGenerator {

  private final Secret passphrase;

  PassphraseMethod(Secret passphrase) {
    this.passphrase = passphrase;
  }

  @Override
  public ContainedPacket generate(PGPDataEncryptorBuilder builder, byte[] sessionKey)
      throws PGPException {
    byte[] salt = new byte[PgpPolicy.SALT_LENGTH];
    builder.getSecureRandom().nextBytes(salt);
    S2K method =
        S2K.saltedAndIteratedS2K(PgpPolicy.PASSPHRASE_HASH, salt, PgpPolicy.PASSPHRASE_COUNT);
    byte[] sessionInfo = new byte[1 + sessionKey.length];
    sessionInfo[0] = (byte) builder.getAlgorithm();
    System.arraycopy(sessionKey, 0, sessionInfo, 1, sessionKey.length);
    byte[] key = new byte[0];
    try {
      key = PassphraseKey.derive(passphrase, method, PgpPolicy.keyLength(PgpPolicy.CIPHER));
      Cipher cipher = Cipher.getInstance("AES/CFB/NoPadding", "SunJCE");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(key, "AES"),
          new IvParameterSpec(new byte[FastCfb.BLOCK]));
      return SymmetricKeyEncSessionPacket.createV4Packet(
          PgpPolicy.CIPHER, method, cipher.doFinal(sessionInfo));
    } catch (GeneralSecurityException | IOException e) {
      throw new PGPException("cannot wrap the session key", e);
    } finally {
      Arrays.fill(key, (byte) 0);
      Arrays.fill(sessionInfo, (byte) 0);
    }
  }
}
