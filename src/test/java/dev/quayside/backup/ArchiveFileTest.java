package dev.quayside.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An archive has its name only when it is whole, and never takes the place of something else. */
class ArchiveFileTest {

  private static final byte[] CONTENT = Workbench.random(600_001, 5);

  @TempDir private Path folder;
  private Path shelf;
  private Path target;

  @BeforeEach
  void setUp() throws Exception {
    shelf = Files.createDirectory(folder.resolve("shelf"));
    target = shelf.resolve("a.gpg");
  }

  @Test
  void whatIsWrittenHasItsNameAtTheEndAndNotBefore() throws Exception {
    ArchiveFile file = written();
    assertThat(target).doesNotExist();
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(ArchiveFile.part(target))))
        .isEqualTo("rw-------");
    assertThat(file.size()).isEqualTo(CONTENT.length);

    file.sync();
    assertThat(ArchiveFile.part(target)).hasBinaryContent(CONTENT);
    file.publish();

    assertThat(target).hasBinaryContent(CONTENT);
    assertThat(Workbench.names(shelf)).containsExactly("a.gpg");
  }

  @Test
  void nothingIsWrittenAfterTheFileWasForcedToTheDiskOrGivenUp() throws Exception {
    ArchiveFile synced = written();
    synced.sync();
    assertThatThrownBy(() -> synced.write(CONTENT, 0, CONTENT.length))
        .isInstanceOf(TargetException.class);
    synced.discard();
    ArchiveFile discarded = written();
    discarded.discard();
    assertThatThrownBy(discarded::sync).isInstanceOf(TargetException.class);
    assertThat(Workbench.names(shelf)).isEmpty();
  }

  @Test
  void aNameThatIsTakenMeanwhileIsLeftAlone() throws Exception {
    ArchiveFile file = written();
    file.sync();
    Files.writeString(target, "mine");
    assertThatThrownBy(file::publish)
        .isInstanceOfSatisfying(
            TargetException.class,
            e -> {
              assertThat(e.gone()).isFalse();
              assertThat(e).hasCauseInstanceOf(FileAlreadyExistsException.class);
            });
    assertThat(target).hasContent("mine");
    file.discard();
    assertThat(Workbench.names(shelf)).containsExactly("a.gpg");
  }

  @Test
  void aDiskThatWasUnpluggedIsSaidAndNothingIsSaidToBeRemoved() throws Exception {
    ArchiveFile file = written();
    Files.move(shelf, folder.resolve("elsewhere"));
    assertThatThrownBy(file::publish)
        .isInstanceOfSatisfying(TargetException.class, e -> assertThat(e.gone()).isTrue());
    assertThatThrownBy(file::discard).isInstanceOf(IOException.class);
    // The folder that the disk was mounted on is there again, empty.
    Files.createDirectory(shelf);
    assertThat(file.failed(new IOException("disk")).gone()).isTrue();
    assertThatThrownBy(file::discard).isInstanceOf(IOException.class);
    assertThat(Workbench.names(folder.resolve("elsewhere")))
        .containsExactly(".a.gpg.quayside-part");
    Files.delete(shelf);
    Files.move(folder.resolve("elsewhere"), shelf);
    assertThat(file.failed(new IOException("disk")).gone()).isFalse();
    file.discard();
    assertThat(Workbench.names(shelf)).isEmpty();
  }

  @Test
  void aFolderThatIsGoneIsSaidToBeGone() {
    assertThatThrownBy(() -> ArchiveFile.create(folder.resolve("none/a.gpg")))
        .isInstanceOfSatisfying(TargetException.class, e -> assertThat(e.gone()).isTrue());
  }

  @Test
  void whatIsNotThereGetsNoNameAndTheReasonIsTheTrueOne() throws Exception {
    Path hidden = shelf.resolve("hidden");
    assertThatThrownBy(() -> ArchiveFile.name(hidden, target))
        .isInstanceOf(NoSuchFileException.class);
    Files.writeString(target, "mine");
    assertThatThrownBy(() -> ArchiveFile.name(hidden, target))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(target).hasContent("mine");
  }

  /** Writes the content in pieces that do not fit the buffer. */
  private ArchiveFile written() throws IOException {
    ArchiveFile file = ArchiveFile.create(target);
    file.write(CONTENT[0]);
    file.write(CONTENT, 1, 300_000);
    file.write(CONTENT, 300_001, CONTENT.length - 300_001);
    return file;
  }
}
