package dev.quayside.backup.landing;

import dev.quayside.backup.ForeignDump;
import dev.quayside.backup.PartStaging;
import dev.quayside.common.Outcome;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import java.io.IOException;
import java.nio.file.Path;

/** Reads a file with one dump that Quayside did not make. */
record ForeignReading(LandingParts parts, ForeignDump.Wanted wanted, boolean functions)
    implements LandingRun.Reading {

  @Override
  public Outcome<PartStaging.Staged> read(PartStaging.Routing routing, Progress progress) {
    return new ForeignDump(parts.home(), parts.time()).stage(wanted, routing, progress);
  }

  @Override
  public boolean sealed() {
    return false;
  }

  @Override
  public void load(DatabaseLanding database, LandingRecord.DatabaseSwap swap, Path dump)
      throws ProblemException, IOException, PartStaging.Refusal {
    database.loadForeign(swap, dump, functions);
  }
}
