package dev.quayside.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.catalogue.Catalogue;
import dev.quayside.common.Home;
import dev.quayside.common.Progress;
import dev.quayside.common.StepBoundary;
import dev.quayside.engine.compose.ComposeInvocation;
import dev.quayside.journal.EntryKind;
import dev.quayside.journal.Journal;
import dev.quayside.stack.env.EnvFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What needs no engine is put in order without one, and one stuck run keeps no other from it. */
class RotationRecoveryTest {

  @TempDir private Path folder;
  private Home home;
  private Journal journal;

  @BeforeEach
  void setUp() throws Exception {
    home = new Home(folder.resolve("c"), folder.resolve("s"), folder.resolve("h"));
    journal = Journal.open(home, InstantSource.system());
  }

  @SuppressWarnings("NullAway") // What recovers without an engine must not need these.
  private List<Recovery> recover() {
    return new Rotation(
            new RotationParts(
                () -> {
                  throw new IllegalStateException("no engine");
                },
                null,
                null,
                null,
                journal,
                Catalogue.load(),
                home,
                InstantSource.system(),
                System::nanoTime,
                StepBoundary.none(),
                Duration.ZERO))
        .recover(Progress.none());
  }

  @Test
  void aRunThatWasKilledWhileItCheckedIsClosed() throws Exception {
    assertThat(Rotation.anyBegun(home, journal)).isFalse();
    journal.begin("rotate", "demo", Map.of("file", folder.resolve(".env").toString()));
    assertThat(Rotation.anyBegun(home, journal)).isTrue();

    assertThat(recover()).extracting(Recovery::ended).containsExactly(Recovery.Ended.PUT_BACK);

    assertThat(journal.entries().getLast().kind()).isEqualTo(EntryKind.FAILED);
    assertThat(Rotation.anyBegun(home, journal)).isFalse();
  }

  @Test
  void aRecordThatCannotBeReadDoesNotKeepTheOthersFromBeingPutInOrder() throws Exception {
    Path broken = Files.createDirectories(home.state().resolve("rotations/broken"));
    Files.writeString(broken.resolve("record.json"), "{");
    journal.begin("rotate", "demo", Map.of("file", folder.resolve(".env").toString()));

    assertThat(recover())
        .extracting(Recovery::ended)
        .containsExactly(Recovery.Ended.STUCK, Recovery.Ended.PUT_BACK);
    assertThat(broken).exists();
  }

  @Test
  void theCopyOfTheOldValueIsKeptWhereTheAnnouncementCannotBeRead() throws Exception {
    Path file = Files.writeString(folder.resolve(".env"), "KEY=new\n");
    byte[] old = "KEY=old\n".getBytes(StandardCharsets.UTF_8);
    byte[] fresh = "KEY=new\n".getBytes(StandardCharsets.UTF_8);
    RotationStore store = new RotationStore(home);
    RotationRecord record =
        new RotationRecord(
            "0123456789abcdef0123456789abcdef",
            "demo",
            "kind",
            "era",
            new ComposeInvocation("demo", folder, List.of(), List.of(), List.of()),
            file,
            List.of("KEY"),
            List.of("web"),
            EnvFile.hash(old),
            EnvFile.hash(fresh),
            List.of(),
            false,
            RotationRecord.Phase.WRITING,
            Instant.EPOCH);
    store.create(record, old, fresh);

    assertThat(recover()).extracting(Recovery::ended).containsExactly(Recovery.Ended.STUCK);
    assertThat(store.oldContent(record.id())).isEqualTo(old);
  }
}
