/**
 * Speaks to the Docker Engine and to Compose: where the engine is, what runs on it, what changes,
 * and the few calls that change it.
 */
@NullMarked
package dev.quayside.engine;

import org.jspecify.annotations.NullMarked;
