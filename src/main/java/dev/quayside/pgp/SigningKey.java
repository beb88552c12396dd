package dev.quayside.pgp;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Date;
import java.util.HexFormat;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPKeyPair;
import org.bouncycastle.openpgp.PGPKeyRingGenerator;
import org.bouncycastle.openpgp.PGPPrivateKey;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSecretKey;
import org.bouncycastle.openpgp.PGPSecretKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureGenerator;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.bouncycastle.openpgp.operator.bc.BcPGPKeyPair;

/**
 * Holds a secret key that only signs: it opens nothing, so that it may lie on the disk of the
 * machine that makes backups. Ed25519 in the form that GnuPG 2.2 reads.
 */
public final class SigningKey {

  private final PGPSecretKeyRing ring;
  private final PGPPrivateKey secret;
  private final InstantSource time;

  private SigningKey(PGPSecretKeyRing ring, PGPPrivateKey secret, InstantSource time) {
    this.ring = ring;
    this.secret = secret;
    this.time = time;
  }

  /** Makes a new key that belongs to {@code owner} and does not expire. */
  public static SigningKey create(String owner, InstantSource time) throws IOException {
    try {
      Date now = Date.from(time.instant());
      PGPKeyPair pair =
          new BcPGPKeyPair(
              PgpPolicy.KEY_VERSION,
              PublicKeyAlgorithmTags.EDDSA_LEGACY,
              KeyPairs.ed25519(new SecureRandom()),
              now);
      PGPSignatureSubpacketGenerator says = new PGPSignatureSubpacketGenerator();
      says.setSignatureCreationTime(false, now);
      says.setKeyFlags(true, KeyFlags.CERTIFY_OTHER | KeyFlags.SIGN_DATA);
      says.setIssuerFingerprint(false, pair.getPublicKey());
      PGPKeyRingGenerator rings =
          new PGPKeyRingGenerator(
              PGPSignature.POSITIVE_CERTIFICATION,
              pair,
              owner,
              null,
              says.generate(),
              null,
              new Ed25519Signing(),
              null);
      return new SigningKey(rings.generateSecretKeyRing(), pair.getPrivateKey(), time);
    } catch (PGPException e) {
      throw new PgpException(PgpException.Reason.UNUSABLE_KEY, "cannot make a key", e);
    }
  }

  /**
   * Reads what {@link #secretKey} returned.
   *
   * @throws PgpException if it is no such key
   */
  public static SigningKey read(byte[] encoded, InstantSource time) throws IOException {
    PGPSecretKeyRing ring = KeyRings.secret(encoded).getFirst();
    PGPSecretKey key = ring.getSecretKey();
    if (key.getPublicKey().getAlgorithm() != PublicKeyAlgorithmTags.EDDSA_LEGACY) {
      throw new PgpException(PgpException.Reason.UNUSABLE_KEY, "not an Ed25519 key");
    }
    return new SigningKey(ring, SecretKeys.unlock(key, null), time);
  }

  /** Returns the key, armored and not locked: only a file of mode 0600 is a place for it. */
  public byte[] secretKey() throws IOException {
    return KeyRings.armored(ring.getEncoded()).getBytes(StandardCharsets.US_ASCII);
  }

  /** Returns the public part, armored, by which others know what this key signed. */
  public byte[] certificate() throws IOException {
    return KeyRings.armored(ring.toCertificate().getEncoded()).getBytes(StandardCharsets.US_ASCII);
  }

  /** Returns the fingerprint: 40 upper-case hexadecimal characters. */
  public String fingerprint() {
    return HexFormat.of().withUpperCase().formatHex(ring.getPublicKey().getFingerprint());
  }

  /** Announces a signature in {@code sink} and returns what has to hash the data. */
  PGPSignatureGenerator begin(OutputStream sink) throws IOException, PGPException {
    PGPPublicKey open = ring.getPublicKey();
    PGPSignatureGenerator generator = new PGPSignatureGenerator(new Ed25519Signing(), open);
    generator.init(PGPSignature.BINARY_DOCUMENT, secret);
    PGPSignatureSubpacketGenerator says = new PGPSignatureSubpacketGenerator();
    says.setSignatureCreationTime(false, Date.from(time.instant()));
    says.setIssuerFingerprint(false, open);
    generator.setHashedSubpackets(says.generate());
    PGPSignatureSubpacketGenerator hints = new PGPSignatureSubpacketGenerator();
    hints.setIssuerKeyID(false, open.getKeyID());
    generator.setUnhashedSubpackets(hints.generate());
    generator.generateOnePassVersion(false).encode(sink);
    return generator;
  }

  @Override
  public String toString() {
    return "SigningKey(" + fingerprint() + ")";
  }
}
