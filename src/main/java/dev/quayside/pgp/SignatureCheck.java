package dev.quayside.pgp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPOnePassSignature;
import org.bouncycastle.openpgp.PGPOnePassSignatureList;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureList;
import org.bouncycastle.openpgp.bc.BcPGPObjectFactory;
import org.jspecify.annotations.Nullable;

/**
 * Checks the signatures around the data of a message while it is read. One by a key that is not
 * known, or of a kind that the policy does not count, is as good as none.
 */
final class SignatureCheck {

  private final Signers signers;
  private final List<Announced> announced = new ArrayList<>();
  private @Nullable BcPGPObjectFactory rest;
  private volatile @Nullable String signer;

  private record Announced(Signers.Candidate candidate, PGPOnePassSignature signature) {}

  SignatureCheck(Signers signers) {
    this.signers = signers;
  }

  /** Takes what stands before the data and tells which signatures stand behind it. */
  void announced(PGPOnePassSignatureList list) throws PGPException {
    if (list.size() > PgpPolicy.MOST_SIGNATURES) {
      throw new PGPException("more signatures than anybody needs");
    }
    for (PGPOnePassSignature each : list) {
      Signers.Candidate candidate =
          each.getSignatureType() == PGPSignature.BINARY_DOCUMENT
              ? signers.candidate(each.getKeyID(), each.getHashAlgorithm())
              : null;
      if (candidate != null && candidate.key().getAlgorithm() == each.getKeyAlgorithm()) {
        each.init(new Ed25519Signing(), candidate.key());
        announced.add(new Announced(candidate, each));
      }
    }
  }

  /** Takes the reader of what stands behind the data. */
  void after(BcPGPObjectFactory objects) {
    rest = objects;
  }

  /** Takes a piece of the data. */
  void update(byte[] data, int offset, int length) {
    for (Announced each : announced) {
      each.signature().update(data, offset, length);
    }
  }

  /**
   * Reads the signatures behind the data.
   *
   * @throws PgpException if one that was announced for a known key is missing or false
   */
  void end() throws IOException {
    BcPGPObjectFactory objects = rest;
    rest = null;
    if (announced.isEmpty() || objects == null) {
      return;
    }
    List<PGPSignature> signatures = new ArrayList<>();
    for (Object next = objects.nextObject(); next != null; next = objects.nextObject()) {
      if (next instanceof PGPSignatureList list) {
        list.forEach(signatures::add);
      }
    }
    for (Announced each : announced) {
      PGPSignature signature = find(signatures, each.signature());
      if (signature == null || !holds(each.signature(), signature)) {
        throw new PgpException(
            PgpException.Reason.BAD_SIGNATURE, "not by " + each.candidate().fingerprint());
      }
      if (signer == null && each.candidate().valid(signature.getCreationTime())) {
        signer = each.candidate().fingerprint();
      }
    }
  }

  private static @Nullable PGPSignature find(
      List<PGPSignature> signatures, PGPOnePassSignature announced) {
    return signatures.stream()
        .filter(each ->
            each.getVersion() == PgpPolicy.SIGNATURE_VERSION
                && each.getKeyID() == announced.getKeyID()
                && each.getKeyAlgorithm() == announced.getKeyAlgorithm()
                && each.getHashAlgorithm() == announced.getHashAlgorithm()
                && each.getSignatureType() == announced.getSignatureType())
        .findFirst()
        .orElse(null);
  }

  private static boolean holds(PGPOnePassSignature announced, PGPSignature signature) {
    try {
      return announced.verify(signature);
    } catch (PGPException | RuntimeException e) {
      return false; // no signature at all comes out of what stands there
    }
  }

  /** Returns the fingerprint of the first known signer; null if there is none. */
  @Nullable String signer() {
    return signer;
  }
}
