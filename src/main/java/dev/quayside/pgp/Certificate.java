package dev.quayside.pgp;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.api.OpenPGPCertificate;
import org.bouncycastle.openpgp.api.OpenPGPCertificate.OpenPGPComponentKey;
import org.bouncycastle.openpgp.api.bc.BcOpenPGPApi;
import org.jspecify.annotations.Nullable;

/**
 * Holds somebody's public key. It can be encrypted to by those of its parts whose binding
 * signatures hold, that are neither expired nor revoked, and whose algorithm and size the policy
 * allows.
 */
public final class Certificate {

  private static final long MOST_BYTES = 4L << 20;

  private final OpenPGPCertificate certificate;
  private final List<PGPPublicKey> encryptionKeys;

  private Certificate(OpenPGPCertificate certificate, List<PGPPublicKey> encryptionKeys) {
    this.certificate = certificate;
    this.encryptionKeys = encryptionKeys;
  }

  /**
   * Reads the certificates in {@code file}, armored or binary, for example from {@code gpg
   * --export}. A file with a secret key gives its public part.
   *
   * @throws PgpException if there is none, or one of them cannot be encrypted to
   */
  public static List<Certificate> read(Path file) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes((int) MOST_BYTES);
    }
    List<Certificate> certificates = described(bytes);
    for (Certificate each : certificates) {
      if (!each.opens()) {
        throw new PgpException(
            PgpException.Reason.UNUSABLE_KEY,
            String.format(
                Locale.ROOT, "key %s has no valid part to encrypt to", each.fingerprint()));
      }
    }
    return certificates;
  }

  /**
   * Reads certificates, armored or binary, whether they are of any use or not.
   *
   * @throws PgpException if there is none
   */
  public static List<Certificate> described(byte[] encoded) throws IOException {
    List<Certificate> certificates = new ArrayList<>();
    for (OpenPGPCertificate certificate : parse(encoded)) {
      certificates.add(new Certificate(certificate, encryptionKeys(certificate)));
    }
    if (certificates.isEmpty()) {
      throw new PgpException(PgpException.Reason.UNUSABLE_KEY, "no public key");
    }
    return List.copyOf(certificates);
  }

  static List<OpenPGPCertificate> parse(byte[] bytes) throws PgpException {
    try {
      return new BcOpenPGPApi().readKeyOrCertificate().parseKeysOrCertificates(bytes);
    } catch (IOException | RuntimeException e) {
      throw new PgpException(PgpException.Reason.UNUSABLE_KEY, "not a public key", e);
    }
  }

  private static List<PGPPublicKey> encryptionKeys(OpenPGPCertificate certificate) {
    List<PGPPublicKey> keys = new ArrayList<>();
    for (OpenPGPComponentKey component : certificate.getEncryptionKeys()) {
      PGPPublicKey key = component.getPGPPublicKey();
      if (key.getVersion() == PgpPolicy.KEY_VERSION
          && PgpPolicy.encryptsTo(key.getAlgorithm(), key.getBitStrength())) {
        keys.add(key);
      }
    }
    return List.copyOf(keys);
  }

  /** Returns the fingerprint of the primary key: 40 upper-case hexadecimal characters. */
  public String fingerprint() {
    return HexFormat.of().withUpperCase().formatHex(certificate.getFingerprint());
  }

  /**
   * Returns the primary user id, for example {@code Ada <ada@example.org>}; foreign text, may be
   * empty.
   */
  public String owner() {
    OpenPGPCertificate.OpenPGPUserId user = certificate.getPrimaryUserId();
    return user == null ? "" : user.getUserId();
  }

  /** Returns when the key was made. */
  public Instant created() {
    return certificate.getPrimaryKey().getCreationTime().toInstant();
  }

  /** Returns when nothing can be encrypted to it any more; null for never. */
  public @Nullable Instant expires() {
    Instant whole = instant(certificate.getExpirationTime());
    Instant last = null;
    for (PGPPublicKey key : encryptionKeys) {
      long seconds = key.getValidSeconds();
      if (seconds == 0) {
        return whole;
      }
      Instant end = key.getCreationTime().toInstant().plusSeconds(seconds);
      last = last == null || end.isAfter(last) ? end : last;
    }
    return whole == null || (last != null && last.isBefore(whole)) ? last : whole;
  }

  private static @Nullable Instant instant(@Nullable Date date) {
    return date == null ? null : date.toInstant();
  }

  /** Returns whether something can be encrypted to it now. */
  public boolean opens() {
    return !encryptionKeys.isEmpty();
  }

  /** Returns whether it can sign now. */
  public boolean signs() {
    return !certificate.getSigningKeys().isEmpty();
  }

  /** Returns the public part as text. */
  public String armored() throws IOException {
    return KeyRings.armored(certificate.getPGPPublicKeyRing().getEncoded());
  }

  List<PGPPublicKey> encryptionKeys() {
    return encryptionKeys;
  }

  @Override
  public String toString() {
    return "Certificate(" + fingerprint() + ")";
  }
}
