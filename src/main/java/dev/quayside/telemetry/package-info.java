/**
 * Samples what containers, the host and the GPUs use. Whatever could not be measured is absent,
 * never zero.
 */
@NullMarked
package dev.quayside.telemetry;

import org.jspecify.annotations.NullMarked;
