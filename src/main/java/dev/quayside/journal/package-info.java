/**
 * Keeps the append-only, hash-chained record of what the operator and Quayside did; the only
 * package that calls the changing methods of engine and Compose.
 */
@NullMarked
package dev.quayside.journal;

import org.jspecify.annotations.NullMarked;
