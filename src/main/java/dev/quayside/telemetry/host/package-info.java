/**
 * Measures the machine Quayside runs on. The only importer of OSHI, of which it calls nothing each
 * second but what OSHI answers from one small file.
 */
@NullMarked
package dev.quayside.telemetry.host;

import org.jspecify.annotations.NullMarked;
