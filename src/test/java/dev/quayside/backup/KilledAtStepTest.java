package dev.quayside.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Outcome;
import dev.quayside.common.Progress;
import dev.quayside.common.StepBoundary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A kill at any named step leaves the old state or the new one, and the next start cleans up. */
class KilledAtStepTest {

  private static final String ARCHIVE = "demo-20261122T102030Z.tar.zst.gpg";

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
                || name.equals("." + ARCHIVE + ".quayside-part"));

    List<Leftovers.Leftover> swept = new Leftovers(bench.home, bench.journal()).sweep();

    boolean published = step.compareTo(CreationStep.PUBLISHED) >= 0;
    if (published) {
      assertThat(Workbench.names(bench.shelf)).containsExactly(ARCHIVE, ARCHIVE + ".txt");
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
    if (step == CreationStep.RECORD_REMOVED) {
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
    unfinished.write(
        Unfinished.entry(
            Unfinished.Work.CREATE,
            Forge.ID,
            part,
            bench.shelf.resolve("x"),
            bench.journal().begin("backup.create", "demo", java.util.Map.of()),
            Compression.ZSTD));

    assertThat(new Leftovers(bench.home, bench.journal()).sweep()).isEmpty();
    assertThat(part).exists();
  }

  @Test
  void leftoversOnADiskThatIsNotPluggedInWait() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    Unfinished.Entry ours =
        Unfinished.entry(
            Unfinished.Work.CREATE,
            Forge.ID,
            disk.resolve(".x.quayside-part"),
            disk.resolve("x"),
            bench.journal().begin("backup.create", "demo", java.util.Map.of()),
            Compression.ZSTD);
    Unfinished.Entry dead =
        new Unfinished.Entry(
            ours.work(),
            ours.id(),
            ours.pid(),
            ours.startedAt().minusSeconds(1000),
            ours.temporary(),
            ours.target(),
            ours.intent(),
            ours.subject(),
            ours.compression(),
            null);
    new Unfinished(bench.home).write(dead);
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
}
