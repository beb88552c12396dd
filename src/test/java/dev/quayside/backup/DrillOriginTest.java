package dev.quayside.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.backup.drill.Drill;
import dev.quayside.backup.drill.DrillReceipt;
import dev.quayside.common.Outcome;
import dev.quayside.common.Progress;
import dev.quayside.common.StepBoundary;
import dev.quayside.engine.EngineControl;
import dev.quayside.engine.EngineSource;
import dev.quayside.journal.JournaledEngine;
import dev.quayside.pgp.Gnupg;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An archive that is not to be trusted never comes to an engine. */
class DrillOriginTest {

  private static final EngineSource NO_ENGINE =
      () -> {
        throw new AssertionError("nothing may be started");
      };

  @TempDir private Path folder;
  private Workbench bench;

  @BeforeEach
  void setUp() throws Exception {
    bench = new Workbench(folder.resolve("bench"));
    Files.writeString(bench.source.resolve("file"), "content");
  }

  private Outcome<DrillReceipt> drill(Path archive, Unlocking unlocking) throws Exception {
    EngineControl control =
        (EngineControl)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {EngineControl.class},
                (proxy, method, arguments) -> {
                  throw new AssertionError("nothing may be changed: " + method.getName());
                });
    return new Drill(
            bench.home,
            bench.journal(),
            NO_ENGINE,
            new JournaledEngine(control),
            InstantSource.fixed(Workbench.NOW),
            StepBoundary.none())
        .run(archive, unlocking, Progress.none());
  }

  @Test
  void anArchiveOfUnknownOriginIsRefused() throws Exception {
    try (Gnupg gpg = new Gnupg()) {
      String key =
          gpg.makeKey("Drill", "eddsa\nKey-Curve: ed25519", "ecdh\nSubkey-Curve: cv25519", "");
      Protection protection =
          new Protection.Recipients(List.of(gpg.exportPublic(key, folder)), false);
      BackupRequest request =
          new BackupRequest(bench.scope(), bench.shelf, protection, Compression.ZSTD);
      Outcome<BackupReceipt> made =
          bench.creation(StepBoundary.none()).run(request, Progress.none());
      Path archive = ((Outcome.Done<BackupReceipt>) made).receipt().archive();

      Outcome<DrillReceipt> outcome =
          drill(
              archive, new Unlocking(Workbench.passphrase(""), gpg.exportSecret(key, "", folder)));

      assertThat(outcome)
          .isInstanceOfSatisfying(
              Outcome.Refused.class,
              one -> assertThat(one.problem().code()).isEqualTo("DRILL-ORIGIN"));
      assertThat(bench.journal().unended("backup.drill")).isEmpty();
    }
  }

  @Test
  void whatAnotherProgramMadeIsRefusedWithoutAPassphrase() throws Exception {
    Path dump = Files.writeString(folder.resolve("dump.sql"), "select 1;\n");

    Outcome<DrillReceipt> outcome =
        drill(
            dump,
            new Unlocking(
                purpose -> {
                  throw new AssertionError("nobody may be asked");
                },
                null));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            one -> assertThat(one.problem().code()).isEqualTo("DRILL-FOREIGN"));
  }

  @Test
  void anArchiveThatIsNotSoundIsFoundAndNothingOfItIsTried() throws Exception {
    Path archive = bench.archive();
    byte[] bytes = Files.readAllBytes(archive);
    bytes[bytes.length - 100] ^= 1;
    Files.write(archive, bytes, StandardOpenOption.TRUNCATE_EXISTING);

    Outcome<DrillReceipt> outcome = drill(archive, Workbench.unlocking());

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Found.class,
            one ->
                assertThat(((DrillReceipt) one.receipt()).fault().code())
                    .isEqualTo("BACKUP-ALTERED"));
    assertThat(new BackupShelf(bench.home).list().getFirst().proven()).isFalse();
  }
}
