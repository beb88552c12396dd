/**
 * Joins engine, telemetry, stack and exposure into the one snapshot that the window paints and the
 * {@code status} verb prints.
 */
@NullMarked
package dev.quayside.exposure.status;

import org.jspecify.annotations.NullMarked;
