package dev.quayside.backup.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quayside.backup.BackupReceipt;
import dev.quayside.backup.Compression;
import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.pgp.Gnupg;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plan makes backups without anybody, and says where it does not. */
class SchedulesTest {

  private static final List<String> COMMAND = List.of("/bin/true", "backup", "schedule", "run");
  private static final Retention TWO = new Retention(2, 0, 0, 0);

  @TempDir private static Path keys;
  private static Path key;

  @TempDir private Path folder;
  private Planning planning;

  @BeforeAll
  static void makeKey() throws Exception {
    try (Gnupg gpg = new Gnupg()) {
      key =
          gpg.exportPublic(
              gpg.makeKey("Plan", "eddsa\nKey-Curve: ed25519", "ecdh\nSubkey-Curve: cv25519", ""),
              keys);
    }
  }

  @BeforeEach
  void setUp() throws Exception {
    planning = new Planning(folder, key);
  }

  private ScheduleStatus set(Schedules schedules, Retention keep, @Nullable Path second)
      throws Exception {
    return switch (schedules.set(planning.request(keep, second), COMMAND)) {
      case Outcome.Done<ScheduleStatus> done -> done.receipt();
      case Outcome<ScheduleStatus> other -> throw new AssertionError(other.toString());
    };
  }

  private static Problem problem(Outcome<?> outcome) {
    return switch (outcome) {
      case Outcome.Failed<?> failed -> failed.problem();
      case Outcome.Refused<?> refused -> refused.problem();
      case Outcome.Attention<?> attention -> attention.problem();
      case Outcome<?> other -> throw new AssertionError(other.toString());
    };
  }

  @Test
  void aTimerOfSystemdIsInstalledAndTakenAwayAgain() throws Exception {
    Schedules schedules = planning.schedules(planning.with(null));
    ScheduleStatus status = set(schedules, TWO, null);
    assertThat(status.plan().timer()).isEqualTo(SchedulePlan.Timer.SYSTEMD);
    assertThat(status.lingers()).isTrue();
    Path units = folder.resolve(".config/systemd/user");
    List<String> names = new ArrayList<>();
    try (var files = Files.list(units)) {
      files.forEach(file -> names.add(file.getFileName().toString()));
    }
    assertThat(names).hasSize(2).allMatch(name -> name.startsWith("quayside-backup-demo-"));
    assertThat(Files.readString(planning.asked))
        .contains("daemon-reload", "enable --now -- quayside-backup-demo-");
    assertThat(schedules.show("demo").plan()).isEqualTo(status.plan());

    assertThat(schedules.off("demo")).isInstanceOf(Outcome.Done.class);
    assertThat(units).isEmptyDirectory();
    assertThat(Files.readString(planning.asked)).contains("disable --now");
    assertThat(schedules.all()).isEmpty();
    assertThat(problem(schedules.off("demo")).code()).isEqualTo("SCHEDULE-NONE");
  }

  @Test
  void aTimerThatSystemdRefusesLeavesNoPlan() throws Exception {
    Schedules schedules = planning.schedules(planning.with("enable"));
    Outcome<ScheduleStatus> outcome = schedules.set(planning.request(TWO, null), COMMAND);
    assertThat(problem(outcome).code()).isEqualTo("SCHEDULE-NOT-SET");
    assertThat(problem(outcome).detail()).contains("Access denied");
    assertThat(schedules.all()).isEmpty();
    assertThat(planning.schedules(planning.without()).all()).isEmpty();
  }

  @Test
  void withoutSystemdItSaysThatItOnlyRunsWhileQuaysideDoes() throws Exception {
    ScheduleStatus status = set(planning.schedules(planning.without()), Retention.ALL, null);
    assertThat(status.plan().timer()).isEqualTo(SchedulePlan.Timer.BUILT_IN);
    assertThat(String.join("\n", status.warnings())).contains("only runs while Quayside does");
    assertThat(String.join("\n", status.warnings())).contains("No old archive is ever removed");
  }

  @Test
  void thePublicKeyIsKeptAndNothingThatOpensAnArchive() throws Exception {
    Path copy = Files.copy(key, folder.resolve("key.asc"));
    Schedules schedules = planning.schedules(planning.without());
    schedules.set(
        new SchedulePlan.Request(
            "demo",
            planning.target,
            null,
            List.of(copy),
            List.of(),
            Compression.GZIP,
            OnCalendar.parse("daily"),
            TWO,
            false),
        COMMAND);
    Files.delete(copy);
    assertThat(planning.backup().run("demo", Progress.none())).isInstanceOf(Outcome.Done.class);
    List<Path> kept = schedules.show("demo").plan().recipients();
    assertThat(kept).hasSize(1).allMatch(path -> path.startsWith(planning.home.config()));
  }

  @Test
  void whatCannotWorkIsRefused() throws Exception {
    Schedules schedules = planning.schedules(planning.without());
    SchedulePlan.Request good = planning.request(TWO, null);
    assertThat(problem(schedules.set(planning.request(TWO, planning.target), COMMAND)).code())
        .isEqualTo("SCHEDULE-SAME-FOLDER");
    assertThat(
            problem(schedules.set(planning.request(TWO, folder.resolve("none")), COMMAND)).code())
        .isEqualTo("SCHEDULE-NO-FOLDER");
    assertThat(
            problem(
                    schedules.set(
                        new SchedulePlan.Request(
                            "demo",
                            planning.target,
                            null,
                            List.of(),
                            List.of(),
                            good.compression(),
                            good.when(),
                            TWO,
                            true),
                        COMMAND))
                .code())
        .isEqualTo("SCHEDULE-NO-RECIPIENT");
    assertThat(
            problem(
                    schedules.set(
                        new SchedulePlan.Request(
                            "demo",
                            planning.target,
                            null,
                            good.recipients(),
                            List.of(folder),
                            good.compression(),
                            good.when(),
                            TWO,
                            true),
                        COMMAND))
                .code())
        .isEqualTo("SCHEDULE-INSIDE");
    assertThat(planning.target).isEmptyDirectory();
    assertThatThrownBy(() -> schedules.show("demo")).isInstanceOf(ProblemException.class);
  }

  @Test
  void aRunMakesTheArchiveCopiesItRemovesOldOnesAndKeepsHowItEnded() throws Exception {
    Schedules schedules = planning.schedules(planning.without());
    set(schedules, TWO, planning.second);
    Files.writeString(planning.target.resolve("demo-20200101T000000Z.tar.zst.gpg"), "not ours");
    for (int day = 0; day < 4; day++) {
      planning.now = Planning.BEGIN.plus(Duration.ofDays(day));
      assertThat(planning.backup().run("demo", Progress.none())).isInstanceOf(Outcome.Done.class);
    }
    assertThat(names(planning.target))
        .containsExactlyInAnyOrder(
            ".quayside-target",
            "demo-20200101T000000Z.tar.zst.gpg",
            "demo-20261124T102030Z.tar.zst.gpg",
            "demo-20261124T102030Z.tar.zst.manifest.gpg",
            "demo-20261124T102030Z.tar.zst.gpg.txt",
            "demo-20261125T102030Z.tar.zst.gpg",
            "demo-20261125T102030Z.tar.zst.manifest.gpg",
            "demo-20261125T102030Z.tar.zst.gpg.txt");
    assertThat(names(planning.second))
        .containsExactlyInAnyOrder(
            ".quayside-target",
            "demo-20261124T102030Z.tar.zst.gpg",
            "demo-20261124T102030Z.tar.zst.manifest.gpg",
            "demo-20261124T102030Z.tar.zst.gpg.txt",
            "demo-20261125T102030Z.tar.zst.gpg",
            "demo-20261125T102030Z.tar.zst.manifest.gpg",
            "demo-20261125T102030Z.tar.zst.gpg.txt");
    ScheduleRun last = Objects.requireNonNull(schedules.show("demo").last());
    assertThat(last.result()).isEqualTo(ScheduleRun.Result.DONE);
    assertThat(last.removed()).isEqualTo(2);
    assertThat(last.copy()).startsWith(planning.second.toString());
  }

  @Test
  void anArchiveThatSomebodyMakesDuringTheSecondCopyIsNotDatedAhead() throws Exception {
    set(planning.schedules(planning.without()), TWO, planning.second);
    for (int day = 0; day < 3; day++) {
      planning.now = Planning.BEGIN.plus(Duration.ofDays(day));
      assertThat(planning.backup().run("demo", Progress.none())).isInstanceOf(Outcome.Done.class);
    }
    List<Outcome<BackupReceipt>> byHand = new ArrayList<>();
    planning.now = Planning.BEGIN.plus(Duration.ofDays(3));
    planning.whileCopying =
        _ -> {
          if (byHand.isEmpty()) {
            planning.now = planning.now.plusSeconds(60);
            byHand.add(planning.byHand());
            planning.now = planning.now.plusSeconds(60);
          }
        };

    assertThat(planning.backup().run("demo", Progress.none())).isInstanceOf(Outcome.Done.class);

    assertThat(byHand).singleElement().isInstanceOf(Outcome.Done.class);
    assertThat(names(planning.target))
        .filteredOn(name -> name.endsWith(".zst.gpg"))
        .containsExactlyInAnyOrder(
            "demo-20261125T102030Z.tar.zst.gpg", "demo-20261125T102130Z.tar.zst.gpg");
  }

  @Test
  void archivesThatAreDatedAheadPushOutNothingAndAreTold() throws Exception {
    Schedules schedules = planning.schedules(planning.without());
    set(schedules, TWO, planning.second);
    for (int day = 0; day < 2; day++) {
      planning.now = Planning.BEGIN.plus(Duration.ofDays(3650 + day));
      assertThat(planning.backup().run("demo", Progress.none())).isInstanceOf(Outcome.Done.class);
    }
    planning.now = Planning.BEGIN;

    assertThat(planning.backup().wouldRemove("demo")).isEmpty();
    for (int day = 0; day < 2; day++) {
      planning.now = Planning.BEGIN.plus(Duration.ofDays(day));
      Outcome<ScheduleReceipt> outcome = planning.backup().run("demo", Progress.none());

      assertThat(problem(outcome).code()).isEqualTo("SCHEDULE-DATES");
      ScheduleReceipt receipt = ((Outcome.Attention<ScheduleReceipt>) outcome).receipt();
      assertThat(receipt.removed()).isEmpty();
      assertThat(Objects.requireNonNull(receipt.backup()).archive()).exists();
      assertThat(Objects.requireNonNull(receipt.copy()).copy()).exists();
    }
    for (Path place : List.of(planning.target, planning.second)) {
      assertThat(names(place)).filteredOn(name -> name.endsWith(".zst.gpg")).hasSize(4);
    }
  }

  @Test
  void aTargetThatIsAwayNeedsAttentionAndNothingIsWrittenAnywhere() throws Exception {
    Schedules schedules = planning.schedules(planning.without());
    set(schedules, TWO, null);
    assertThat(schedules.show("demo").needsAttention()).isFalse();
    Files.move(planning.target, folder.resolve("unplugged"));
    assertThat(schedules.show("demo").needsAttention()).isTrue();
    Outcome<ScheduleReceipt> gone = planning.backup().run("demo", Progress.none());
    assertThat(gone).isInstanceOf(Outcome.Attention.class);
    assertThat(problem(gone).code()).isEqualTo("SCHEDULE-TARGET-AWAY");
    assertThat(problem(gone).nextStep()).contains("schedule run demo");
    Files.move(folder.resolve("unplugged"), planning.target);
    assertThat(schedules.show("demo").needsAttention()).as("the last run made nothing").isTrue();
    Files.move(planning.target, folder.resolve("unplugged"));
    assertThat(planning.target).doesNotExist();
    Files.createDirectory(planning.target);
    assertThat(problem(planning.backup().run("demo", Progress.none())).code())
        .isEqualTo("SCHEDULE-TARGET-AWAY");
    assertThat(planning.target).isEmptyDirectory();
    ScheduleStatus status = schedules.show("demo");
    assertThat(Objects.requireNonNull(status.last()).problem()).isEqualTo("SCHEDULE-TARGET-AWAY");
    assertThat(String.join("\n", status.warnings())).contains("is not the folder it was");
  }

  @Test
  void aSecondFolderThatIsAwayCostsTheCopyOnly() throws Exception {
    set(planning.schedules(planning.without()), TWO, planning.second);
    Files.delete(planning.second.resolve(FolderMark.NAME));
    Outcome<ScheduleReceipt> outcome = planning.backup().run("demo", Progress.none());
    assertThat(outcome).isInstanceOf(Outcome.Attention.class);
    assertThat(problem(outcome).code()).isEqualTo("SCHEDULE-SECOND-AWAY");
    assertThat(names(planning.target)).hasSize(4);
    assertThat(planning.second).isEmptyDirectory();
  }

  @Test
  void twoRunsAtOnceAreOne() throws Exception {
    set(planning.schedules(planning.without()), TWO, null);
    try (var lock = new PlanStore(planning.home).lock("demo")) {
      assertThat(lock).isNotNull();
      assertThat(problem(planning.backup().run("demo", Progress.none())).code())
          .isEqualTo("SCHEDULE-RUNS");
    }
    assertThat(problem(planning.backup().run("other", Progress.none())).code())
        .isEqualTo("SCHEDULE-NONE");
  }

  @Test
  void theBuiltInTimerMakesUpOnceForWhatWasMissed() throws Exception {
    Schedules schedules = planning.schedules(planning.without());
    set(schedules, TWO, null);
    ScheduledBackup backup = planning.backup();
    List<String> ran = new ArrayList<>();
    try (BuiltInTimer timer =
        new BuiltInTimer(
            schedules,
            stack -> {
              ran.add(stack);
              assertThat(backup.run(stack, Progress.none())).isInstanceOf(Outcome.Done.class);
            })) {
      timer.look();
      assertThat(ran).isEmpty();
      planning.now = Planning.BEGIN.plus(Duration.ofDays(5));
      assertThat(schedules.show("demo").missed()).isEqualTo("2026-11-23T02:00:00Z");
      timer.look();
      timer.look();
      assertThat(ran).containsExactly("demo");
      assertThat(schedules.show("demo").missed()).isNull();
      planning.now = planning.now.plus(Duration.ofDays(1));
      timer.look();
      assertThat(ran).containsExactly("demo", "demo");
    }
  }

  private static List<String> names(Path folder) throws Exception {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
