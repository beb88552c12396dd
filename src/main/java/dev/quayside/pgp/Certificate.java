package dev.quayside.pgp;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.api.OpenPGPCertificate;
import org.bouncycastle.openpgp.api.OpenPGPCertificate.OpenPGPComponentKey;
import org.bouncycastle.openpgp.api.bc.BcOpenPGPApi;

/**
 * Holds somebody's public key as far as it can be encrypted to: its binding signatures hold, it is
 * neither expired nor revoked, and the policy allows its algorithm and size.
 */
public final class Certificate {

  private static final long MOST_BYTES = 4L << 20;

  private final String fingerprint;
  private final String owner;
  private final List<PGPPublicKey> encryptionKeys;

  private Certificate(String fingerprint, String owner, List<PGPPublicKey> encryptionKeys) {
    this.fingerprint = fingerprint;
    this.owner = owner;
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
    List<Certificate> certificates = new ArrayList<>();
    for (OpenPGPCertificate certificate : parse(bytes)) {
      certificates.add(usable(certificate));
    }
    if (certificates.isEmpty()) {
      throw new PgpException(
          PgpException.Reason.UNUSABLE_KEY, "no public key in " + file.getFileName());
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

  private static Certificate usable(OpenPGPCertificate certificate) throws PgpException {
    String fingerprint = HexFormat.of().withUpperCase().formatHex(certificate.getFingerprint());
    List<PGPPublicKey> keys = new ArrayList<>();
    for (OpenPGPComponentKey component : certificate.getEncryptionKeys()) {
      PGPPublicKey key = component.getPGPPublicKey();
      if (key.getVersion() == PgpPolicy.KEY_VERSION
          && PgpPolicy.encryptsTo(key.getAlgorithm(), key.getBitStrength())) {
        keys.add(key);
      }
    }
    if (keys.isEmpty()) {
      throw new PgpException(
          PgpException.Reason.UNUSABLE_KEY,
          String.format(Locale.ROOT, "key %s has no valid part to encrypt to", fingerprint));
    }
    OpenPGPCertificate.OpenPGPUserId user = certificate.getPrimaryUserId();
    return new Certificate(fingerprint, user == null ? "" : user.getUserId(), List.copyOf(keys));
  }

  /** Returns the fingerprint of the primary key: 40 upper-case hexadecimal characters. */
  public String fingerprint() {
    return fingerprint;
  }

  /**
   * Returns the primary user id, for example {@code Ada <ada@example.org>}; foreign text, may be
   * empty.
   */
  public String owner() {
    return owner;
  }

  List<PGPPublicKey> encryptionKeys() {
    return encryptionKeys;
  }

  @Override
  public String toString() {
    return "Certificate(" + fingerprint + ")";
  }
}
