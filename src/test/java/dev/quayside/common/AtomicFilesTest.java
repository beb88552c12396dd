package dev.quayside.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AtomicFilesTest {

  @TempDir Path folder;

  @Test
  void aNewFileIsReadableByItsOwnerOnly() throws IOException {
    AtomicFiles.replace(folder.resolve("new"), bytes("a"));
    AtomicFiles.create(folder.resolve("created"), bytes("b"));

    assertThat(mode("new")).isEqualTo("rw-------");
    assertThat(mode("created")).isEqualTo("rw-------");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-------", "rw-r-----", "rw-r--r--", "r--------"})
  void aReplacedFileKeepsItsMode(String mode) throws IOException {
    Path file = file("f", "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));

    AtomicFiles.replace(file, bytes("new content"));

    assertThat(mode("f")).isEqualTo(mode);
    assertThat(file).hasContent("new content");
  }

  @ParameterizedTest
  @CsvSource({
    "rw-r-----, false, false, false",
    "rw----r--, false, false, false",
    "rw-------, false, false, true",
    "rw-r-----, true, false, true",
    "rw-r-----, false, true, true"
  })
  void aFileWhoseGroupWouldLoseItsRightIsNotReplaced(
      String mode, boolean member, boolean inherited, boolean replaceable) throws IOException {
    Path file = file("f", "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    int group = (Integer) Files.getAttribute(file, "unix:gid");
    int owner = 12345;
    int us = (Integer) Files.getAttribute(file, "unix:uid");
    if (us == 0) {
      Files.setAttribute(file, "unix:uid", owner);
    } else {
      owner = us;
    }
    if (inherited) {
      Files.setAttribute(folder, "unix:mode", 02700);
    }

    assertThat(AtomicFiles.replaceable(file, owner, member ? Set.of(1, group) : Set.of(4711)))
        .isEqualTo(replaceable);
    assertThat(AtomicFiles.replaceable(file, 0, Set.of())).as("root may set any").isTrue();
  }

  @Test
  void theGroupsOfAProcessAreItsEffectiveAndItsFurtherOnes() {
    assertThat(
            AtomicFiles.groups(
                List.of("Name:\tjava", "Uid:\t1\t1\t1\t1", "Gid:\t7\t8\t9\t10", "Groups:\t4 24 ")))
        .containsExactlyInAnyOrder(8, 4, 24);
    assertThat(AtomicFiles.groups(List.of("Gid:\t0\t0\t0\t0", "Groups:"))).containsExactly(0);
  }

  @ParameterizedTest
  @CsvSource({
    "rw-rw-r--, true, true, rw-rw-r--",
    "rw-rw-r--, true, false, rw----r--",
    "rw-r-----, true, false, rw-------",
    "rw----r--, true, false, rw-------",
    "r--rw-rw-, false, true, r--r--r--",
    "rw-r--r--, false, true, rw-r--r--",
    "rwxrwxrwx, false, false, rwx---rwx",
    "---rwxrwx, false, false, ---------"
  })
  void nobodyGainsARightWhereOwnerOrGroupBecomeOthers(
      String mode, boolean ownerKept, boolean groupKept, String left) {
    assertThat(
            PosixFilePermissions.toString(
                AtomicFiles.narrowed(PosixFilePermissions.fromString(mode), ownerKept, groupKept)))
        .isEqualTo(left);
  }

  @Test
  void theRightsOfAGroupThatCannotBeKeptAreDropped() throws IOException {
    Path file = file("f", "old");
    if (!Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))) {
      System.out.println("unproven: a file of a foreign group is replaced (making one takes root)");
      return;
    }
    Files.setAttribute(file, "unix:gid", 12345);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));

    AtomicFiles.replace(file, bytes("kept"));
    assertThat(mode("f")).isEqualTo("rw-rw-r--");
    assertThat(Files.getAttribute(file, "unix:gid")).isEqualTo(12345);

    AtomicFiles.replace(
        file,
        bytes("new"),
        (which, attribute, value) -> {
          throw new FileSystemException(which.toString(), null, "Operation not permitted");
        });
    assertThat(file).hasContent("new");
    assertThat(Files.getAttribute(file, "unix:gid")).isNotEqualTo(12345);
    assertThat(mode("f")).isEqualTo("rw----r--");
  }

  @Test
  void nothingIsLeftBesideTheFile() throws IOException {
    AtomicFiles.replace(file("f", "old"), bytes("new"));
    try (Stream<Path> names = Files.list(folder)) {
      assertThat(names).containsExactly(folder.resolve("f"));
    }
  }

  @Test
  void aFailedReplacementLeavesTheOldContentAndNothingElse() throws IOException {
    Path target = Files.createDirectory(folder.resolve("in-the-way"));
    Files.createFile(target.resolve("child"));

    assertThatThrownBy(() -> AtomicFiles.replace(target, bytes("x")))
        .isInstanceOf(IOException.class);

    try (Stream<Path> names = Files.list(folder)) {
      assertThat(names).containsExactly(target);
    }
  }

  @Test
  void aSymbolicLinkStaysAndItsTargetIsReplaced() throws IOException {
    Path real = file("real", "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("real"));

    AtomicFiles.replace(link, bytes("new"));

    assertThat(Files.isSymbolicLink(link)).isTrue();
    assertThat(real).hasContent("new");
  }

  @Test
  void replacingMakesAnotherFileAndOverwritingKeepsIt() throws IOException {
    Path file = file("f", "a longer old content");
    Object inode = Files.getAttribute(file, "unix:ino");

    AtomicFiles.overwrite(file, bytes("short"), folder.resolve("copy"));
    assertThat(Files.getAttribute(file, "unix:ino")).isEqualTo(inode);
    assertThat(file).hasContent("short");
    assertThat(folder.resolve("copy")).hasContent("a longer old content");
    assertThat(mode("copy")).isEqualTo("rw-------");

    AtomicFiles.replace(file, bytes("again"));
    assertThat(Files.getAttribute(file, "unix:ino")).isNotEqualTo(inode);
  }

  @Test
  void overwritingDoesNotBeginWhereTheCopyCannotBeMade() throws IOException {
    Path file = file("f", "old");
    file("copy", "somebody else's");

    assertThatThrownBy(() -> AtomicFiles.overwrite(file, bytes("new"), folder.resolve("copy")))
        .isInstanceOf(FileAlreadyExistsException.class);

    assertThat(file).hasContent("old");
  }

  @Test
  void aFileWithASecondNameIsNotToBeReplaced() throws IOException {
    Path file = file("f", "old");
    assertThat(AtomicFiles.replaceable(file)).isTrue();

    Files.createLink(folder.resolve("second"), file);

    assertThat(AtomicFiles.replaceable(file)).isFalse();
  }

  @Test
  void aDestroyedFileIsGoneAndItsBlocksWereOverwritten() throws IOException {
    Path file = file("f", "s".repeat(20_000));
    Path other = Files.createLink(folder.resolve("second"), file);

    AtomicFiles.destroy(file);

    assertThat(file).doesNotExist();
    assertThat(Files.readAllBytes(other)).hasSize(20_000).containsOnly((byte) 0);
    AtomicFiles.destroy(file);
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private String mode(String name) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Gives a file an access list as setfacl would, which is not on every machine. */
  private static void list(String attribute, Path path) throws Exception {
    String script =
        """
        import os, struct, sys
        entries = [(1, 6, -1), (2, 4, 1234), (4, 0, -1), (16, 4, -1), (32, 0, -1)]
        value = struct.pack('<I', 2)
        for tag, rights, who in entries:
            value += struct.pack('<HHi', tag, rights, who)
        os.setxattr(sys.argv[2], sys.argv[1], value)
        """;
    Process process =
        new ProcessBuilder("/usr/bin/python3", "-c", script, attribute, path.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }

  @Test
  void aFileWithAnAccessListKeepsItInPlace() throws Exception {
    Path file = Files.createFile(folder.resolve("listed"));
    assertThat(AtomicFiles.replaceable(file)).isTrue();
    list("system.posix_acl_access", file);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .as("the mode alone would give the group what only one user has")
        .isEqualTo("rw-r-----");
    assertThat(AtomicFiles.replaceable(file)).isFalse();

    Path inside = Files.createDirectory(folder.resolve("inside"));
    Path other = Files.createFile(inside.resolve("other"));
    list("system.posix_acl_default", inside);
    assertThat(AtomicFiles.replaceable(other)).isFalse();
  }

  @Test
  void aNewFileIsNeverWrittenOverOneThatAppeared() throws Exception {
    Path file = folder.resolve("appeared");
    assertThatThrownBy(() ->
            AtomicFiles.replace(file, new byte[] {1}, moment -> Files.writeString(file, "theirs")))
        .isInstanceOf(java.nio.file.FileAlreadyExistsException.class);
    assertThat(file).hasContent("theirs");
    Files.delete(file);
    AtomicFiles.replace(file, new byte[] {'x'}, moment -> {});
    assertThat(file).hasContent("x");
    try (var left = Files.list(folder)) {
      assertThat(left).containsExactly(file);
    }
  }

  @Test
  void whatStopsAReplacementLeavesTheFileAndNothingBesides() throws Exception {
    Path file = Files.writeString(folder.resolve("kept"), "old");
    assertThatThrownBy(() ->
            AtomicFiles.replace(
                file,
                new byte[] {1},
                moment -> {
                  throw new java.io.IOException("stop");
                }))
        .hasMessage("stop");
    assertThat(file).hasContent("old");
    try (var left = Files.list(folder)) {
      assertThat(left).containsExactly(file);
    }
  }

  /** After a kill between the two names of a new file, the second must go and the content stay. */
  @Test
  void aLeftoverThatIsTheFileItselfIsOnlyUnnamed() throws Exception {
    Path file = Files.writeString(folder.resolve(".env"), "A=1");
    Files.createLink(folder.resolve("..env.quayside-0123456789abcdef"), file);
    AtomicFiles.clearLeftovers(file);
    assertThat(file).hasContent("A=1");
    try (var left = Files.list(folder)) {
      assertThat(left).containsExactly(file);
    }
  }

  @Test
  void aFileThatIsWithdrawnIsGone() throws Exception {
    Path file = Files.writeString(folder.resolve("withdrawn"), "secret");
    AtomicFiles.withdraw(file);
    AtomicFiles.withdraw(file);
    try (var left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void aLargeContentIsWrittenInPiecesAndCut() throws Exception {
    Path file = Files.write(folder.resolve("large"), new byte[400_000]);
    byte[] content = new byte[150_001];
    new java.util.Random(1).nextBytes(content);
    List<AtomicFiles.Moment> moments = new ArrayList<>();
    AtomicFiles.rewrite(file, content, moments::add);
    assertThat(Files.readAllBytes(file)).isEqualTo(content);
    assertThat(moments)
        .containsExactly(
            AtomicFiles.Moment.PREPARED,
            AtomicFiles.Moment.HALF_WRITTEN,
            AtomicFiles.Moment.HALF_WRITTEN,
            AtomicFiles.Moment.UNTRUNCATED,
            AtomicFiles.Moment.UNFORCED);
  }
}
