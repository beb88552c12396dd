package dev.quayside.backup.landing;

import dev.quayside.common.ProblemException;
import dev.quayside.common.Waiting;
import dev.quayside.journal.Intent;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Brings a restore to its end, and waits for a while for who uses a place at that moment: a
 * short-lived container is no reason to leave a stack with half a set and all its services stopped.
 */
final class Insisting {

  /** How often it is tried while the patience lasts. */
  private static final int TIMES = 30;

  private final LandingParts parts;
  private final LandingRecords records;

  Insisting(LandingParts parts, LandingRecords records) {
    this.parts = parts;
    this.records = records;
  }

  /** Takes back a restore that did not come to its end; returns what could not be done of it. */
  PutBack takeBack(LandingRecord record, Intent intent, Map<String, String> why)
      throws ProblemException, IOException {
    return insist(record, (end, now) -> end.takeBack(now, intent, why));
  }

  /** Undoes or accepts, as the record says; returns what could not be done of it. */
  PutBack carryOn(LandingRecord record, Intent intent) throws ProblemException, IOException {
    return insist(record, (end, now) -> end.carryOn(now, intent));
  }

  private interface Ending {
    PutBack run(LandingEnd end, LandingRecord now) throws ProblemException, IOException;
  }

  private PutBack insist(LandingRecord record, Ending ending) throws ProblemException, IOException {
    Attempt attempt = new Attempt(record, ending);
    Duration most = parts.patience();
    var _ = Waiting.until(attempt, most, most.dividedBy(TIMES));
    return attempt.end();
  }

  private final class Attempt implements Waiting.Check {

    private final LandingRecord record;
    private final Ending ending;
    private @Nullable PutBack end;
    private @Nullable IOException unreadable;
    private @Nullable ProblemException used;

    Attempt(LandingRecord record, Ending ending) {
      this.record = record;
      this.ending = ending;
    }

    @Override
    public boolean holds() throws ProblemException {
      try {
        LandingRecord now = Objects.requireNonNullElse(records.read(record.stack()), record);
        end = ending.run(new LandingEnd(parts, records), now);
        return true;
      } catch (IOException e) {
        unreadable = e;
        return true;
      } catch (ProblemException e) {
        String code = e.problem().code();
        if (!code.equals(LiveStack.IN_USE) && !code.equals(Users.SHARED)) {
          throw e;
        }
        used = e;
        return false;
      }
    }

    PutBack end() throws ProblemException, IOException {
      if (end != null) {
        return end;
      }
      if (unreadable != null) {
        throw unreadable;
      }
      throw Objects.requireNonNull(used);
    }
  }
}
