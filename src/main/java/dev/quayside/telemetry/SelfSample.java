package dev.quayside.telemetry;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Holds what Quayside itself uses, children included.
 *
 * @param cpuShareOfCore 1.0 is one core
 * @param residentBytes resident memory
 */
public record SelfSample(OptionalDouble cpuShareOfCore, OptionalLong residentBytes) {}
