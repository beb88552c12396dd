package dev.quayside.backup.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file system is found on the disks below it, however it is put together. */
class DisksTest {

  private static final Path MEMORY = Path.of("/dev/shm");

  @TempDir private Path root;

  private static String number(Path path) throws Exception {
    long device = (Long) Files.getAttribute(path, "unix:dev");
    return (device >>> 8 & 0xFFF) + ":" + (device & 0xFF);
  }

  private Path device(String name) throws Exception {
    return Files.createDirectories(root.resolve("devices").resolve(name));
  }

  private Path blocks(Path first, Path second) throws Exception {
    Path blocks = Files.createDirectories(root.resolve("block"));
    Files.createSymbolicLink(blocks.resolve(number(root)), first);
    Files.createSymbolicLink(blocks.resolve(number(MEMORY)), second);
    return blocks;
  }

  @Test
  void onePathSharesItsDiskWithItsNeighbour() throws Exception {
    Path other = Files.createDirectory(root.resolve("other"));
    assertThat(new Disks(root.resolve("none")).shared(root, other)).isTrue();
  }

  @Test
  void twoPartsOfOneDiskShareIt() throws Exception {
    Path first = device("sda/sda1");
    Path second = device("sda/sda2");
    Files.writeString(first.resolve("partition"), "1");
    Files.writeString(second.resolve("partition"), "2");
    assertThat(new Disks(blocks(first, second)).shared(root, MEMORY)).isTrue();
  }

  @Test
  void anEncryptedFileSystemIsFoundOnTheDiskBelowIt() throws Exception {
    Path part = device("sda/sda1");
    Files.writeString(part.resolve("partition"), "1");
    Path mapped = device("dm-0");
    Files.createDirectory(mapped.resolve("slaves"));
    Files.createSymbolicLink(mapped.resolve("slaves/sda1"), part);
    assertThat(new Disks(blocks(mapped, device("sda"))).shared(root, MEMORY)).isTrue();
  }

  @Test
  void twoDisksAreTwo() throws Exception {
    Path first = device("sda/sda1");
    Files.writeString(first.resolve("partition"), "1");
    assertThat(new Disks(blocks(first, device("sdb"))).shared(root, MEMORY)).isFalse();
    assertThat(new Disks(root.resolve("none")).shared(root, MEMORY)).isFalse();
  }
}
