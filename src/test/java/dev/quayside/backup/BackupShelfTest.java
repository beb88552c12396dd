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

  private static final Path OTHER = Path.of("/downloads/other.gpg");

  @TempDir private Path folder;
  private BackupShelf shelf;
  private Path ours;
  private ShelvedArchive known;

  @BeforeEach
  void setUp() throws Exception {
    ours = folder.resolve("ours.gpg");
    shelf = new BackupShelf(new Workbench(folder.resolve("bench")).home);
    known = new ShelvedArchive(Forge.ID, "demo", ours, Workbench.NOW, 9, 9, 9, true, null, null);
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
  void aCopyIsNotTakenForTheOneThatIsStillThere() throws Exception {
    Files.writeString(ours, "123456789");
    shelf.verified(report(OTHER, Origin.PASSPHRASE_HOLDER, null), Workbench.NOW);
    assertThat(shelf.list()).extracting(ShelvedArchive::archive).containsOnlyOnce(ours, OTHER);

    Files.delete(ours);
    shelf.verified(report(OTHER, Origin.PASSPHRASE_HOLDER, null), Workbench.NOW);
    assertThat(shelf.list())
        .as("one record for one file")
        .extracting(ShelvedArchive::archive)
        .containsOnlyOnce(ours, OTHER);
  }

  @Test
  void damageThatHidesWhatItIsIsNotedToo() throws Exception {
    VerificationReport headless =
        new VerificationReport(
            ours, 9, null, 0, 0, 0, List.of(), Origin.UNKNOWN, damaged(), Duration.ZERO);
    shelf.verified(headless, Workbench.NOW);
    assertThat(shelf.list()).extracting(ShelvedArchive::fault).containsExactly("BACKUP-ALTERED");
  }

  @Test
  void whatSomebodyPutInItsPlaceIsNotProven() throws Exception {
    Proof proof = new Proof(Workbench.NOW, 1, 1, 0, true, List.of());
    shelf.put(known.with(proof));
    shelf.verified(report(ours, Origin.PASSPHRASE_HOLDER, null), Workbench.NOW);
    assertThat(shelf.list().getFirst().proof()).isEqualTo(proof);

    shelf.verified(report(ours, Origin.UNKNOWN, null), Workbench.NOW);
    assertThat(shelf.list().getFirst().proof()).isNull();
  }

  @Test
  void whatTheOneInItsPlaceSaysOfItselfIsNotNotedAsOurs() throws Exception {
    Proof proof = new Proof(Workbench.NOW, 1, 1, 0, true, List.of());
    shelf.put(known.with(proof));
    VerificationReport bigger =
        new VerificationReport(
            ours, 77, Forge.plan(9, 9), 9, 9, 0, List.of(), Origin.UNKNOWN, null, Duration.ZERO);
    shelf.verified(bigger, Workbench.NOW);
    assertThat(shelf.list()).containsExactly(known.with(proof).faulty("BACKUP-ALTERED"));
    assertThat(shelf.look())
        .extracting(ShelvedArchive::proven, ShelvedArchive::bytes)
        .containsExactly(tuple(false, 9L));
  }

  @Test
  void aFaultOfTheKnownOneItselfIsNoted() throws Exception {
    shelf.verified(report(ours, Origin.UNKNOWN, damaged()), Workbench.NOW);
    assertThat(shelf.list()).extracting(ShelvedArchive::fault).containsExactly("BACKUP-ALTERED");
  }

  @Test
  void onlyLookingTellsWhatBecameOfTheFiles() throws Exception {
    Path there = Files.writeString(folder.resolve("there.gpg"), "123456789");
    put("there", there);
    put("other", Files.writeString(folder.resolve("other.gpg"), "cut"));
    put("folder", Files.createDirectory(folder.resolve("folder.gpg")));
    put("gone", folder.resolve("gone.gpg"));
    put("away", folder.resolve("unplugged/away.gpg"));
    shelf.remove(known.id());
    assertThat(shelf.list()).extracting(ShelvedArchive::presence).containsOnly(Presence.THERE);
    assertThat(shelf.look())
        .extracting(ShelvedArchive::id, ShelvedArchive::presence)
        .containsExactlyInAnyOrder(
            tuple("there", Presence.THERE),
            tuple("other", Presence.NOT_AS_WRITTEN),
            tuple("folder", Presence.NOT_AS_WRITTEN),
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
