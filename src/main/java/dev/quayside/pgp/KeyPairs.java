package dev.quayside.pgp;

import dev.quayside.common.Secret;
import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Date;
import org.bouncycastle.bcpg.CompressionAlgorithmTags;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.bcpg.SymmetricKeyAlgorithmTags;
import org.bouncycastle.bcpg.sig.Features;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.generators.Ed25519KeyPairGenerator;
import org.bouncycastle.crypto.generators.RSAKeyPairGenerator;
import org.bouncycastle.crypto.generators.X25519KeyPairGenerator;
import org.bouncycastle.crypto.params.Ed25519KeyGenerationParameters;
import org.bouncycastle.crypto.params.RSAKeyGenerationParameters;
import org.bouncycastle.crypto.params.X25519KeyGenerationParameters;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPKeyPair;
import org.bouncycastle.openpgp.PGPKeyRingGenerator;
import org.bouncycastle.openpgp.PGPSecretKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.bouncycastle.openpgp.operator.PGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;
import org.bouncycastle.openpgp.operator.bc.BcPGPKeyPair;

/** Makes key pairs whose secret part only the passphrase opens. */
public final class KeyPairs {

  private static final BigInteger RSA_EXPONENT = BigInteger.valueOf(0x10001);
  private static final int RSA_CERTAINTY = 128;

  private KeyPairs() {}

  /**
   * Holds a key pair as text.
   *
   * @param secretKey the secret part, armored, locked by the passphrase
   * @param certificate the public part, armored
   */
  public record Made(String secretKey, String certificate) {}

  /**
   * Makes a key pair that does not expire: whoever restores years later must not find it in the
   * way. Takes some seconds.
   *
   * @param owner the user id, for example {@code Ada <ada@example.org>}
   * @throws PgpException if the passphrase is empty
   */
  public static Made create(KeyKind kind, String owner, Secret passphrase, InstantSource time)
      throws IOException {
    if (passphrase.length() == 0) {
      throw new PgpException(PgpException.Reason.WRONG_KEY_PASSPHRASE, "the passphrase is empty");
    }
    try {
      PGPSecretKeyRing ring = ring(kind, owner, passphrase, Date.from(time.instant()));
      return new Made(
          KeyRings.armored(ring.getEncoded()), KeyRings.armored(ring.toCertificate().getEncoded()));
    } catch (PGPException e) {
      throw new PgpException(PgpException.Reason.UNUSABLE_KEY, "cannot make a key", e);
    }
  }

  private static PGPSecretKeyRing ring(KeyKind kind, String owner, Secret passphrase, Date now)
      throws PGPException {
    SecureRandom random = new SecureRandom();
    PGPKeyPair primary = pair(kind, false, random, now);
    PGPKeyPair opens = pair(kind, true, random, now);
    PGPSignatureSubpacketGenerator says = new PGPSignatureSubpacketGenerator();
    says.setSignatureCreationTime(false, now);
    says.setKeyFlags(true, KeyFlags.CERTIFY_OTHER | KeyFlags.SIGN_DATA);
    says.setIssuerFingerprint(false, primary.getPublicKey());
    says.setFeature(false, Features.FEATURE_MODIFICATION_DETECTION);
    says.setPreferredSymmetricAlgorithms(
        false,
        new int[] {
          SymmetricKeyAlgorithmTags.AES_256,
          SymmetricKeyAlgorithmTags.AES_192,
          SymmetricKeyAlgorithmTags.AES_128
        });
    says.setPreferredHashAlgorithms(
        false, new int[] {HashAlgorithmTags.SHA512, HashAlgorithmTags.SHA256});
    says.setPreferredCompressionAlgorithms(
        false, new int[] {CompressionAlgorithmTags.UNCOMPRESSED});
    PGPKeyRingGenerator rings =
        new PGPKeyRingGenerator(
            PGPSignature.POSITIVE_CERTIFICATION,
            primary,
            owner,
            new BcPGPDigestCalculatorProvider().get(HashAlgorithmTags.SHA1),
            says.generate(),
            null,
            signing(kind),
            new KeyLocking(passphrase));
    PGPSignatureSubpacketGenerator binds = new PGPSignatureSubpacketGenerator();
    binds.setSignatureCreationTime(false, now);
    binds.setKeyFlags(true, KeyFlags.ENCRYPT_STORAGE | KeyFlags.ENCRYPT_COMMS);
    binds.setIssuerFingerprint(false, primary.getPublicKey());
    rings.addSubKey(opens, binds.generate(), null);
    return rings.generateSecretKeyRing();
  }

  private static PGPContentSignerBuilder signing(KeyKind kind) {
    return switch (kind) {
      case CURVE25519 -> new Ed25519Signing();
      case RSA3072 ->
          new BcPGPContentSignerBuilder(
              PublicKeyAlgorithmTags.RSA_GENERAL, PgpPolicy.SIGNATURE_HASH);
    };
  }

  private static PGPKeyPair pair(KeyKind kind, boolean opens, SecureRandom random, Date now)
      throws PGPException {
    return switch (kind) {
      case CURVE25519 ->
          opens
              ? pair(PublicKeyAlgorithmTags.ECDH, x25519(random), now)
              : pair(PublicKeyAlgorithmTags.EDDSA_LEGACY, ed25519(random), now);
      case RSA3072 -> pair(PublicKeyAlgorithmTags.RSA_GENERAL, rsa(random), now);
    };
  }

  private static PGPKeyPair pair(int algorithm, AsymmetricCipherKeyPair pair, Date now)
      throws PGPException {
    return new BcPGPKeyPair(PgpPolicy.KEY_VERSION, algorithm, pair, now);
  }

  static AsymmetricCipherKeyPair ed25519(SecureRandom random) {
    Ed25519KeyPairGenerator generator = new Ed25519KeyPairGenerator();
    generator.init(new Ed25519KeyGenerationParameters(random));
    return generator.generateKeyPair();
  }

  private static AsymmetricCipherKeyPair x25519(SecureRandom random) {
    X25519KeyPairGenerator generator = new X25519KeyPairGenerator();
    generator.init(new X25519KeyGenerationParameters(random));
    return generator.generateKeyPair();
  }

  private static AsymmetricCipherKeyPair rsa(SecureRandom random) {
    RSAKeyPairGenerator generator = new RSAKeyPairGenerator();
    generator.init(
        new RSAKeyGenerationParameters(
            RSA_EXPONENT, random, PgpPolicy.MADE_RSA_BITS, RSA_CERTAINTY));
    return generator.generateKeyPair();
  }
}
