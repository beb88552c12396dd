/**
 * Puts the samplers of this machine together: kernel or engine for the containers, the host, the
 * GPUs and Quayside itself.
 */
@NullMarked
package dev.quayside.telemetry.local;

import org.jspecify.annotations.NullMarked;
