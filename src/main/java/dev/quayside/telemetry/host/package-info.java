/**
 * Measures the machine Quayside runs on. The only importer of OSHI, which tells names and disks
 * once, and each second only what the kernel's files do not tell.
 */
@NullMarked
package dev.quayside.telemetry.host;

import org.jspecify.annotations.NullMarked;
