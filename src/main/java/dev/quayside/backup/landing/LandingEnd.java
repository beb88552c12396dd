package dev.quayside.backup.landing;

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

  /**
   * Undoes or accepts, as the record says.
   *
   * @return where the old set was to be put back and is not kept any more
   */
  List<String> carryOn(LandingRecord record, Intent intent) throws ProblemException, IOException {
    List<String> gone = List.of();
    if (record.phase() == LandingRecord.Phase.ACCEPTING) {
      back.removeKept(record, intent);
    } else {
      gone = putBack(record, intent);
    }
    parts.reached(LandingStep.UNDONE);
    if (gone.isEmpty()) {
      intent.done(Map.of("archive", record.archive()));
    } else {
      intent.attention(Map.of("problem", PuttingBack.lost(record.stack(), gone).code()));
    }
    records.remove(record.stack());
    return gone;
  }

  /**
   * Takes back a restore that did not come to its end.
   *
   * @return where the old set is not kept any more
   */
  List<String> takeBack(LandingRecord record, Intent intent, Map<String, String> why)
      throws ProblemException, IOException {
    List<String> gone = putBack(record, intent);
    intent.failed(why);
    records.remove(record.stack());
    return gone;
  }

  /** Removes the new set only when it is written down that the old one is in use again. */
  private List<String> putBack(LandingRecord record, Intent intent)
      throws ProblemException, IOException {
    List<String> gone = List.of();
    LandingRecord clearing = record.in(LandingRecord.Phase.CLEARING, intent.id());
    if (record.phase() != LandingRecord.Phase.CLEARING) {
      gone = back.run(record, intent);
      records.write(clearing);
      parts.reached(LandingStep.PUT_BACK);
    }
    back.clear(clearing, intent);
    return gone;
  }
}
