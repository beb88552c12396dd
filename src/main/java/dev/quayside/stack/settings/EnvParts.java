package dev.quayside.stack.settings;

import dev.quayside.catalogue.Catalogue;
import dev.quayside.common.Home;
import dev.quayside.common.StepBoundary;
import dev.quayside.engine.EngineSource;
import dev.quayside.engine.compose.Compose;
import dev.quayside.journal.Journal;
import java.time.InstantSource;

/**
 * Holds what the operations on environment files work with.
 *
 * @param engines tells which container has mounted what
 * @param compose reads definitions
 * @param journal records
 * @param catalogue knows kinds and secrets
 * @param home where records and history lie
 * @param time the clock for people
 * @param boundary marks steps for tests that kill
 */
public record EnvParts(
    EngineSource engines,
    Compose compose,
    Journal journal,
    Catalogue catalogue,
    Home home,
    InstantSource time,
    StepBoundary boundary) {

  EnvJudge judge(EnvTarget target) {
    return EnvJudge.of(catalogue, catalogue.kind(target.stack().kind(), target.stack().era()));
  }
}
