package dev.quayside.pgp;

import java.io.OutputStream;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPrivateKey;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.operator.PGPContentSigner;
import org.bouncycastle.openpgp.operator.PGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.PGPContentVerifier;
import org.bouncycastle.openpgp.operator.PGPContentVerifierBuilder;
import org.bouncycastle.openpgp.operator.PGPContentVerifierBuilderProvider;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;
import org.bouncycastle.openpgp.operator.bc.BcPGPKeyConverter;

/**
 * Signs and checks with Ed25519 in the form of RFC 4880bis that GnuPG 2.2 knows, hashing with the
 * JDK's fast code. Checking by other keys stays with BouncyCastle.
 */
final class Ed25519Signing implements PGPContentSignerBuilder, PGPContentVerifierBuilderProvider {

  private static final int ALGORITHM = PublicKeyAlgorithmTags.EDDSA_LEGACY;

  @Override
  public PGPContentSigner build(int type, PGPPrivateKey key) throws PGPException {
    if (new BcPGPKeyConverter().getPrivateKey(key) instanceof Ed25519PrivateKeyParameters secret) {
      return new Signer(type, key.getKeyID(), secret);
    }
    throw new PGPException("no Ed25519 key");
  }

  @Override
  public PGPContentVerifierBuilder get(int keyAlgorithm, int hashAlgorithm) throws PGPException {
    return keyAlgorithm == ALGORITHM
        ? key -> verifier(key, hashAlgorithm)
        : new BcPGPContentVerifierBuilderProvider().get(keyAlgorithm, hashAlgorithm);
  }

  private static PGPContentVerifier verifier(PGPPublicKey key, int hash) throws PGPException {
    if (new BcPGPKeyConverter().getPublicKey(key) instanceof Ed25519PublicKeyParameters open) {
      return new Verifier(hash, key.getKeyID(), open);
    }
    return new BcPGPContentVerifierBuilderProvider().get(ALGORITHM, hash).build(key);
  }

  private static final class Signer implements PGPContentSigner {

    private final int type;
    private final long keyId;
    private final Ed25519PrivateKeyParameters key;
    private final FastDigest hashing =
        new FastDigest(PgpPolicy.signatureHash(PgpPolicy.SIGNATURE_HASH));
    private byte[] hash = new byte[0];

    Signer(int type, long keyId, Ed25519PrivateKeyParameters key) {
      this.type = type;
      this.keyId = keyId;
      this.key = key;
    }

    @Override
    public OutputStream getOutputStream() {
      return hashing;
    }

    @Override
    public byte[] getSignature() {
      Ed25519Signer signer = new Ed25519Signer();
      signer.init(true, key);
      byte[] signed = getDigest();
      signer.update(signed, 0, signed.length);
      return signer.generateSignature();
    }

    @Override
    public byte[] getDigest() {
      if (hash.length == 0) {
        hash = hashing.take();
      }
      return hash.clone();
    }

    @Override
    public int getType() {
      return type;
    }

    @Override
    public int getHashAlgorithm() {
      return PgpPolicy.SIGNATURE_HASH;
    }

    @Override
    public int getKeyAlgorithm() {
      return ALGORITHM;
    }

    @Override
    public long getKeyID() {
      return keyId;
    }
  }

  private static final class Verifier implements PGPContentVerifier {

    private final int hash;
    private final long keyId;
    private final Ed25519PublicKeyParameters key;
    private final FastDigest hashing;

    Verifier(int hash, long keyId, Ed25519PublicKeyParameters key) {
      this.hash = hash;
      this.keyId = keyId;
      this.key = key;
      this.hashing = new FastDigest(PgpPolicy.signatureHash(hash));
    }

    @Override
    public OutputStream getOutputStream() {
      return hashing;
    }

    @Override
    public boolean verify(byte[] signature) {
      Ed25519Signer verifier = new Ed25519Signer();
      verifier.init(false, key);
      byte[] signed = hashing.take();
      verifier.update(signed, 0, signed.length);
      return verifier.verifySignature(signature);
    }

    @Override
    public int getHashAlgorithm() {
      return hash;
    }

    @Override
    public int getKeyAlgorithm() {
      return ALGORITHM;
    }

    @Override
    public long getKeyID() {
      return keyId;
    }
  }
}
