package dev.quayside.backup.landing;

import dev.quayside.common.Home;
import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;

/** Lists the restores over stacks that were neither accepted nor undone; asks no engine. */
public final class PendingLandings {

  private final LandingRecords records;

  /** Reads the records in the state folder. */
  public PendingLandings(Home home) {
    this.records = new LandingRecords(home);
  }

  /**
   * Returns them, oldest first. Reads one small file for each.
   *
   * @throws ProblemException if a record cannot be read
   */
  public List<LandingReceipt> list() throws ProblemException {
    try {
      return records.all().stream()
          .filter(record -> record.phase() == LandingRecord.Phase.LANDED)
          .sorted(Comparator.comparing(LandingRecord::at))
          .map(record -> LandingReceipt.of(record, LandingReceipt.State.RESTORED, List.of()))
          .toList();
    } catch (IOException e) {
      throw new ProblemException(
          Messages.of("landing").problem("LANDING-RECORDS").withDetail(String.valueOf(e)), e);
    }
  }
}
