/**
 * Understands a stack from its folder, without changing a byte of it: which kind it is, how its
 * owner calls Compose, and what Compose says of its files.
 */
@NullMarked
package dev.quayside.stack.adopt;

import org.jspecify.annotations.NullMarked;
