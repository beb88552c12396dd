package dev.quayside.ui.backups;

import dev.quayside.backup.keys.KeyReminder;
import dev.quayside.backup.keys.ShelvedKey;
import dev.quayside.backup.landing.LandingReceipt;
import dev.quayside.backup.schedule.ScheduleRun;
import dev.quayside.backup.schedule.ScheduleStatus;
import dev.quayside.common.ProblemException;
import dev.quayside.ui.control.ExactTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells what stays so until somebody does something about it.
 *
 * @param pending restores over stacks that were neither accepted nor undone
 * @param schedules the plans by which backups make themselves
 * @param keys the keys that archives are made for, and the one that signs here
 * @param reminder whether it is time to type a passphrase
 */
record Standing(
    List<LandingReceipt> pending,
    List<ScheduleStatus> schedules,
    List<ShelvedKey> keys,
    KeyReminder reminder) {

  /** Makes the lists immutable. */
  Standing {
    pending = List.copyOf(pending);
    schedules = List.copyOf(schedules);
    keys = List.copyOf(keys);
  }

  /** Reads it from {@code desk} as it is {@code now}; may block. */
  static Standing read(BackupDesk desk, Instant now) throws ProblemException {
    List<ShelvedKey> keys = desk.keys().list();
    return new Standing(
        desk.landings().pending(), desk.schedules().all(), keys, KeyReminder.of(keys, now));
  }

  /**
   * Is one of it in a sentence.
   *
   * @param loud whether data is at stake, or it is only time for something
   * @param words the sentence
   */
  record Sentence(boolean loud, String words) {}

  /** Returns what is wrong with the plans, in a sentence each. */
  List<Sentence> alarms() {
    List<Sentence> all = new ArrayList<>();
    for (ScheduleStatus status : schedules) {
      String stack = status.plan().stack();
      if (ScheduleTexts.away(status)) {
        all.add(
            new Sentence(
                true,
                BackupsText.of("standing.away", stack, ScheduleTexts.missing(status.plan()))));
      }
      ScheduleRun last = status.last();
      if (last != null
          && (last.result() == ScheduleRun.Result.FAILED
              || last.result() == ScheduleRun.Result.REFUSED)) {
        all.add(
            new Sentence(true, BackupsText.of("standing.failed", stack, ScheduleTexts.last(last))));
      }
      if (status.missed() != null) {
        all.add(
            new Sentence(
                true, BackupsText.of("standing.missed", stack, ExactTime.text(status.missed()))));
      }
    }
    return all;
  }
}
