/**
 * Makes a backup in a process of its own, whose compiler is set for bulk work: that of the window
 * has no fast cipher.
 */
@NullMarked
package dev.quayside.backup.apart;

import org.jspecify.annotations.NullMarked;
