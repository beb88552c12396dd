/**
 * Reads the kernel's text files again and again without opening them anew and without making
 * garbage.
 */
@NullMarked
package dev.quayside.telemetry.kernel;

import org.jspecify.annotations.NullMarked;
