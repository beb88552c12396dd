package dev.quayside.pgp;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.bcpg.ArmoredOutputStream;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPSecretKeyRing;
import org.bouncycastle.openpgp.PGPSecretKeyRingCollection;
import org.bouncycastle.openpgp.PGPUtil;
import org.bouncycastle.openpgp.operator.bc.BcKeyFingerprintCalculator;

/**
 * Reads secret keys out of files, also where a text for people stands before them, and writes keys
 * as text.
 */
final class KeyRings {

  private static final String BEGIN = "-----BEGIN PGP PRIVATE KEY BLOCK-----";
  private static final byte[] ARMOR = BEGIN.getBytes(StandardCharsets.US_ASCII);

  private KeyRings() {}

  /**
   * Returns the secret keys in {@code encoded}, at least one.
   *
   * @throws PgpException if there is none
   */
  static List<PGPSecretKeyRing> secret(byte[] encoded) throws IOException {
    List<PGPSecretKeyRing> rings = new ArrayList<>();
    int from = armor(encoded);
    try (InputStream decoded =
        PGPUtil.getDecoderStream(new ByteArrayInputStream(encoded, from, encoded.length - from))) {
      new PGPSecretKeyRingCollection(decoded, new BcKeyFingerprintCalculator()).forEach(rings::add);
    } catch (PGPException | RuntimeException e) {
      throw new PgpException(PgpException.Reason.UNUSABLE_KEY, "not a secret key", e);
    }
    if (rings.isEmpty()) {
      throw new PgpException(PgpException.Reason.UNUSABLE_KEY, "no secret key");
    }
    return rings;
  }

  /** Returns {@code packets} as text. */
  static String armored(byte[] packets) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try (ArmoredOutputStream armor = ArmoredOutputStream.builder().clearHeaders().build(text)) {
      armor.write(packets);
    }
    return text.toString(StandardCharsets.US_ASCII);
  }

  /** Returns where the armor begins; 0 if there is none. */
  private static int armor(byte[] encoded) {
    for (int i = 0; i + ARMOR.length <= encoded.length; i++) {
      if (encoded[i] == ARMOR[0]
          && Arrays.equals(encoded, i, i + ARMOR.length, ARMOR, 0, ARMOR.length)) {
        return i;
      }
    }
    return 0;
  }
}
