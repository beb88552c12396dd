package dev.quayside.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.quayside.common.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An archive that only says it is the one we know changes nothing about the one we know. */
class BackupShelfTest {

  private static final Path OURS = Path.of("/backups/ours.gpg");
  private static final Path OTHER = Path.of("/downloads/other.gpg");

  @TempDir private Path folder;
  private BackupShelf shelf;
  private ShelvedArchive known;

  @BeforeEach
  void setUp() throws Exception {
    shelf = new BackupShelf(new Workbench(folder.resolve("bench")).home);
    known = new ShelvedArchive(Forge.ID, "demo", OURS, Workbench.NOW, 9, 9, 9, true, null, null);
    shelf.put(known);
  }

  @Test
  void anUnsoundArchiveElsewhereLeavesTheKnownOneAsItIs() throws Exception {
    shelf.verified(report(OTHER, Origin.UNKNOWN, damaged()), Workbench.NOW);
    assertThat(shelf.list()).containsExactly(known);
  }

  @Test
  void aSoundArchiveOfUnknownOriginStandsBesideTheKnownOne() throws Exception {
    shelf.verified(report(OTHER, Origin.UNKNOWN, null), Workbench.NOW);
    shelf.verified(report(OTHER, Origin.UNKNOWN, null), Workbench.NOW);
    assertThat(shelf.list()).hasSize(2).contains(known);
    assertThat(shelf.list()).extracting(ShelvedArchive::archive).contains(OTHER);
  }

  @Test
  void aSoundArchiveOfSomebodyWithThePassphraseHasMoved() throws Exception {
    shelf.verified(report(OTHER, Origin.PASSPHRASE_HOLDER, null), Workbench.NOW);
    assertThat(shelf.list()).extracting(ShelvedArchive::archive).containsExactly(OTHER);
  }

  @Test
  void aFaultOfTheKnownOneItselfIsNoted() throws Exception {
    shelf.verified(report(OURS, Origin.UNKNOWN, damaged()), Workbench.NOW);
    assertThat(shelf.list()).extracting(ShelvedArchive::fault).containsExactly("BACKUP-ALTERED");
  }

  @Test
  void onlyLookingTellsWhatBecameOfTheFiles() throws Exception {
    Path there = Files.writeString(folder.resolve("there.gpg"), "x");
    put("there", there);
    put("gone", folder.resolve("gone.gpg"));
    put("away", folder.resolve("unplugged/away.gpg"));
    shelf.remove(known.id());
    assertThat(shelf.list()).extracting(ShelvedArchive::presence).containsOnly(Presence.THERE);
    assertThat(shelf.look())
        .extracting(ShelvedArchive::id, ShelvedArchive::presence)
        .containsExactlyInAnyOrder(
            tuple("there", Presence.THERE),
            tuple("gone", Presence.FILE_GONE),
            tuple("away", Presence.DISK_AWAY));
  }

  private void put(String id, Path archive) throws Exception {
    shelf.put(new ShelvedArchive(id, "demo", archive, Workbench.NOW, 9, 9, 9, true, null, null));
  }

  private static Problem damaged() {
    return ArchiveProblems.of("BACKUP-ALTERED", OTHER);
  }

  private static VerificationReport report(Path archive, Origin origin, @Nullable Problem fault) {
    return new VerificationReport(
        archive, 9, Forge.plan(9, 9), 9, 9, 0, List.of(), origin, fault, Duration.ZERO);
  }
}
