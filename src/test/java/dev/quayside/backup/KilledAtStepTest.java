package dev.quayside.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quayside.common.Outcome;
import dev.quayside.common.Progress;
import dev.quayside.common.StepBoundary;
import dev.quayside.journal.EntryKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A kill at any named step leaves the old state or the new one, and the next start cleans up. */
class KilledAtStepTest {

  private static final String ARCHIVE = "demo-20261122T102030Z.tar.zst.gpg";
  private static final String MANIFEST = "demo-20261122T102030Z.tar.zst.manifest.gpg";

  @TempDir private Path folder;
  private Workbench bench;

  @BeforeEach
  void setUp() throws Exception {
    bench = new Workbench(folder.resolve("bench"));
    bench.makeEdgeTree();
  }

  @ParameterizedTest
  @EnumSource(CreationStep.class)
  void aKilledBackupIsWholeOrGone(CreationStep step) throws Exception {
    int status =
        KillAtStep.fork(
            folder.resolve("log"), List.of(), step.label(), "create", bench.root.toString());
    assertThat(status)
        .as(Files.readString(folder.resolve("log")))
        .isEqualTo(StepBoundary.HALT_STATUS);
    assertThat(Workbench.names(bench.shelf))
        .allMatch(name ->
            name.equals(ARCHIVE)
                || name.equals(ARCHIVE + ".txt")
                || name.equals(MANIFEST)
                || name.equals("." + MANIFEST + ".quayside-part")
                || name.equals("." + ARCHIVE + ".quayside-part"));

    List<Leftovers.Leftover> swept = new Leftovers(bench.home, bench.journal()).sweep();

    boolean published = step.compareTo(CreationStep.PUBLISHED) >= 0;
    if (published) {
      assertThat(Workbench.names(bench.shelf)).containsExactly(ARCHIVE, ARCHIVE + ".txt", MANIFEST);
      assertThat(new BackupShelf(bench.home).list()).hasSize(1);
      assertThat(
              bench
                  .verification()
                  .run(bench.shelf.resolve(ARCHIVE), Workbench.unlocking(), Progress.none()))
          .isInstanceOf(Outcome.Done.class);
    } else {
      assertThat(Workbench.names(bench.shelf)).isEmpty();
      assertThat(new BackupShelf(bench.home).list()).isEmpty();
    }
    assertThat(bench.endings()).containsExactly("backup.create 1");
    assertThat(Workbench.names(bench.home.state().resolve("backup/unfinished"))).isEmpty();
    if (step == CreationStep.ANNOUNCED || step == CreationStep.RECORD_REMOVED) {
      assertThat(swept).isEmpty();
    } else {
      assertThat(swept)
          .extracting(Leftovers.Leftover::fate)
          .containsExactly(published ? Leftovers.Fate.FINISHED : Leftovers.Fate.REMOVED);
    }
    assertThat(new Leftovers(bench.home, bench.journal()).sweep()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(RestoreStep.class)
  void aKilledRestoreLeavesNothingOrTheFinishedFolder(RestoreStep step) throws Exception {
    Path archive = bench.archive();
    Path place = Files.createDirectory(folder.resolve("place"));
    Path target = place.resolve("restored");
    int status =
        KillAtStep.fork(
            folder.resolve("log"),
            List.of(),
            step.label(),
            "restore",
            bench.root.toString(),
            archive.toString(),
            target.toString());
    assertThat(status)
        .as(Files.readString(folder.resolve("log")))
        .isEqualTo(StepBoundary.HALT_STATUS);

    boolean published = step.compareTo(RestoreStep.PUBLISHED) >= 0;
    assertThat(Files.exists(target)).isEqualTo(published);
    new Leftovers(bench.home, bench.journal()).sweep();

    assertThat(bench.endings()).containsExactly("backup.create 1", "backup.restore 1");
    assertThat(Workbench.names(bench.home.state().resolve("backup/unfinished"))).isEmpty();
    if (published) {
      assertThat(Workbench.names(place)).containsExactly("restored");
      assertThat(Workbench.describe(target.resolve("files/data")))
          .isEqualTo(Workbench.describe(bench.source));
    } else {
      assertThat(Workbench.names(place)).isEmpty();
      assertThat(bench.restoreTo(archive, target)).isInstanceOf(Outcome.Done.class);
    }
  }

  @Test
  void whatALivingProcessIsAtIsLeftAlone() throws Exception {
    Path part = Files.createFile(bench.shelf.resolve(".x.quayside-part"));
    Unfinished unfinished = new Unfinished(bench.home);
    try (Unfinished.Claim _ = unfinished.begin(Forge.ID)) {
      unfinished.write(abandoned(bench.shelf));

      assertThat(new Leftovers(bench.home, bench.journal()).sweep()).isEmpty();
      assertThat(part).exists();
      assertThat(bench.endings()).containsExactly("backup.create 0");
    }
    assertThat(new Leftovers(bench.home, bench.journal()).sweep()).hasSize(1);
    assertThat(part).doesNotExist();
  }

  @Test
  void leftoversOnADiskThatIsNotPluggedInWait() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    new Unfinished(bench.home).write(abandoned(disk));
    Files.createFile(disk.resolve(".x.quayside-part"));
    Files.move(disk, folder.resolve("elsewhere"));

    Leftovers leftovers = new Leftovers(bench.home, bench.journal());
    assertThat(leftovers.sweep())
        .extracting(Leftovers.Leftover::fate)
        .containsExactly(Leftovers.Fate.OUT_OF_REACH);
    Files.move(folder.resolve("elsewhere"), disk);
    assertThat(leftovers.sweep())
        .extracting(Leftovers.Leftover::fate)
        .containsExactly(Leftovers.Fate.REMOVED);
    assertThat(Workbench.names(disk)).isEmpty();
  }

  @Test
  void theEmptyMountPointOfAMissingDiskIsNotTakenForTheDisk() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    new Unfinished(bench.home).write(abandoned(disk));
    Files.createFile(disk.resolve(".x.quayside-part"));
    Path plugged = Files.move(disk, folder.resolve("elsewhere"));
    Files.createDirectory(disk);

    Leftovers leftovers = new Leftovers(bench.home, bench.journal());
    assertThat(leftovers.sweep())
        .extracting(Leftovers.Leftover::fate)
        .containsExactly(Leftovers.Fate.OUT_OF_REACH);
    assertThat(bench.endings()).containsExactly("backup.create 0");
    Files.delete(disk);
    Files.move(plugged, disk);
    assertThat(leftovers.sweep())
        .extracting(Leftovers.Leftover::fate)
        .containsExactly(Leftovers.Fate.REMOVED);
    assertThat(Workbench.names(disk)).isEmpty();
  }

  @Test
  void aForeignFileUnderTheNameIsNotTakenForTheArchive() throws Exception {
    Path foreign = Files.writeString(bench.shelf.resolve("x"), "somebody else's");
    new Unfinished(bench.home).write(abandoned(bench.shelf).with(stored(7, true)));

    assertThat(new Leftovers(bench.home, bench.journal()).sweep())
        .extracting(Leftovers.Leftover::fate)
        .containsExactly(Leftovers.Fate.REMOVED);
    assertThat(foreign).hasContent("somebody else's");
    assertThat(new BackupShelf(bench.home).list()).isEmpty();
  }

  @Test
  void anArchiveWithGapsIsNotRecordedAsDone() throws Exception {
    Files.writeString(bench.shelf.resolve("x"), "archive");
    new Unfinished(bench.home).write(abandoned(bench.shelf).with(stored(7, false)));

    assertThat(new Leftovers(bench.home, bench.journal()).sweep())
        .extracting(Leftovers.Leftover::fate)
        .containsExactly(Leftovers.Fate.FINISHED_WITH_GAPS);
    assertThat(bench.journal().entries().getLast().kind()).isEqualTo(EntryKind.ATTENTION);
  }

  @Test
  void aRestoreThatLostTheNameToAnotherIsNotFinished() throws Exception {
    Path target = Files.createDirectory(bench.shelf.resolve("x"));
    Files.writeString(target.resolve("plan.json"), "of the other one");
    Unfinished.Entry lost =
        Unfinished.entry(
            Unfinished.Work.RESTORE,
            Forge.ID,
            StagingFolder.of(target, Forge.ID),
            target,
            bench.journal().begin("backup.restore", "demo", Map.of()),
            null);
    Unfinished unfinished = new Unfinished(bench.home);
    unfinished.write(lost);
    Leftovers leftovers = new Leftovers(bench.home, bench.journal());
    assertThat(leftovers.sweep())
        .extracting(Leftovers.Leftover::fate)
        .containsExactly(Leftovers.Fate.REMOVED);

    unfinished.write(lost.with("BACKUP-RESTORED-WITH-GAPS"));
    assertThat(leftovers.sweep())
        .extracting(Leftovers.Leftover::fate)
        .containsExactly(Leftovers.Fate.FINISHED_WITH_GAPS);
    assertThat(target.resolve("plan.json")).exists();
  }

  @Test
  void aRecordThatCannotBeReadDoesNotKeepTheOthersFromBeingPutInOrder() throws Exception {
    Unfinished unfinished = new Unfinished(bench.home);
    unfinished.write(abandoned(bench.shelf));
    Path broken = Files.writeString(unfinished.file("broken"), "{");

    assertThat(new Leftovers(bench.home, bench.journal()).sweep())
        .containsExactlyInAnyOrder(
            new Leftovers.Leftover(broken, broken, Leftovers.Fate.STUCK),
            new Leftovers.Leftover(
                bench.shelf.resolve("x"),
                bench.shelf.resolve(".x.quayside-part"),
                Leftovers.Fate.REMOVED));
  }

  @ParameterizedTest
  @EnumSource(
      value = CreationStep.class,
      names = {"ANNOUNCED", "RECORDED", "PLAN_WRITTEN", "SYNCED"})
  void anErrorOfTheMachineLeavesNothingEither(CreationStep step) throws Exception {
    StepBoundary failing = failing(step.label());
    assertThatThrownBy(() -> bench.creation(failing).run(bench.request(), Progress.none()))
        .isInstanceOf(OutOfMemoryError.class);
    assertThat(Workbench.names(bench.shelf)).isEmpty();
    assertThat(new Unfinished(bench.home).ids()).isEmpty();
    assertThat(bench.endings()).containsExactly("backup.create 1");
  }

  @Test
  void anErrorOfTheMachineLeavesNoStagingFolder() throws Exception {
    Path archive = bench.archive();
    Path place = Files.createDirectory(folder.resolve("place"));
    StepBoundary failing = failing(RestoreStep.VERIFIED.label());
    assertThatThrownBy(() ->
            bench
                .restore(failing)
                .run(
                    new RestoreRequest(archive, Workbench.unlocking(), place.resolve("x")),
                    Progress.none()))
        .isInstanceOf(OutOfMemoryError.class);
    assertThat(Workbench.names(place)).isEmpty();
    assertThat(new Unfinished(bench.home).ids()).isEmpty();
    assertThat(bench.endings()).containsExactly("backup.create 1", "backup.restore 1");
  }

  private static StepBoundary failing(String step) {
    return reached -> {
      if (reached.equals(step)) {
        throw new OutOfMemoryError("for the test");
      }
    };
  }

  /** Describes an archive {@code x} in {@code disk} of which nobody holds the lock. */
  private Unfinished.Entry abandoned(Path disk) throws Exception {
    return Unfinished.entry(
        Unfinished.Work.CREATE,
        Forge.ID,
        disk.resolve(".x.quayside-part"),
        disk.resolve("x"),
        bench.journal().begin("backup.create", "demo", Map.of()),
        Compression.ZSTD);
  }

  private StoredArchive stored(long bytes, boolean complete) {
    return new StoredArchive(
        Forge.ID,
        "demo",
        RawPaths.stored(bench.shelf.resolve("x")),
        Workbench.NOW,
        bytes,
        1,
        1,
        complete,
        null,
        null,
        null,
        null);
  }
}
