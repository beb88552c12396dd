package dev.quayside.backup;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdInputStream;
import dev.quayside.common.Outcome;
import dev.quayside.common.Progress;
import dev.quayside.common.StepBoundary;
import dev.quayside.pgp.Gnupg;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The list beside an archive is believed only if it is authentic and belongs to that archive. */
class SidecarTest {

  @TempDir private Path folder;
  private Workbench bench;

  @BeforeEach
  void setUp() throws Exception {
    bench = new Workbench(folder.resolve("bench"));
    bench.makeEdgeTree();
  }

  @Test
  void theListSaysWhatIsReallyInTheArchive() throws Exception {
    Path archive = bench.archive();

    PreviewReport report = look(archive);

    assertThat(report.verified()).isTrue();
    assertThat(report.manifest()).isEqualTo(ManifestState.AUTHENTIC);
    VerificationReport verified = verified(archive);
    assertThat(verified.manifest()).isEqualTo(ManifestState.AUTHENTIC);
    assertThat(report.plan()).isEqualTo(verified.plan());
    assertThat(report.listed())
        .isEqualTo(new PreviewReport.Listed(verified.entries(), verified.contentBytes(), 0, 0));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(Sidecar.path(archive))))
        .isEqualTo("rw-------");
  }

  @Test
  void stockToolsReadTheListWithEveryHashAndTheFingerprintsOfSecrets() throws Exception {
    BackupCreation creation =
        new BackupCreation(
            bench.home,
            bench.journal(),
            null,
            null,
            InstantSource.fixed(Workbench.NOW),
            StepBoundary.none(),
            (stack, salt) ->
                List.of(
                    new SecretFingerprint(stack + "/KEY", HexFormat.of().formatHex(salt, 0, 4))));
    Path archive = made(creation, bench.request());
    JsonNode manifest;
    try (Gnupg gpg = new Gnupg()) {
      byte[] packed =
          gpg.succeed(
              Files.readAllBytes(Sidecar.path(archive)),
              "--passphrase-file",
              gpg.passphraseFile(Workbench.PASSPHRASE),
              "-d");
      manifest =
          Json.MAPPER.readTree(
              new ZstdInputStream(new ByteArrayInputStream(packed)).readAllBytes());
    }
    byte[] file = Files.readAllBytes(archive);
    assertThat(manifest.at("/archive/bytes").asLong()).isEqualTo(file.length);
    assertThat(manifest.at("/archive/sha256").asString())
        .isEqualTo(HexFormat.of().formatHex(Sha256.of(file)));
    assertThat(manifest.at("/secrets/fingerprints/0/name").asString()).isEqualTo("demo/KEY");
    assertThat(manifest.at("/secrets/salt").asString())
        .hasSize(64)
        .startsWith(manifest.at("/secrets/fingerprints/0/hmacSha256").asString());
    assertThat(manifest.at("/plan/services/0/digest").toString() + manifest.at("/plan/services"))
        .contains("sha256:abc");
    assertThat(manifest.at("/plan/leftOut").toString()).contains("/models");
    assertThat(manifest.at("/seal/entries").toString())
        .contains("files/data/text.txt")
        .contains(HexFormat.of().formatHex(Sha256.of("hello\n".getBytes(StandardCharsets.UTF_8))));
  }

  @Test
  void aListThatIsMissingDamagedOrOfAnotherArchiveIsIgnoredAndSaidSo() throws Exception {
    Path archive = bench.archive();
    Path beside = Sidecar.path(archive);
    byte[] good = Files.readAllBytes(beside);
    byte[] bad = good.clone();
    bad[bad.length - 5] ^= 4;
    Files.write(beside, bad);
    assertIgnored(archive, ManifestState.DAMAGED);
    Files.write(beside, java.util.Arrays.copyOf(good, good.length - 30));
    assertIgnored(archive, ManifestState.DAMAGED);
    Files.writeString(beside, "no list");
    assertIgnored(archive, ManifestState.DAMAGED);
    Files.delete(beside);
    assertIgnored(archive, ManifestState.NONE);

    Files.write(bench.source.resolve("text.txt"), new byte[] {1});
    Path other =
        made(
            bench.creation(StepBoundary.none()),
            new BackupRequest(
                bench.scope(),
                bench.shelf.resolve("other.tar.zst.gpg"),
                bench.request().protection(),
                Compression.ZSTD));
    Files.move(Sidecar.path(other), beside);
    assertIgnored(archive, ManifestState.OTHER_ARCHIVE);
  }

  @Test
  void anotherPassphraseOfTheListIsSaid() throws Exception {
    Path archive = bench.archive();
    Path other =
        made(
            bench.creation(StepBoundary.none()),
            new BackupRequest(
                bench.scope(),
                bench.shelf.resolve("other.tar.zst.gpg"),
                new Protection.Passphrase(Workbench.passphrase("another")),
                Compression.ZSTD));
    Files.move(Sidecar.path(other), Sidecar.path(archive), StandardCopyOption.REPLACE_EXISTING);
    assertIgnored(archive, ManifestState.CLOSED);
  }

  @Test
  void forKeysOnlyASignedListCounts() throws Exception {
    try (Gnupg gpg = new Gnupg()) {
      String key =
          gpg.makeKey("Ada", "eddsa\nKey-Curve: ed25519", "ecdh\nSubkey-Curve: cv25519", "");
      Path certificate = gpg.exportPublic(key, folder);
      Unlocking unlocking =
          new Unlocking(Workbench.passphrase(""), gpg.exportSecret(key, "", folder));
      Path signed = toKey(certificate, "signed.tar.zst.gpg", true);
      Path unsigned = toKey(certificate, "unsigned.tar.zst.gpg", false);

      assertThat(new Preview(bench.home).look(signed, unlocking).manifest())
          .isEqualTo(ManifestState.AUTHENTIC);
      assertThat(new Preview(bench.home).look(unsigned, unlocking).manifest())
          .isEqualTo(ManifestState.UNSIGNED);
      Workbench elsewhere = new Workbench(folder.resolve("elsewhere"));
      PreviewReport foreign = new Preview(elsewhere.home).look(signed, unlocking);
      assertThat(foreign.manifest()).isEqualTo(ManifestState.UNSIGNED);
      assertThat(foreign.verified()).isFalse();
    }
  }

  @Test
  void aNameThatIsTakenIsNeverWrittenOver() throws Exception {
    Path taken = Files.writeString(bench.shelf.resolve("a.tar.zst.manifest.gpg"), "mine");
    BackupRequest request =
        new BackupRequest(
            bench.scope(),
            bench.shelf.resolve("a.tar.zst.gpg"),
            bench.request().protection(),
            Compression.ZSTD);
    assertThat(bench.creation(StepBoundary.none()).run(request, Progress.none()))
        .isInstanceOf(Outcome.Refused.class);
    assertThat(taken).hasContent("mine");
  }

  private Path toKey(Path certificate, String name, boolean signed) throws Exception {
    return made(
        bench.creation(StepBoundary.none()),
        new BackupRequest(
            bench.scope(),
            bench.shelf.resolve(name),
            new Protection.Recipients(List.of(certificate), signed),
            Compression.ZSTD));
  }

  private static Path made(BackupCreation creation, BackupRequest request) {
    return ((Outcome.Done<BackupReceipt>) creation.run(request, Progress.none()))
        .receipt()
        .archive();
  }

  private PreviewReport look(Path archive) throws Exception {
    return new Preview(bench.home).look(archive, Workbench.unlocking());
  }

  private VerificationReport verified(Path archive) {
    return ((Outcome.Done<VerificationReport>)
            bench.verification().run(archive, Workbench.unlocking(), Progress.none()))
        .receipt();
  }

  private void assertIgnored(Path archive, ManifestState state) throws Exception {
    PreviewReport report = look(archive);
    assertThat(report.manifest()).isEqualTo(state);
    assertThat(report.verified()).isFalse();
    assertThat(report.plan().stack()).isEqualTo("demo");
    assertThat(verified(archive).manifest()).isEqualTo(state);
  }
}
