package dev.quayside.pgp;

import java.io.OutputStream;
import java.security.SecureRandom;
import org.bouncycastle.openpgp.operator.PGPDataEncryptor;
import org.bouncycastle.openpgp.operator.PGPDataEncryptorBuilder;
import org.bouncycastle.openpgp.operator.PGPDigestCalculator;

/**
 * Plugs the JDK's AES behind BouncyCastle's packet writer: AES-256 in CFB mode inside a version 1
 * integrity-protected packet, and nothing else.
 */
final class FastEncryptorBuilder implements PGPDataEncryptorBuilder {

  private final SecureRandom random;

  FastEncryptorBuilder(SecureRandom random) {
    this.random = random;
  }

  @Override
  public int getAlgorithm() {
    return PgpPolicy.CIPHER;
  }

  @Override
  public int getAeadAlgorithm() {
    return -1; // BouncyCastle's word for "none"
  }

  @Override
  public int getChunkSize() {
    return 0;
  }

  @Override
  public boolean isV5StyleAEAD() {
    return false;
  }

  @Override
  public SecureRandom getSecureRandom() {
    return random;
  }

  @Override
  public PGPDataEncryptor build(byte[] key) {
    return new Encryptor(key);
  }

  @Override
  public PGPDataEncryptor build(byte[] key, byte[] iv) {
    throw new UnsupportedOperationException("the policy writes no AEAD packets");
  }

  @Override
  public PGPDataEncryptorBuilder setWithIntegrityPacket(boolean withIntegrityPacket) {
    if (!withIntegrityPacket) {
      throw new UnsupportedOperationException(
          "the policy writes no message without integrity protection");
    }
    return this;
  }

  @Override
  public PGPDataEncryptorBuilder setWithAEAD(int aeadAlgorithm, int chunkSize) {
    throw new UnsupportedOperationException("the policy writes no AEAD packets");
  }

  @Override
  public PGPDataEncryptorBuilder setUseV5AEAD() {
    throw new UnsupportedOperationException("the policy writes no AEAD packets");
  }

  @Override
  public PGPDataEncryptorBuilder setUseV6AEAD() {
    throw new UnsupportedOperationException("the policy writes no AEAD packets");
  }

  private static final class Encryptor implements PGPDataEncryptor {

    private final byte[] key;

    Encryptor(byte[] key) {
      this.key = key;
    }

    @Override
    public OutputStream getOutputStream(OutputStream sink) {
      return new CfbOutput(sink, key);
    }

    @Override
    public PGPDigestCalculator getIntegrityCalculator() {
      return new IntegrityDigest();
    }

    @Override
    public int getBlockSize() {
      return FastCfb.BLOCK;
    }
  }
}
