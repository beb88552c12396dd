/**
 * Knows stacks: which Compose project a container belongs to, how it was started, its files, and
 * how to start, stop and recreate its services.
 */
@NullMarked
package dev.quayside.stack;

import org.jspecify.annotations.NullMarked;
