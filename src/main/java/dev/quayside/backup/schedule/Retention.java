package dev.quayside.backup.schedule;

import dev.quayside.backup.ShelvedArchive;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Says how many archives are kept: the newest ones, and the newest of each of the last days, weeks
 * and months that have one. Zeros everywhere mean that nothing is ever removed.
 *
 * @param last how many of the newest
 * @param daily of how many days
 * @param weekly of how many weeks, from Monday to Sunday
 * @param monthly of how many months
 */
public record Retention(int last, int daily, int weekly, int monthly) {

  /** Keeps everything. */
  public static final Retention ALL = new Retention(0, 0, 0, 0);

  private static final int MOST = 10_000;
  private static final int FIRST_DAY = 1;

  /** Refuses what cannot be meant. */
  public Retention {
    for (int each : new int[] {last, daily, weekly, monthly}) {
      if (each < 0 || each > MOST) {
        throw new IllegalArgumentException(each + " archives");
      }
    }
  }

  /** Returns whether nothing is ever removed. */
  public boolean keepsAll() {
    return equals(ALL);
  }

  /**
   * Returns which of {@code archives} may go, oldest first. Only sound ones count: one with gaps or
   * a fault goes only when a newer sound one with all that it holds stays. The newest sound one and
   * the newest proven one always stay.
   *
   * <p>The rules hold for each dump, folder and volume by itself: sets that lack one never push out
   * those that have it, even if nobody noticed that it was lacking.
   *
   * @param archives archives of one stack in one folder
   * @param proven tells which were brought back to life in a drill
   * @param zone whose days count
   */
  public List<ShelvedArchive> removable(
      List<ShelvedArchive> archives, Predicate<ShelvedArchive> proven, ZoneId zone) {
    if (keepsAll()) {
      return List.of();
    }
    List<ShelvedArchive> newest =
        archives.stream()
            .sorted(
                Comparator.comparing(ShelvedArchive::created)
                    .thenComparing(ShelvedArchive::id)
                    .reversed())
            .toList();
    List<ShelvedArchive> sound = newest.stream().filter(Retention::sound).toList();
    Set<ShelvedArchive> kept = new HashSet<>();
    keep(sound, zone, kept);
    Set<String> held = new TreeSet<>();
    sound.forEach(each -> held.addAll(each.holds()));
    for (String one : held) {
      keep(sound.stream().filter(each -> each.holds().contains(one)).toList(), zone, kept);
    }
    newest.stream().filter(proven).findFirst().ifPresent(kept::add);
    // A file can have two records: of the archive, and of it as a copy.
    Set<Path> files = kept.stream().map(ShelvedArchive::archive).collect(Collectors.toSet());
    List<ShelvedArchive> removable = new ArrayList<>();
    for (ShelvedArchive each : newest.reversed()) {
      if (!files.contains(each.archive()) && (sound(each) || outlived(each, kept))) {
        removable.add(each);
      }
    }
    return List.copyOf(removable);
  }

  private void keep(List<ShelvedArchive> newestFirst, ZoneId zone, Set<ShelvedArchive> kept) {
    newestFirst.stream().limit(Math.max(1, last)).forEach(kept::add);
    keep(newestFirst, daily, date(zone), kept);
    keep(newestFirst, weekly, date(zone).andThen(Retention::week), kept);
    keep(newestFirst, monthly, date(zone).andThen(day -> day.withDayOfMonth(FIRST_DAY)), kept);
  }

  /** Returns whether an archive holds all it was to hold, and no verification found a fault. */
  static boolean sound(ShelvedArchive archive) {
    return archive.complete() && archive.fault() == null;
  }

  private static boolean outlived(ShelvedArchive unsound, Set<ShelvedArchive> kept) {
    return kept.stream()
        .anyMatch(other ->
            sound(other)
                && other.created().isAfter(unsound.created())
                && other.holds().containsAll(unsound.holds()));
  }

  private static Function<ShelvedArchive, LocalDate> date(ZoneId zone) {
    return archive -> day(archive.created(), zone);
  }

  private static LocalDate day(Instant moment, ZoneId zone) {
    return moment.atZone(zone).toLocalDate();
  }

  private static LocalDate week(LocalDate day) {
    return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
  }

  private static void keep(
      List<ShelvedArchive> newestFirst,
      int count,
      Function<ShelvedArchive, LocalDate> span,
      Set<ShelvedArchive> kept) {
    Set<LocalDate> seen = new HashSet<>();
    for (ShelvedArchive each : newestFirst) {
      if (seen.size() == count) {
        return;
      }
      if (seen.add(span.apply(each))) {
        kept.add(each);
      }
    }
  }
}
