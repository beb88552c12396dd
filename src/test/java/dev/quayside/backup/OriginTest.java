package dev.quayside.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.backup.keys.OwnKey;
import dev.quayside.common.Outcome;
import dev.quayside.common.Progress;
import dev.quayside.common.StepBoundary;
import dev.quayside.pgp.Gnupg;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who made an archive decides what of it comes back. */
class OriginTest {

  @TempDir private Path folder;
  private Workbench bench;
  private Gnupg gpg;
  private Path certificate;
  private Unlocking unlocking;

  @BeforeEach
  void setUp() throws Exception {
    bench = new Workbench(folder.resolve("bench"));
    Files.createSymbolicLink(bench.source.resolve("out"), Path.of("/etc/hostname"));
    Files.createFile(bench.source.resolve("special"));
    Files.setAttribute(bench.source.resolve("special"), "unix:mode", 04755);
    Files.createDirectory(bench.source.resolve("sticky"));
    Files.setAttribute(bench.source.resolve("sticky"), "unix:mode", 01777);
    gpg = new Gnupg();
    String key = gpg.makeKey("Ada", "eddsa\nKey-Curve: ed25519", "ecdh\nSubkey-Curve: cv25519", "");
    certificate = gpg.exportPublic(key, folder);
    unlocking = new Unlocking(Workbench.passphrase(""), gpg.exportSecret(key, "", folder));
  }

  @AfterEach
  void end() throws Exception {
    gpg.close();
  }

  @Test
  void anArchiveToAKeyIsSignedByUsAndComesBackWhole() throws Exception {
    Path archive = made(new Protection.Recipients(List.of(certificate)));

    assertThat(verified(archive)).isEqualTo(Origin.SIGNED_BY_US);
    Path target = folder.resolve("restored");
    Outcome<RestoreReceipt> outcome = restored(archive, target);
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    assertThat(Workbench.describe(target.resolve("files/data")))
        .isEqualTo(Workbench.describe(bench.source));
  }

  @Test
  void withoutASignatureNothingComesBackThatCouldHarm() throws Exception {
    Path archive = made(new Protection.Recipients(List.of(certificate), false));

    assertThat(verified(archive)).isEqualTo(Origin.UNKNOWN);
    Path target = folder.resolve("restored");
    assertThat(restored(archive, target)).isInstanceOf(Outcome.Attention.class);
    assertHarmless(target);
  }

  @Test
  void theSignatureOfAnotherInstallationIsThatOfAStranger() throws Exception {
    Path archive = made(new Protection.Recipients(List.of(certificate)));
    bench = new Workbench(folder.resolve("elsewhere"));

    assertThat(verified(archive)).isEqualTo(Origin.UNKNOWN);
    Path target = folder.resolve("restored");
    assertThat(restored(archive, target)).isInstanceOf(Outcome.Attention.class);
    assertHarmless(target);
  }

  @Test
  void theKeyThatSignsIsMadeOnceAndForItsOwnerOnly() throws Exception {
    OwnKey own = new OwnKey(bench.home, InstantSource.system());

    String fingerprint = own.get().fingerprint();

    assertThat(own.get().fingerprint()).isEqualTo(fingerprint);
    Path file = bench.home.state().resolve("backup/keys/signing-key.asc");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  private static void assertHarmless(Path target) throws Exception {
    Path data = target.resolve("files/data");
    assertThat(Workbench.names(data)).containsExactly("special", "sticky");
    assertThat(FileFacts.of(data.resolve("special")).mode()).isEqualTo(0755);
    assertThat(FileFacts.of(data.resolve("sticky")).mode()).isEqualTo(0777);
  }

  private Path made(Protection protection) throws Exception {
    BackupRequest request =
        new BackupRequest(bench.scope(), bench.shelf, protection, Compression.ZSTD);
    Outcome<BackupReceipt> made = bench.creation(StepBoundary.none()).run(request, Progress.none());
    return ((Outcome.Done<BackupReceipt>) made).receipt().archive();
  }

  private Origin verified(Path archive) {
    return ((Outcome.Done<VerificationReport>)
            bench.verification().run(archive, unlocking, Progress.none()))
        .receipt()
        .origin();
  }

  private Outcome<RestoreReceipt> restored(Path archive, Path target) throws Exception {
    return bench
        .restore(StepBoundary.none())
        .run(new RestoreRequest(archive, unlocking, target), Progress.none());
  }
}
