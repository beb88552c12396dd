package dev.quayside.backup;

/**
 * Names a secret of the stack by a fingerprint that is worth nothing without the manifest's salt,
 * which lies beside it, encrypted.
 *
 * @param name what the stack calls it
 * @param hmacSha256 HMAC-SHA-256 of its value under the salt, hexadecimal
 */
public record SecretFingerprint(String name, String hmacSha256) {

  /** Gives the fingerprints of a stack's secrets. */
  @FunctionalInterface
  public interface Source {

    /** Returns them; {@code salt} is not to be kept. */
    java.util.List<SecretFingerprint> of(String stack, byte[] salt);

    /** Returns a source without secrets. */
    static Source none() {
      return (stack, salt) -> java.util.List.of();
    }
  }
}
