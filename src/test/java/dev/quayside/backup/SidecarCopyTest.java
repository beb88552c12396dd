package dev.quayside.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.backup.keys.KnownSigners;
import dev.quayside.common.Secret;
import dev.quayside.pgp.PgpEncryption;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list goes with its archive, and with no other. */
class SidecarCopyTest {

  @TempDir private Path folder;
  private Path archive;
  private Path copy;
  private Path hidden;

  @BeforeEach
  void setUp() throws Exception {
    archive = Files.writeString(folder.resolve("a.tar.zst.gpg"), "archive");
    copy = Files.createDirectory(folder.resolve("disk")).resolve("b.tar.zst.gpg");
    hidden = ArchiveFile.part(Sidecar.path(copy));
  }

  @Test
  void theListIsCopiedUnderAHiddenNameAndGetsItsNameWithTheCopy() throws Exception {
    Files.writeString(Sidecar.path(archive), "list");
    Files.writeString(hidden, "of an earlier try");

    Sidecar.prepare(archive, copy);
    assertThat(hidden).hasContent("list");
    assertThat(Sidecar.path(copy)).doesNotExist();
    Sidecar.finish(copy, true);

    assertThat(Sidecar.path(copy)).hasContent("list");
    assertThat(Workbench.names(copy.getParent())).containsExactly("b.tar.zst.manifest.gpg");
  }

  @Test
  void whereThereIsNoListNoneIsMadeOfWhatWasLeftOver() throws Exception {
    Files.writeString(hidden, "of an earlier try");
    Sidecar.prepare(archive, copy);
    Sidecar.finish(copy, true);
    assertThat(Workbench.names(copy.getParent())).isEmpty();
  }

  @Test
  void aCopyThatWasGivenUpLeavesNoList() throws Exception {
    Files.writeString(Sidecar.path(archive), "list");
    Sidecar.prepare(archive, copy);
    Sidecar.finish(copy, false);
    assertThat(Workbench.names(copy.getParent())).isEmpty();
  }

  @Test
  void aListThatIsThereAlreadyIsLeftAlone() throws Exception {
    Files.writeString(Sidecar.path(archive), "list");
    Files.writeString(Sidecar.path(copy), "mine");
    Sidecar.prepare(archive, copy);
    Sidecar.finish(copy, true);
    assertThat(Sidecar.path(copy)).hasContent("mine");
    assertThat(Workbench.names(copy.getParent())).containsExactly("b.tar.zst.manifest.gpg");
  }

  @Test
  void aListOfAnArchiveThatWasAlteredSinceIsNotBelieved() throws Exception {
    Workbench bench = new Workbench(folder.resolve("bench"));
    Files.writeString(bench.source.resolve("a"), "a");
    Path real = bench.archive();
    KnownSigners known = new BackupShelf(bench.home).signers();
    assertThat(Sidecar.read(real, Workbench.unlocking(), known).state())
        .isEqualTo(ManifestState.AUTHENTIC);
    byte[] bytes = Files.readAllBytes(real);
    bytes[bytes.length - 1] ^= 1;
    Files.write(real, bytes);

    Sidecar.Found found = Sidecar.read(real, Workbench.unlocking(), known);

    assertThat(found.state()).isEqualTo(ManifestState.OTHER_ARCHIVE);
    assertThat(found.manifest()).isNull();
    Files.write(real, java.util.Arrays.copyOf(bytes, bytes.length + 1));
    assertThat(Sidecar.read(real, Workbench.unlocking(), known).state())
        .isEqualTo(ManifestState.OTHER_ARCHIVE);
  }

  @Test
  void anAuthenticMessageThatIsNoListIsDamaged() throws Exception {
    Workbench bench = new Workbench(folder.resolve("bench"));
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    try (Secret passphrase = Secret.owning(Workbench.PASSPHRASE.toCharArray());
        OutputStream out =
            CompressionStreams.output(
                Compression.ZSTD, PgpEncryption.toPassphrase(message, passphrase))) {
      out.write("{}".getBytes(StandardCharsets.UTF_8));
    }
    Files.write(Sidecar.path(archive), message.toByteArray());
    assertThat(Sidecar.read(archive, Workbench.unlocking(), new BackupShelf(bench.home).signers()))
        .isEqualTo(Sidecar.Found.nothing(ManifestState.DAMAGED));
  }
}
