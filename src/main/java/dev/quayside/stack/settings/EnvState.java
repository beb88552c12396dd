package dev.quayside.stack.settings;

import dev.quayside.common.Home;
import dev.quayside.journal.Journal;
import java.time.InstantSource;

/**
 * Holds what is kept of saves: their records, the history, and the journal. Nothing here needs an
 * engine.
 */
record EnvState(
    Home home, EnvStore store, EnvHistory history, Journal journal, InstantSource time) {

  static EnvState in(Home home, Journal journal, InstantSource time) {
    return new EnvState(home, new EnvStore(home), new EnvHistory(home), journal, time);
  }
}
