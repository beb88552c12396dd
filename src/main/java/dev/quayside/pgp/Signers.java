package dev.quayside.pgp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.api.OpenPGPCertificate;
import org.bouncycastle.openpgp.api.OpenPGPCertificate.OpenPGPComponentKey;
import org.jspecify.annotations.Nullable;

/** Holds the keys whose signatures are worth something to the reader. */
public final class Signers {

  private static final Signers NONE = new Signers(List.of());

  private final List<OpenPGPCertificate> certificates;

  private Signers(List<OpenPGPCertificate> certificates) {
    this.certificates = certificates;
  }

  /** Returns none: every signature is by somebody unknown. */
  public static Signers none() {
    return NONE;
  }

  /**
   * Reads certificates, armored or binary. They need not be usable any more: what was signed while
   * they were stays signed.
   *
   * @throws PgpException if one of them is no certificate
   */
  public static Signers of(List<byte[]> encoded) throws IOException {
    List<OpenPGPCertificate> certificates = new ArrayList<>();
    for (byte[] each : encoded) {
      certificates.addAll(Certificate.parse(each));
    }
    return new Signers(List.copyOf(certificates));
  }

  /** A key that may have signed, and whose it is. */
  record Candidate(PGPPublicKey key, OpenPGPCertificate certificate) {

    /** Returns the fingerprint of the primary key. */
    String fingerprint() {
      return HexFormat.of().withUpperCase().formatHex(certificate.getFingerprint());
    }

    /** Returns whether the key might sign at {@code time}: bound, not expired, not revoked. */
    boolean valid(Date time) {
      return certificate.getSigningKeys(time).stream()
          .anyMatch(each -> each.getPGPPublicKey().getKeyID() == key.getKeyID());
    }
  }

  /** Returns the key with this number, if it is known and the policy counts what it signs. */
  @Nullable Candidate candidate(long keyId, int hash) {
    for (OpenPGPCertificate certificate : certificates) {
      for (OpenPGPComponentKey component : certificate.getKeys()) {
        PGPPublicKey key = component.getPGPPublicKey();
        if (key.getKeyID() == keyId
            && key.getVersion() == PgpPolicy.KEY_VERSION
            && PgpPolicy.signsWith(key.getAlgorithm(), key.getBitStrength(), hash)) {
          return new Candidate(key, certificate);
        }
      }
    }
    return null;
  }
}
