package dev.quayside.backup;

import dev.quayside.common.ProblemException;
import dev.quayside.pgp.Certificate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Tells how a new archive is protected. */
public sealed interface Protection {

  /** Whoever knows the passphrase can open the archive, and nobody else could have made it. */
  record Passphrase(PassphraseSource source) implements Protection {}

  /**
   * Whoever holds one of the secret keys can open the archive; nothing secret is needed to make it.
   * Such archives are not signed yet, so their origin is unknown to the reader.
   *
   * @param certificates files with public keys, armored or binary, for example from {@code gpg
   *     --export}
   */
  record Recipients(List<Path> certificates) implements Protection {
    /** Makes the list immutable. */
    public Recipients {
      certificates = List.copyOf(certificates);
    }
  }

  /**
   * Reads public keys and throws away what was read.
   *
   * @throws ProblemException if a file holds none that can be encrypted to
   */
  static void check(List<Path> certificates) throws ProblemException {
    for (Path file : certificates) {
      try {
        Certificate.read(file);
      } catch (IOException e) {
        throw new ProblemException(ArchiveProblems.of(e, file), e);
      }
    }
  }
}
