package dev.quayside.ui.backups;

import dev.quayside.backup.schedule.SchedulePlan;
import dev.quayside.backup.schedule.ScheduleRun;
import dev.quayside.backup.schedule.ScheduleStatus;
import dev.quayside.ui.control.ExactTime;
import dev.quayside.ui.control.TonePill.Tone;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Words how the plans stand by which backups make themselves. */
final class ScheduleTexts {

  private ScheduleTexts() {}

  /** Returns the plan of {@code stack}; null if it has none. */
  static @Nullable ScheduleStatus of(List<ScheduleStatus> all, String stack) {
    return all.stream().filter(one -> one.plan().stack().equals(stack)).findFirst().orElse(null);
  }

  /** Writes the card of one stack. */
  static SideCard.Said card(@Nullable ScheduleStatus status, String stack) {
    return status == null
        ? new SideCard.Said(
            Tone.OFF, BackupsText.of("schedule.none"), BackupsText.of("schedule.none.text", stack))
        : new SideCard.Said(tone(status), word(status), text(status));
  }

  /** Writes the card while all stacks are chosen. */
  static SideCard.Said card(List<ScheduleStatus> all) {
    if (all.isEmpty()) {
      return new SideCard.Said(
          Tone.OFF, BackupsText.of("schedule.none"), BackupsText.of("schedule.none.all"));
    }
    List<String> lines =
        all.stream()
            .map(one -> BackupsText.of("schedule.line", one.plan().stack(), word(one), next(one)))
            .toList();
    ScheduleStatus worst = all.getFirst();
    for (ScheduleStatus one : all) {
      if (weight(tone(one)) > weight(tone(worst))) {
        worst = one;
      }
    }
    return new SideCard.Said(tone(worst), word(worst), String.join(" ", lines));
  }

  private static int weight(Tone tone) {
    return switch (tone) {
      case BAD -> 3;
      case WARN -> 2;
      case UNKNOWN -> 1;
      case GOOD, INFO, OFF -> 0;
    };
  }

  /** Returns the first folder of a plan that is not there. */
  static String missing(SchedulePlan plan) {
    SchedulePlan.Target second = plan.second();
    return second != null && plan.target().present()
        ? second.folder().toString()
        : plan.target().folder().toString();
  }

  /** Returns whether the disk that the archives go to is away. */
  static boolean away(ScheduleStatus status) {
    SchedulePlan.Target second = status.plan().second();
    return !status.plan().target().present() || (second != null && !second.present());
  }

  static Tone tone(ScheduleStatus status) {
    ScheduleRun last = status.last();
    ScheduleRun.Result result = last == null ? null : last.result();
    if (result == ScheduleRun.Result.FAILED || result == ScheduleRun.Result.REFUSED) {
      return Tone.BAD;
    }
    if (away(status)
        || status.missed() != null
        || status.next() == null
        || result == ScheduleRun.Result.ATTENTION) {
      return Tone.WARN;
    }
    return Tone.INFO;
  }

  private static String word(ScheduleStatus status) {
    if (away(status)) {
      return BackupsText.of("schedule.away");
    }
    if (status.missed() != null) {
      return BackupsText.of("schedule.missed");
    }
    ScheduleRun last = status.last();
    ScheduleRun.Result result = last == null ? null : last.result();
    if (result == null) {
      return BackupsText.of("schedule.planned");
    }
    return switch (result) {
      case DONE -> BackupsText.of("schedule.runs");
      case ATTENTION -> BackupsText.of("schedule.attention");
      case FAILED, REFUSED -> BackupsText.of("schedule.failed");
    };
  }

  private static String next(ScheduleStatus status) {
    return status.next() == null ? BackupsText.of("schedule.never") : ExactTime.text(status.next());
  }

  private static String text(ScheduleStatus status) {
    List<String> sentences = new ArrayList<>();
    if (status.missed() != null) {
      sentences.add(BackupsText.of("schedule.missed.text", ExactTime.text(status.missed())));
    }
    sentences.add(BackupsText.of("schedule.next", next(status)));
    sentences.add(last(status.last()));
    // What weakens the plan is said in full in the sheet.
    if (!status.warnings().isEmpty()) {
      String first = BackupsText.line(status.warnings().getFirst());
      sentences.add(first.endsWith(".") ? first : first + ".");
    }
    if (status.warnings().size() > 1) {
      sentences.add(BackupsText.of("schedule.more", status.warnings().size() - 1));
    }
    return String.join(" ", sentences);
  }

  /** Says how the last run ended. */
  static String last(@Nullable ScheduleRun run) {
    if (run == null) {
      return BackupsText.of("schedule.last.never");
    }
    String started = ExactTime.text(run.started());
    ScheduleRun.Result result = run.result();
    if (result == null) {
      return BackupsText.of("schedule.last.open", started);
    }
    String title = run.title() == null ? "" : run.title();
    return switch (result) {
      case DONE -> BackupsText.of("schedule.last.done", started);
      case ATTENTION -> BackupsText.of("schedule.last.attention", started, title);
      case FAILED, REFUSED -> BackupsText.of("schedule.last.failed", started, title);
    };
  }
}
