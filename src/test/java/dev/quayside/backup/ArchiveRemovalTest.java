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

/** Only what the journal says that Quayside wrote is ever removed, and then whole. */
class ArchiveRemovalTest {

  private static final String ARCHIVE = "demo-20261122T102030Z.tar.zst.gpg";

  @TempDir private Path folder;
  private Workbench bench;
  private Path archive;

  @BeforeEach
  void setUp() throws Exception {
    bench = new Workbench(folder.resolve("bench"));
    Files.writeString(bench.source.resolve("text"), "hello");
    archive = bench.archive();
  }

  private Outcome<List<Path>> remove(List<ShelvedArchive> archives) throws Exception {
    return bench.removal(StepBoundary.none()).run(archives);
  }

  @Test
  void theArchiveItsCardAndItsRecordGoTogether() throws Exception {
    Files.writeString(bench.shelf.resolve("notes.txt"), "mine");
    assertThat(remove(bench.own())).isEqualTo(new Outcome.Done<>(List.of(archive)));
    assertThat(Workbench.names(bench.shelf)).containsExactly("notes.txt");
    assertThat(new BackupShelf(bench.home).list()).isEmpty();
    assertThat(bench.endings()).containsExactly("backup.create 1", "backup.remove 1");
  }

  @Test
  void anotherFileOfThatNameIsNotOurs() throws Exception {
    List<ShelvedArchive> own = bench.own();
    Files.writeString(archive, "somebody else's");
    assertThat(bench.own()).isEmpty();
    assertThat(remove(own)).isEqualTo(new Outcome.Done<>(List.of()));
    assertThat(archive).hasContent("somebody else's");
  }

  @Test
  void aLinkInItsPlaceIsNotOurs() throws Exception {
    List<ShelvedArchive> own = bench.own();
    Path elsewhere = folder.resolve("elsewhere");
    Files.move(archive, elsewhere);
    Files.createSymbolicLink(archive, elsewhere);
    assertThat(remove(own)).isEqualTo(new Outcome.Done<>(List.of()));
    assertThat(elsewhere).exists();
  }

  @Test
  void whatOnlyAVerificationPutOnTheShelfIsNotOurs() throws Exception {
    Path moved = bench.shelf.resolve("moved.tar.zst.gpg");
    Files.move(archive, moved);
    assertThat(bench.verification().run(moved, Workbench.unlocking(), Progress.none()))
        .isInstanceOf(Outcome.Done.class);
    assertThat(bench.only().archive()).isEqualTo(moved);
    assertThat(bench.own()).isEmpty();
    assertThat(remove(List.of(bench.only()))).isEqualTo(new Outcome.Done<>(List.of()));
    assertThat(moved).exists();
  }

  @Test
  void aCardThatBelongsToAnotherArchiveStays() throws Exception {
    Path card = RecoveryCard.path(archive);
    Files.writeString(card, "about something else");
    assertThat(remove(bench.own())).isInstanceOf(Outcome.Done.class);
    assertThat(Workbench.names(bench.shelf)).containsExactly(ARCHIVE + ".txt");
  }

  @Test
  void nothingGoesWhileABackupIsWorkedOn() throws Exception {
    Unfinished unfinished = new Unfinished(bench.home);
    try (Unfinished.Claim _ = unfinished.begin(Forge.ID)) {
      assertThat(remove(bench.own()))
          .isInstanceOfSatisfying(
              Outcome.Refused.class,
              refused -> assertThat(refused.problem().code()).isEqualTo("BACKUP-REMOVE-BUSY"));
    }
    assertThat(archive).exists();
    assertThat(remove(bench.own())).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void aCopyIsOursToo() throws Exception {
    Path second = Files.createDirectory(folder.resolve("second"));
    assertThat(bench.copy(StepBoundary.none()).run(bench.only(), second, Progress.none()))
        .isInstanceOf(Outcome.Done.class);
    assertThat(bench.removal(StepBoundary.none()).own("demo", second)).hasSize(1);
    assertThat(bench.removal(StepBoundary.none()).own("other", second)).isEmpty();
    assertThat(remove(bench.removal(StepBoundary.none()).own("demo", second)))
        .isInstanceOf(Outcome.Done.class);
    assertThat(second).isEmptyDirectory();
    assertThat(archive).exists();
  }

  @ParameterizedTest
  @EnumSource(RemovalStep.class)
  void aKilledRemovalIsFinishedOrNotBegun(RemovalStep step) throws Exception {
    int status =
        KillAtStep.fork(
            folder.resolve("log"), List.of(), step.label(), "remove", bench.root.toString());
    assertThat(status)
        .as(Files.readString(folder.resolve("log")))
        .isEqualTo(StepBoundary.HALT_STATUS);

    List<Leftovers.Leftover> swept = new Leftovers(bench.home, bench.journal()).sweep();

    if (step == RemovalStep.ANNOUNCED) {
      assertThat(Workbench.names(bench.shelf)).containsExactly(ARCHIVE, ARCHIVE + ".txt");
      assertThat(new BackupShelf(bench.home).list()).hasSize(1);
    } else {
      assertThat(bench.shelf).isEmptyDirectory();
      assertThat(new BackupShelf(bench.home).list()).isEmpty();
      if (step != RemovalStep.RECORD_REMOVED) {
        assertThat(swept)
            .extracting(Leftovers.Leftover::fate)
            .containsExactly(Leftovers.Fate.TAKEN_AWAY);
      }
    }
    assertThat(bench.endings()).containsExactly("backup.create 1", "backup.remove 1");
    assertThat(new Unfinished(bench.home).ids()).isEmpty();
  }
}
