package dev.quayside.backup.landing;

import dev.quayside.common.ProblemException;
import dev.quayside.journal.Intent;
import java.io.IOException;
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

  /** Undoes or accepts, as the record says. */
  void carryOn(LandingRecord record, Intent intent) throws ProblemException, IOException {
    if (record.phase() == LandingRecord.Phase.ACCEPTING) {
      back.removeKept(record, intent);
    } else {
      putBack(record, intent);
    }
    parts.reached(LandingStep.UNDONE);
    intent.done(Map.of("archive", record.archive()));
    records.remove(record.stack());
  }

  /** Takes back a restore that did not come to its end. */
  void takeBack(LandingRecord record, Intent intent, Map<String, String> why)
      throws ProblemException, IOException {
    putBack(record, intent);
    intent.failed(why);
    records.remove(record.stack());
  }

  /** Removes the new set only when it is written down that the old one is in use again. */
  private void putBack(LandingRecord record, Intent intent) throws ProblemException, IOException {
    LandingRecord clearing = record.in(LandingRecord.Phase.CLEARING, intent.id());
    if (record.phase() != LandingRecord.Phase.CLEARING) {
      back.run(record, intent);
      records.write(clearing);
      parts.reached(LandingStep.PUT_BACK);
    }
    back.clear(clearing, intent);
  }
}
