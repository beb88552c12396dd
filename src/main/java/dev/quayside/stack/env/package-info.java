/**
 * Knows environment files byte for byte: what they set, how every reader understands it, how one
 * value is changed without touching another byte, and how the new content reaches the disk.
 */
@NullMarked
package dev.quayside.stack.env;

import org.jspecify.annotations.NullMarked;
