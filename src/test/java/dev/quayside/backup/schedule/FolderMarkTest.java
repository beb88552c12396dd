package dev.quayside.backup.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An empty mount point is not the disk that is missing on it. */
class FolderMarkTest {

  @TempDir private Path root;

  @Test
  void aFolderIsKnownAgainAndAnotherOneIsNot() throws Exception {
    Path disk = Files.createDirectory(root.resolve("disk"));
    Path other = Files.createDirectory(root.resolve("other"));
    String mark = FolderMark.of(disk);
    assertThat(FolderMark.of(disk)).isEqualTo(mark);
    assertThat(FolderMark.of(other)).isNotEqualTo(mark);
    assertThat(FolderMark.present(disk, mark)).isTrue();
    assertThat(FolderMark.present(other, mark)).isFalse();
  }

  @Test
  void anEmptyMountPointAndNoneAtAllAreNotPresentAndStayAsTheyAre() throws Exception {
    Path disk = Files.createDirectory(root.resolve("disk"));
    String mark = FolderMark.of(disk);
    Files.move(disk, root.resolve("unplugged"));
    assertThat(FolderMark.present(disk, mark)).isFalse();
    Files.createDirectory(disk);
    assertThat(FolderMark.present(disk, mark)).isFalse();
    assertThat(disk).isEmptyDirectory();
  }

  @Test
  void aMarkThatIsNoneIsNotBelieved() throws Exception {
    Path disk = Files.createDirectory(root.resolve("disk"));
    Files.writeString(disk.resolve(FolderMark.NAME), "hello\n");
    assertThat(FolderMark.present(disk, "hello")).isFalse();
    assertThat(FolderMark.present(disk, FolderMark.of(disk))).isTrue();
  }
}
