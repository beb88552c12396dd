/**
 * Reads NVIDIA GPUs through the driver's own tool, as two processes that run as long as Quayside
 * does. A tool that is missing, broken, frozen or hung shows as that and holds nothing else up.
 */
@NullMarked
package dev.quayside.telemetry.gpu;

import org.jspecify.annotations.NullMarked;
