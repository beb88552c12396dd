/**
 * Keeps the keys that backups go by: the one that signs what this installation makes, and those
 * that archives are encrypted to.
 */
@NullMarked
package dev.quayside.backup.keys;

import org.jspecify.annotations.NullMarked;
