package dev.quayside.backup.keys;

import dev.quayside.common.Home;
import dev.quayside.pgp.Certificate;
import dev.quayside.pgp.Signers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Knows whose signatures are worth something here: our own, and those of keys that the operator
 * imported.
 */
public final class KnownSigners {

  private final @Nullable String own;
  private final Signers keys;

  private KnownSigners(@Nullable String own, Signers keys) {
    this.own = own;
    this.keys = keys;
  }

  /** Reads the keys of this installation. */
  public static KnownSigners of(Home home) throws IOException {
    List<byte[]> certificates = new ArrayList<>();
    Certificate own = OwnKey.certificate(home);
    if (own != null) {
      certificates.add(own.armored().getBytes(StandardCharsets.US_ASCII));
    }
    certificates.addAll(new KeyShelf(home).certificates());
    return new KnownSigners(own == null ? null : own.fingerprint(), Signers.of(certificates));
  }

  /** Returns what signatures are checked with. */
  public Signers keys() {
    return keys;
  }

  /** Returns whether the key with this fingerprint is this installation's own. */
  public boolean ours(String fingerprint) {
    return fingerprint.equals(own);
  }
}
