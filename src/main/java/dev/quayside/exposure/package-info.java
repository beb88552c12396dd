/** Judges who can reach a published port, from what is declared and bound. */
@NullMarked
package dev.quayside.exposure;

import org.jspecify.annotations.NullMarked;
