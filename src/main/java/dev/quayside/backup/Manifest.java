package dev.quayside.backup;

import java.util.List;

/**
 * Lists what an archive holds, in a small file of its own that can be read and believed without
 * reading the archive: {@code plan.json} and {@code seal.json}, and what binds it to the archive's
 * file.
 *
 * @param archive the file it belongs to
 * @param plan as in the archive
 * @param secrets fingerprints of the stack's secrets
 * @param seal as in the archive, without its entries
 */
record Manifest(FileFactsOf archive, ArchivePlan plan, Secrets secrets, Seal seal) {

  /** Version of the format that is written; also the newest that is read. */
  static final int FORMAT = 1;

  /**
   * How much of the archive's beginning is hashed by itself, so that it can be compared at once.
   */
  static final int HEAD = 1 << 20;

  /**
   * Describes the archive's file.
   *
   * @param id identity of the archive
   * @param bytes its size
   * @param sha256 hash of all of it, hexadecimal
   * @param headSha256 hash of its first bytes, at most {@link #HEAD}
   */
  record FileFactsOf(String id, long bytes, String sha256, String headSha256) {}

  /**
   * Holds the fingerprints of secrets.
   *
   * @param salt of all of them, hexadecimal; random for each archive
   */
  record Secrets(String salt, List<SecretFingerprint> fingerprints) {
    /** Makes the list immutable. */
    Secrets {
      fingerprints = List.copyOf(fingerprints);
    }
  }
}
