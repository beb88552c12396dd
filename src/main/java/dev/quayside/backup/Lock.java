package dev.quayside.backup;

import dev.quayside.common.ProblemException;
import dev.quayside.common.Secret;
import dev.quayside.pgp.Certificate;
import dev.quayside.pgp.PgpEncryption;
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

  private Lock(@Nullable Secret passphrase, List<Certificate> certificates) {
    this.passphrase = passphrase;
    this.certificates = certificates;
  }

  /** Asks for the passphrase or reads the certificates. */
  static Lock of(Protection protection) throws IOException, ProblemException {
    return switch (protection) {
      case Protection.Passphrase passphrase ->
          new Lock(passphrase.source().passphrase(PassphraseSource.Purpose.PROTECT), List.of());
      case Protection.Recipients recipients -> {
        List<Certificate> certificates = new ArrayList<>();
        for (Path file : recipients.certificates()) {
          certificates.addAll(Certificate.read(file));
        }
        yield new Lock(null, certificates);
      }
    };
  }

  /** Begins the encrypted message. */
  OutputStream encrypt(OutputStream sink) throws IOException {
    return passphrase == null
        ? PgpEncryption.toCertificates(sink, certificates)
        : PgpEncryption.toPassphrase(sink, passphrase);
  }

  @Override
  public void close() {
    if (passphrase != null) {
      passphrase.close();
    }
  }
}
