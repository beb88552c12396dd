package dev.quayside.app;

import dev.quayside.common.Home;
import dev.quayside.common.ProblemException;
import dev.quayside.journal.Journal;
import java.time.InstantSource;

/**
 * Opens the journal of the demo, in a folder of its own: what only happened in a play must never
 * stand among the proofs of what really happened.
 */
final class DemoJournal {

  private DemoJournal() {}

  static Journal open(Home home, InstantSource clock) throws ProblemException {
    return Journal.open(new Home(home.config(), home.state().resolve("demo"), home.cache()), clock);
  }
}
