package dev.quayside.backup;

import dev.quayside.backup.keys.OwnKey;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Secret;
import dev.quayside.pgp.Certificate;
import dev.quayside.pgp.DerivedKey;
import dev.quayside.pgp.PgpEncryption;
import dev.quayside.pgp.SigningKey;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds what a new archive and its manifest are encrypted with. Of a passphrase only what it was
 * turned into is kept, once for each; the rest is wiped when closed.
 */
final class Lock implements AutoCloseable {

  private final @Nullable DerivedKey archive;
  private final @Nullable DerivedKey manifest;
  private final List<Certificate> certificates;
  private final @Nullable SigningKey signer;

  private Lock(DerivedKey archive, DerivedKey manifest) {
    this.archive = archive;
    this.manifest = manifest;
    this.certificates = List.of();
    this.signer = null;
  }

  private Lock(List<Certificate> certificates, @Nullable SigningKey signer) {
    this.archive = null;
    this.manifest = null;
    this.certificates = certificates;
    this.signer = signer;
  }

  /** Asks for the passphrase, or reads the certificates and the key that signs. */
  static Lock of(Protection protection, OwnKey own) throws IOException, ProblemException {
    return switch (protection) {
      case Protection.Passphrase passphrase -> {
        try (Secret secret = passphrase.source().passphrase(PassphraseSource.Purpose.PROTECT)) {
          yield new Lock(DerivedKey.of(secret), DerivedKey.of(secret));
        }
      }
      case Protection.Recipients recipients -> {
        List<Certificate> certificates = new ArrayList<>();
        for (Path file : recipients.certificates()) {
          certificates.addAll(Certificate.read(file));
        }
        yield new Lock(certificates, recipients.signed() ? own.get() : null);
      }
    };
  }

  /** Begins the encrypted message of the archive; once. */
  OutputStream encrypt(OutputStream sink) throws IOException {
    return encrypt(sink, archive);
  }

  /** Begins the encrypted message of the manifest; once. */
  OutputStream encryptManifest(OutputStream sink) throws IOException {
    return encrypt(sink, manifest);
  }

  private OutputStream encrypt(OutputStream sink, @Nullable DerivedKey key) throws IOException {
    return key == null
        ? PgpEncryption.toCertificates(sink, certificates, signer)
        : PgpEncryption.toDerived(sink, key);
  }

  @Override
  public void close() {
    if (archive != null) {
      archive.close();
    }
    if (manifest != null) {
      manifest.close();
    }
  }
}
