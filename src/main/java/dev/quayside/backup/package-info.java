/**
 * Saves a stack's data in encrypted archives that stock {@code gpg} and {@code tar} open, verifies
 * archives byte by byte, and restores them into an empty folder.
 */
@NullMarked
package dev.quayside.backup;

import org.jspecify.annotations.NullMarked;
