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
   * Anybody could make such an archive, so it is signed with the key of this installation.
   *
   * @param certificates files with public keys, armored or binary, for example from {@code gpg
   *     --export}
   * @param signed whether it is signed; if not, its origin is unknown to every reader
   */
  record Recipients(List<Path> certificates, boolean signed) implements Protection {
    /** Makes the list immutable. */
    public Recipients {
      certificates = List.copyOf(certificates);
    }

    /** Signs, which is what everybody wants. */
    public Recipients(List<Path> certificates) {
      this(certificates, true);
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
