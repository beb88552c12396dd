package dev.quayside.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Outcome;
import dev.quayside.common.Progress;
import dev.quayside.common.StepBoundary;
import dev.quayside.journal.EntryKind;
import dev.quayside.journal.Intent;
import dev.quayside.pgp.Gnupg;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A tree goes into an archive and comes back, with Quayside and with the tools of the system. */
class BackupRoundTripTest {

  @TempDir private Path folder;
  private Workbench bench;

  @BeforeEach
  void setUp() throws Exception {
    bench = new Workbench(folder);
    bench.makeEdgeTree();
  }

  @Test
  void whatIsRestoredEqualsWhatWasSaved() throws Exception {
    Path archive = bench.archive();
    assertThat(archive.getFileName()).hasToString("demo-20261122T102030Z.tar.zst.gpg");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(archive)))
        .isEqualTo("rw-------");
    assertThat(Workbench.names(bench.shelf))
        .containsExactly(
            "demo-20261122T102030Z.tar.zst.gpg",
            "demo-20261122T102030Z.tar.zst.gpg.txt",
            "demo-20261122T102030Z.tar.zst.manifest.gpg");

    Path target = folder.resolve("restored");
    Outcome<RestoreReceipt> outcome = bench.restoreTo(archive, target);

    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    assertThat(Workbench.describe(target.resolve("files/data")))
        .isEqualTo(Workbench.describe(bench.source));
    RestoreReceipt receipt = ((Outcome.Done<RestoreReceipt>) outcome).receipt();
    assertThat(receipt.outsideLinks()).containsExactly("files/data/absolute -> /etc/hostname");
    assertThat(receipt.origin()).isEqualTo(Origin.PASSPHRASE_HOLDER);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
        .isEqualTo("rwx------");
    assertThat(Workbench.names(folder)).containsExactly("backups", "data", "home", "restored");
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void stockGpgAndTarOpenTheArchiveWithTheCommandOnTheCard(Compression compression)
      throws Exception {
    BackupRequest request = bench.request();
    Outcome<BackupReceipt> outcome =
        bench
            .creation(StepBoundary.none())
            .run(
                new BackupRequest(
                    request.scope(), request.target(), request.protection(), compression),
                Progress.none());
    Path archive = ((Outcome.Done<BackupReceipt>) outcome).receipt().archive();
    String card = Files.readString(RecoveryCard.path(archive));
    String command =
        card.lines()
            .filter(line -> line.contains("gpg --decrypt"))
            .findFirst()
            .orElseThrow()
            .strip();
    Path restored = Files.createDirectory(bench.shelf.resolve("restored"));
    try (Gnupg gpg = new Gnupg()) {
      String unattended =
          command.replace(
              "gpg --decrypt",
              "gpg --batch --pinentry-mode loopback --passphrase-file "
                  + gpg.passphraseFile(Workbench.PASSPHRASE)
                  + " -d");
      ProcessBuilder builder = new ProcessBuilder("bash", "-c", "set -o pipefail; " + unattended);
      builder.environment().put("GNUPGHOME", gpg.home().toString());
      builder.directory(bench.shelf.toFile());
      Process process =
          builder.redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile()).start();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(Files.readString(folder.resolve("log"))).isZero();
    }
    List<String> expected = Workbench.describe(bench.source);
    assertThat(Workbench.describe(restored.resolve("files/data"))).isEqualTo(expected);
    assertThat(restored.resolve("plan.json")).exists();
    assertThat(restored.resolve("seal.json")).exists();
  }

  @Test
  void aSoundArchiveVerifiesAndIsNotedOnTheShelf() throws Exception {
    Path archive = bench.archive();
    assertThat(new BackupShelf(bench.home).list())
        .singleElement()
        .satisfies(shelved -> {
          assertThat(shelved.verified()).isNull();
          assertThat(shelved.archive()).isEqualTo(archive);
          assertThat(shelved.bytes()).isEqualTo(Files.size(archive));
          assertThat(shelved.complete()).isTrue();
        });

    Outcome<VerificationReport> outcome =
        bench.verification().run(archive, Workbench.unlocking(), Progress.none());

    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    VerificationReport report = ((Outcome.Done<VerificationReport>) outcome).receipt();
    assertThat(report.contentBytes()).isGreaterThan(1_700_000);
    assertThat(new BackupShelf(bench.home).list())
        .singleElement()
        .satisfies(shelved -> assertThat(shelved.verified()).isEqualTo(Workbench.NOW));
  }

  @Test
  void thePreviewTellsWhatIsInsideWithoutReadingTheRest() throws Exception {
    Path archive = bench.archive();
    byte[] bytes = Files.readAllBytes(archive);
    bytes[bytes.length - 40] ^= 1;
    Files.write(archive, bytes);

    ArchivePlan plan = new Preview(bench.home).read(archive, Workbench.unlocking());

    assertThat(plan.stack()).isEqualTo("demo");
    assertThat(plan.parts()).extracting(ArchivePlan.Part::path).containsExactly("files/data");
    assertThat(plan.services())
        .extracting(BackupScope.Service::image)
        .containsExactly("nginx:1.27");
    assertThat(plan.leftOut()).hasSize(1);
  }

  @Test
  void theJournalHoldsIntentAndOutcomeOfBoth() throws Exception {
    Path archive = bench.archive();
    bench.restoreTo(archive, folder.resolve("restored"));
    assertThat(bench.journal().entries())
        .extracting(entry -> entry.kind() + " " + entry.action())
        .containsExactly(
            EntryKind.INTENT + " backup.create",
            EntryKind.DONE + " backup.create",
            EntryKind.INTENT + " backup.restore",
            EntryKind.DONE + " backup.restore");
  }

  @Test
  void anArchiveWhoseNotesFailIsReportedAsMade() throws Exception {
    Files.writeString(bench.source.resolve("a"), "a");
    Path target = bench.shelf.resolve("named.tar.zst.gpg");
    Files.createSymbolicLink(
        bench.shelf.resolve("named.tar.zst.gpg.txt"), Path.of("/nowhere/at/all"));
    BackupRequest request =
        new BackupRequest(bench.scope(), target, bench.request().protection(), Compression.ZSTD);
    assertThat(bench.creation(StepBoundary.none()).run(request, Progress.none()))
        .isInstanceOfSatisfying(
            Outcome.Attention.class,
            attention -> assertThat(attention.problem().code()).isEqualTo("BACKUP-UNNOTED"));
    assertThat(bench.verification().run(target, Workbench.unlocking(), Progress.none()))
        .isInstanceOf(Outcome.Done.class);
  }

  @Test
  void aLeftoverThatCannotBePutInOrderDoesNotKeepTheOthersFromIt() throws Exception {
    Unfinished unfinished = new Unfinished(bench.home);
    Path made = Files.writeString(bench.shelf.resolve("made.gpg"), "an archive");
    Files.createSymbolicLink(bench.shelf.resolve("made.gpg.txt"), Path.of("/nowhere/at/all"));
    unfinished.write(abandoned(Unfinished.Work.CREATE, "a", ArchiveFile.part(made), made));
    Path staging = Files.createDirectory(bench.shelf.resolve(".b" + StagingFolder.SUFFIX));
    unfinished.write(abandoned(Unfinished.Work.RESTORE, "b", staging, bench.shelf.resolve("b")));
    assertThat(new Leftovers(bench.home, bench.journal()).sweep())
        .extracting(Leftovers.Leftover::fate)
        .containsExactlyInAnyOrder(Leftovers.Fate.STUCK, Leftovers.Fate.REMOVED);
    assertThat(staging).doesNotExist();
    assertThat(unfinished.ids()).containsExactly("a");
  }

  private Unfinished.Entry abandoned(Unfinished.Work work, String id, Path temporary, Path target)
      throws Exception {
    Intent intent = bench.journal().begin(work.action(), id, Map.of());
    StoredArchive shelved =
        new StoredArchive(
            id,
            "demo",
            RawPaths.stored(target),
            Workbench.NOW,
            10,
            1,
            1,
            true,
            null,
            null,
            null,
            null);
    return Unfinished.entry(work, id, temporary, target, intent, Compression.ZSTD).with(shelved);
  }

  @Test
  void anExistingEmptyFolderIsRestoredInto() throws Exception {
    Path target = Files.createDirectory(folder.resolve("restored"));
    assertThat(bench.restoreTo(bench.archive(), target)).isInstanceOf(Outcome.Done.class);
    assertThat(target.resolve("files/data/text.txt")).hasContent("hello\n");
  }
}
