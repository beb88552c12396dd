/**
 * Reads what containers use straight from the kernel: control groups of version 1, version 2 and
 * both side by side, and the network counters of their processes. It sends nothing to the engine
 * and needs no rights.
 */
@NullMarked
package dev.quayside.telemetry.cgroup;

import org.jspecify.annotations.NullMarked;
