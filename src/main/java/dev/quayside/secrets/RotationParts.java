package dev.quayside.secrets;

import dev.quayside.catalogue.Catalogue;
import dev.quayside.common.Home;
import dev.quayside.common.StepBoundary;
import dev.quayside.engine.EngineSource;
import dev.quayside.engine.compose.Compose;
import dev.quayside.journal.Journal;
import dev.quayside.journal.JournaledEngine;
import dev.quayside.stack.Recreation;
import dev.quayside.stack.settings.EnvParts;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Holds what a rotation works with.
 *
 * @param engines gives connections for reading
 * @param control changes containers
 * @param compose reads definitions
 * @param recreation makes containers anew
 * @param journal records
 * @param catalogue knows secrets
 * @param home where records, receipts and copies lie
 * @param time the clock for people
 * @param nanoClock the clock for durations
 * @param boundary marks steps for tests that kill
 * @param patience how long the consumers may take to become ready and to accept the new value
 */
public record RotationParts(
    EngineSource engines,
    JournaledEngine control,
    Compose compose,
    Recreation recreation,
    Journal journal,
    Catalogue catalogue,
    Home home,
    InstantSource time,
    LongSupplier nanoClock,
    StepBoundary boundary,
    Duration patience) {

  /** Returns what edits of environment files work with. */
  EnvParts editor() {
    return new EnvParts(engines, compose, journal, catalogue, home, time, boundary);
  }
}
