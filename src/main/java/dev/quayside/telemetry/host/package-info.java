/**
 * Measures the machine Quayside runs on. The only importer of OSHI, which it asks once, for names.
 */
@NullMarked
package dev.quayside.telemetry.host;

import org.jspecify.annotations.NullMarked;
