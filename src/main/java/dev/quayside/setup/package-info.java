/**
 * Looks at a machine before anything is set up on it, and says what is missing and which command
 * mends it.
 */
@NullMarked
package dev.quayside.setup;

import org.jspecify.annotations.NullMarked;
