package dev.quayside.backup;

import dev.quayside.backup.keys.OwnKey;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Secret;
import dev.quayside.pgp.Certificate;
import dev.quayside.pgp.PgpEncryption;
import dev.quayside.pgp.SigningKey;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Holds what a new archive is encrypted with; the passphrase is wiped when closed. */
final class Lock implements AutoCloseable {

  private final @Nullable Secret passphrase;
  private final List<Certificate> certificates;
  private final @Nullable SigningKey signer;

  private Lock(
      @Nullable Secret passphrase, List<Certificate> certificates, @Nullable SigningKey signer) {
    this.passphrase = passphrase;
    this.certificates = certificates;
    this.signer = signer;
  }

  /** Asks for the passphrase, or reads the certificates and the key that signs. */
  static Lock of(Protection protection, OwnKey own) throws IOException, ProblemException {
    return switch (protection) {
      case Protection.Passphrase passphrase ->
          new Lock(
              passphrase.source().passphrase(PassphraseSource.Purpose.PROTECT), List.of(), null);
      case Protection.Recipients recipients -> {
        List<Certificate> certificates = new ArrayList<>();
        for (Path file : recipients.certificates()) {
          certificates.addAll(Certificate.read(file));
        }
        yield new Lock(null, certificates, recipients.signed() ? own.get() : null);
      }
    };
  }

  /** Begins the encrypted message. */
  OutputStream encrypt(OutputStream sink) throws IOException {
    return passphrase == null
        ? PgpEncryption.toCertificates(sink, certificates, signer)
        : PgpEncryption.toPassphrase(sink, passphrase);
  }

  @Override
  public void close() {
    if (passphrase != null) {
      passphrase.close();
    }
  }
}
