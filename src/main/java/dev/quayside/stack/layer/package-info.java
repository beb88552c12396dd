/**
 * Keeps the data in a container's writable layer safe when the container is made anew: finds it,
 * refuses what nobody knows, and carries over what the catalogue names.
 */
@NullMarked
package dev.quayside.stack.layer;

import org.jspecify.annotations.NullMarked;
