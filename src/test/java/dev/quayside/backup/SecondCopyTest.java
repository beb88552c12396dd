package dev.quayside.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Outcome;
import dev.quayside.common.Progress;
import dev.quayside.common.StepBoundary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A copy is the same bytes under the same name, read back from where it lies; or there is none. */
class SecondCopyTest {

  private static final String ARCHIVE = "demo-20261122T102030Z.tar.zst.gpg";

  @TempDir private Path folder;
  private Workbench bench;
  private Path archive;
  private Path second;

  @BeforeEach
  void setUp() throws Exception {
    bench = new Workbench(folder.resolve("bench"));
    bench.makeEdgeTree();
    archive = bench.archive();
    second = Files.createDirectory(folder.resolve("second"));
  }

  private Outcome<CopyReceipt> copy(StepBoundary steps) throws Exception {
    return bench.copy(steps).run(bench.only(), second, Progress.none());
  }

  @Test
  void theCopyIsTheSameIsListedAndVerifies() throws Exception {
    Outcome<CopyReceipt> outcome = copy(StepBoundary.none());
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Done.class,
            done -> assertThat(((CopyReceipt) done.receipt()).sha256()).hasSize(64));
    assertThat(Workbench.names(second)).containsExactly(ARCHIVE, ARCHIVE + ".txt");
    assertThat(second.resolve(ARCHIVE)).hasSameBinaryContentAs(archive);
    assertThat(second.resolve(ARCHIVE + ".txt"))
        .hasSameBinaryContentAs(bench.shelf.resolve(ARCHIVE + ".txt"));
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(second.resolve(ARCHIVE))))
        .isEqualTo("rw-------");
    assertThat(new BackupShelf(bench.home).list())
        .extracting(ShelvedArchive::archive)
        .containsExactlyInAnyOrder(archive, second.resolve(ARCHIVE));
    assertThat(
            bench
                .verification()
                .run(second.resolve(ARCHIVE), Workbench.unlocking(), Progress.none()))
        .isInstanceOf(Outcome.Done.class);
    // Verifying the copy must not make a third record of it.
    assertThat(new BackupShelf(bench.home).list()).hasSize(2);
    assertThat(bench.endings()).containsExactly("backup.create 1", "backup.copy 1");
  }

  @Test
  void aCopyThatReadsBackDifferentlyIsNone() throws Exception {
    StepBoundary altering =
        step -> {
          if (step.equals(CopyStep.WRITTEN.label())) {
            Path part = second.resolve("." + ARCHIVE + ".quayside-part");
            try {
              byte[] bytes = Files.readAllBytes(part);
              bytes[bytes.length / 2] ^= 1;
              Files.write(part, bytes);
            } catch (java.io.IOException e) {
              throw new java.io.UncheckedIOException(e);
            }
          }
        };
    assertThat(copy(altering))
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> assertThat(refused.problem().code()).isEqualTo("BACKUP-COPY-DIFFERS"));
    assertThat(second).isEmptyDirectory();
    assertThat(archive).exists();
    assertThat(new Unfinished(bench.home).ids()).isEmpty();
    assertThat(bench.endings()).containsExactly("backup.create 1", "backup.copy 1");
  }

  @Test
  void aTakenNameAndAnArchiveThatChangedAreRefused() throws Exception {
    Files.writeString(second.resolve(ARCHIVE), "somebody else's");
    assertThat(copy(StepBoundary.none()))
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> assertThat(refused.problem().code()).isEqualTo("BACKUP-EXISTS"));
    assertThat(second.resolve(ARCHIVE)).hasContent("somebody else's");
    Files.delete(second.resolve(ARCHIVE));
    Files.write(archive, new byte[3]);
    assertThat(copy(StepBoundary.none()))
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> assertThat(refused.problem().code()).isEqualTo("BACKUP-COPY-NOT-IT"));
    assertThat(second).isEmptyDirectory();
  }

  @ParameterizedTest
  @EnumSource(CopyStep.class)
  void aKilledCopyIsWholeOrGone(CopyStep step) throws Exception {
    int status =
        KillAtStep.fork(
            folder.resolve("log"),
            List.of(),
            step.label(),
            "copy",
            bench.root.toString(),
            second.toString());
    assertThat(status)
        .as(Files.readString(folder.resolve("log")))
        .isEqualTo(StepBoundary.HALT_STATUS);

    new Leftovers(bench.home, bench.journal()).sweep();

    if (step.compareTo(CopyStep.PUBLISHED) >= 0) {
      assertThat(Workbench.names(second)).containsExactly(ARCHIVE, ARCHIVE + ".txt");
      assertThat(second.resolve(ARCHIVE + ".txt"))
          .hasSameBinaryContentAs(bench.shelf.resolve(ARCHIVE + ".txt"));
      assertThat(new BackupShelf(bench.home).list()).hasSize(2);
    } else {
      assertThat(second).isEmptyDirectory();
      assertThat(new BackupShelf(bench.home).list()).hasSize(1);
    }
    assertThat(bench.endings()).containsExactly("backup.create 1", "backup.copy 1");
    assertThat(new Unfinished(bench.home).ids()).isEmpty();
  }
}
