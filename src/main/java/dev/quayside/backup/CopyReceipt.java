package dev.quayside.backup;

import java.nio.file.Path;

/**
 * Proves a second copy: it was read back from where it was written, and is the same.
 *
 * @param copy where it lies
 * @param bytes its size
 * @param sha256 hash of the archive and of what was read back, in hexadecimal digits
 */
public record CopyReceipt(Path copy, long bytes, String sha256) {}
