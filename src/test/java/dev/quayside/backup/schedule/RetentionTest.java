package dev.quayside.backup.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.backup.ShelvedArchive;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What goes is old and outlived: never the last proven archive, never the last sound one. */
class RetentionTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Instant BEGIN = Instant.parse("2025-01-01T02:00:00Z");

  /** One archive as the properties make them. */
  record Made(int hours, boolean complete, boolean faulty, boolean proven) {
    ShelvedArchive archive(int number) {
      return Shelved.of(
          (proven ? "proven-" : "plain-") + number,
          Path.of("/backups/" + number),
          BEGIN.plusSeconds(3600L * hours),
          complete,
          faulty ? "BACKUP-ALTERED" : null);
    }
  }

  @Provide
  Arbitrary<List<Made>> shelves() {
    Arbitrary<Boolean> mostly = Arbitraries.of(true, true, true, true, false);
    Arbitrary<Boolean> seldom = Arbitraries.of(false, false, false, false, true);
    return Combinators.combine(Arbitraries.integers().between(0, 24 * 500), mostly, seldom, seldom)
        .as(Made::new)
        .list()
        .ofMaxSize(60);
  }

  @Provide
  Arbitrary<Retention> rules() {
    Arbitrary<Integer> count = Arbitraries.integers().between(0, 8);
    return Combinators.combine(count, count, count, count).as(Retention::new);
  }

  private static List<ShelvedArchive> archives(List<Made> made) {
    List<ShelvedArchive> archives = new ArrayList<>();
    for (int i = 0; i < made.size(); i++) {
      archives.add(made.get(i).archive(i));
    }
    return archives;
  }

  @Example
  void aFileWithTwoRecordsStaysAsLongAsOneOfThemIsKept() {
    Path file = Path.of("/backups/twice");
    ShelvedArchive one = Shelved.of("a", file, BEGIN, true, null);
    ShelvedArchive twin = Shelved.of("a-copy", file, BEGIN, true, null);
    ShelvedArchive newer =
        Shelved.of("b", Path.of("/backups/b"), BEGIN.plusSeconds(60), true, null);
    assertThat(new Retention(2, 0, 0, 0).removable(List.of(one, twin, newer), any -> false, BERLIN))
        .isEmpty();
    assertThat(new Retention(1, 0, 0, 0).removable(List.of(one, twin, newer), any -> false, BERLIN))
        .containsExactlyInAnyOrder(one, twin);
  }

  private static boolean proven(ShelvedArchive archive) {
    return archive.id().startsWith("proven");
  }

  private static List<ShelvedArchive> removable(Retention rule, List<ShelvedArchive> archives) {
    return rule.removable(archives, RetentionTest::proven, BERLIN);
  }

  @Property(tries = 400)
  void theNewestSoundOneAndTheNewestProvenOneStay(
      @ForAll("shelves") List<Made> made, @ForAll("rules") Retention rule) {
    List<ShelvedArchive> archives = archives(made);
    List<ShelvedArchive> gone = removable(rule, archives);
    Comparator<ShelvedArchive> age =
        Comparator.comparing(ShelvedArchive::created).thenComparing(ShelvedArchive::id);
    archives.stream()
        .filter(Retention::sound)
        .max(age)
        .ifPresent(newest -> assertThat(gone).doesNotContain(newest));
    archives.stream()
        .filter(RetentionTest::proven)
        .max(age)
        .ifPresent(newest -> assertThat(gone).doesNotContain(newest));
  }

  @Property(tries = 400)
  void whateverGoesIsOlderThanASoundOneThatStays(
      @ForAll("shelves") List<Made> made, @ForAll("rules") Retention rule) {
    List<ShelvedArchive> archives = archives(made);
    List<ShelvedArchive> gone = removable(rule, archives);
    Set<ShelvedArchive> kept = new HashSet<>(archives);
    gone.forEach(kept::remove);
    for (ShelvedArchive each : gone) {
      assertThat(kept)
          .anyMatch(other -> Retention.sound(other) && !other.created().isBefore(each.created()));
    }
  }

  @Property(tries = 200)
  void atLeastAsManySoundOnesStayAsAreToBeKept(
      @ForAll("shelves") List<Made> made, @ForAll("rules") Retention rule) {
    List<ShelvedArchive> archives = archives(made);
    List<ShelvedArchive> gone = removable(rule, archives);
    long sound = archives.stream().filter(Retention::sound).count();
    long left =
        archives.stream().filter(each -> Retention.sound(each) && !gone.contains(each)).count();
    assertThat(left).isGreaterThanOrEqualTo(Math.min(sound, rule.last()));
    Set<LocalDate> days = new HashSet<>();
    Set<LocalDate> keptDays = new HashSet<>();
    for (ShelvedArchive each : archives) {
      if (Retention.sound(each)) {
        LocalDate day = each.created().atZone(BERLIN).toLocalDate();
        days.add(day);
        if (!gone.contains(each)) {
          keptDays.add(day);
        }
      }
    }
    assertThat(keptDays).hasSizeGreaterThanOrEqualTo(Math.min(days.size(), rule.daily()));
  }

  @Property(tries = 200)
  void theOrderOfTheShelfDoesNotMatterAndASecondLookRemovesNothingMore(
      @ForAll("shelves") List<Made> made, @ForAll("rules") Retention rule) {
    List<ShelvedArchive> archives = archives(made);
    List<ShelvedArchive> gone = removable(rule, archives);
    List<ShelvedArchive> shuffled = new ArrayList<>(archives);
    Collections.shuffle(shuffled, new Random(7));
    assertThat(removable(rule, shuffled)).isEqualTo(gone);
    List<ShelvedArchive> left = new ArrayList<>(archives);
    left.removeAll(gone);
    assertThat(removable(rule, left)).isEmpty();
  }

  @Example
  void withoutARuleNothingGoes() {
    List<ShelvedArchive> archives =
        List.of(Shelved.sound("a", BEGIN), Shelved.sound("b", BEGIN.plusSeconds(1)));
    assertThat(removable(Retention.ALL, archives)).isEmpty();
  }

  @Example
  void grandfatherFatherSonKeepsOneADayAWeekAndAMonth() {
    List<ShelvedArchive> archives = new ArrayList<>();
    LocalDate begin = LocalDate.of(2026, 1, 1);
    for (int day = 0; day < 100; day++) {
      LocalDate date = begin.plusDays(day);
      archives.add(Shelved.sound(date.toString(), date.atTime(2, 0).toInstant(ZoneOffset.UTC)));
    }
    List<ShelvedArchive> kept = new ArrayList<>(archives);
    kept.removeAll(new Retention(0, 3, 2, 4).removable(archives, each -> false, ZoneOffset.UTC));
    // The 100th day is Friday, 10 April; its week began on the 6th.
    assertThat(kept)
        .extracting(ShelvedArchive::id)
        .containsExactly(
            "2026-01-31",
            "2026-02-28",
            "2026-03-31",
            "2026-04-05",
            "2026-04-08",
            "2026-04-09",
            "2026-04-10");
  }

  @Example
  void oneWithGapsStaysUntilASoundOneIsNewer() {
    ShelvedArchive old = Shelved.sound("old", BEGIN);
    ShelvedArchive gaps =
        Shelved.of("gaps", Path.of("/b/gaps"), BEGIN.plusSeconds(60), false, null);
    ShelvedArchive fresh = Shelved.sound("new", BEGIN.plusSeconds(120));
    Retention one = new Retention(1, 0, 0, 0);
    assertThat(removable(one, List.of(old, gaps))).isEmpty();
    assertThat(removable(one, List.of(old, gaps, fresh))).containsExactly(old, gaps);
  }

  @Example
  void setsThatLackSomethingPushNothingOutThatHasIt() {
    List<ShelvedArchive> full = new ArrayList<>();
    List<ShelvedArchive> lacking = new ArrayList<>();
    for (int night = 0; night < 9; night++) {
      full.add(night("full-" + night, night, List.of("FOLDER /data", "POSTGRES_DUMP db/shop")));
      lacking.add(night("lacking-" + night, 100 + night, List.of("FOLDER /data")));
    }
    List<ShelvedArchive> all = new ArrayList<>(full);
    all.addAll(lacking);
    Retention seven = new Retention(7, 0, 0, 0);

    assertThat(removable(seven, all))
        .containsExactly(full.get(0), full.get(1), lacking.get(0), lacking.get(1));

    // Once the database is in the sets again, those of before go as always.
    for (int night = 0; night < 7; night++) {
      all.add(night("again-" + night, 200 + night, full.getFirst().holds()));
    }
    assertThat(removable(seven, all)).hasSize(18).containsAll(full).containsAll(lacking);
  }

  @Example
  void whatWasLostBeforeDoesNotHideWhatIsLostNow() {
    List<ShelvedArchive> all = new ArrayList<>();
    all.add(night("old", 0, List.of("FOLDER /gone", "POSTGRES_DUMP db/shop")));
    all.add(night("middle", 10, List.of("POSTGRES_DUMP db/shop")));
    all.add(night("new", 20, List.of()));
    all.add(night("newest", 30, List.of()));

    assertThat(removable(new Retention(1, 0, 0, 0), all)).containsExactly(all.get(2));
  }

  @Example
  void oneWithGapsStaysAsLongAsNoSoundOneHasWhatItHolds() {
    ShelvedArchive gaps =
        new ShelvedArchive(
            "gaps",
            "demo",
            Path.of("/b/gaps"),
            BEGIN,
            9,
            9,
            9,
            false,
            null,
            null,
            null,
            List.of("POSTGRES_DUMP db/shop"));
    ShelvedArchive fresh = night("new", 1, List.of());
    assertThat(removable(new Retention(1, 0, 0, 0), List.of(gaps, fresh))).isEmpty();
    assertThat(
            removable(
                new Retention(1, 0, 0, 0), List.of(gaps, fresh, night("db", 2, gaps.holds()))))
        .containsExactly(gaps, fresh);
  }

  private static ShelvedArchive night(String id, int night, List<String> holds) {
    return new ShelvedArchive(
        id,
        "demo",
        Path.of("/b/" + id),
        BEGIN.plusSeconds(86_400L * night),
        9,
        9,
        9,
        true,
        null,
        null,
        null,
        holds);
  }
}
