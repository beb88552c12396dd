package dev.quayside.backup.landing;

import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.journal.Intent;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Brings what was begun with a kept set to its end, for the first time or after a kill. */
final class LandingEnd {

  private final LandingParts parts;
  private final LandingRecords records;
  private final PuttingBack back;

  LandingEnd(LandingParts parts, LandingRecords records) {
    this.parts = parts;
    this.records = records;
    this.back = new PuttingBack(parts);
  }

  /** Undoes or accepts, as the record says; returns what could not be done of it. */
  PutBack carryOn(LandingRecord record, Intent intent) throws ProblemException, IOException {
    PutBack end =
        record.phase() == LandingRecord.Phase.ACCEPTING
            ? new PutBack(List.of(), List.of(), back.removeKept(record, intent))
            : putBack(record, intent);
    parts.reached(LandingStep.UNDONE);
    Problem problem = end.problem(record.stack());
    if (problem == null) {
      intent.done(Map.of("archive", record.archive()));
    } else {
      intent.attention(Map.of("problem", problem.code()));
    }
    records.remove(record.stack());
    return end;
  }

  /** Takes back a restore that did not come to its end; returns what could not be done of it. */
  PutBack takeBack(LandingRecord record, Intent intent, Map<String, String> why)
      throws ProblemException, IOException {
    PutBack end = putBack(record, intent);
    intent.failed(why);
    records.remove(record.stack());
    return end;
  }

  /** Removes the new set only when it is written down that the old one is in use again. */
  private PutBack putBack(LandingRecord record, Intent intent)
      throws ProblemException, IOException {
    PutBack end = new PutBack(List.of(), List.of(), Remains.NONE);
    LandingRecord last = record;
    if (record.phase() != LandingRecord.Phase.CLEARING) {
      last = back.asItRuns(record, intent);
      if (!last.equals(record)) {
        records.write(last);
      }
      end = back.run(last, intent);
    }
    LandingRecord clearing = last.in(LandingRecord.Phase.CLEARING, intent.id());
    if (record.phase() != LandingRecord.Phase.CLEARING) {
      records.write(clearing);
      parts.reached(LandingStep.PUT_BACK);
    }
    return end.with(back.clear(clearing, intent));
  }
}
