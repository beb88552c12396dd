package dev.quayside.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A disk that is full or gone in the middle leaves nothing that looks like a backup. */
class UnpluggedTest {

  private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

  @TempDir private Path folder;
  private Workbench bench;
  private Path small;

  @BeforeEach
  void setUp() throws Exception {
    bench = new Workbench(folder.resolve("bench"));
    Files.write(bench.source.resolve("random"), Workbench.random(3_000_000, 2));
    small = Files.createDirectory(folder.resolve("small"));
  }

  /** Mounts a small disk where {@code small} is, and lists what is left on it at the end. */
  private List<String> onSmallDisk() {
    return List.of(
        "unshare",
        "-m",
        "--",
        "sh",
        "-c",
        "mount -t tmpfs -o size=32m tmpfs \"$0\" && \"$@\"; s=$?; ls -A \"$0\" > \"$0.list\"; exit"
            + " $s",
        small.toString());
  }

  private int fork(String... arguments) throws Exception {
    return KillAtStep.fork(folder.resolve("log"), onSmallDisk(), "", arguments);
  }

  private String log() throws Exception {
    return Files.readString(folder.resolve("log"));
  }

  private static boolean unproven(String what) {
    if (!ROOT) {
      System.out.println("unproven: " + what + " (mounting a disk takes root)");
    }
    return !ROOT;
  }

  @ParameterizedTest
  @EnumSource(
      value = CreationStep.class,
      names = {"CONTENT_WRITTEN", "SYNCED"})
  void aTargetUnpluggedWhileAnArchiveIsMadeIsSaid(CreationStep step) throws Exception {
    if (unproven("an unplugged target")) {
      return;
    }
    Files.delete(bench.shelf);
    Files.createSymbolicLink(bench.shelf, small);
    int status = fork("create-unplugged", bench.root.toString(), small.toString(), step.label());
    assertThat(status).as(log()).isEqualTo(1);
    assertThat(log()).contains("BACKUP-TARGET-GONE");
    assertThat(small).isEmptyDirectory();
    assertThat(folder.resolve("small.list")).hasContent("");
    assertThat(new BackupShelf(bench.home).list()).isEmpty();
    // Something may lie on the disk still: the record waits for it.
    assertThat(new Leftovers(bench.home, bench.journal()).sweep())
        .extracting(Leftovers.Leftover::fate)
        .containsExactly(Leftovers.Fate.OUT_OF_REACH);
  }

  @ParameterizedTest
  @EnumSource(
      value = CopyStep.class,
      names = {"WRITTEN", "COMPARED"})
  void aSecondDiskUnpluggedMeanwhileCostsTheCopyOnly(CopyStep step) throws Exception {
    if (unproven("an unplugged second disk")) {
      return;
    }
    Path archive = bench.archive();
    int status = fork("copy-unplugged", bench.root.toString(), small.toString(), step.label());
    assertThat(status).as(log()).isEqualTo(1);
    assertThat(log()).contains("BACKUP-TARGET-GONE");
    assertThat(small).isEmptyDirectory();
    assertThat(archive).exists();
    assertThat(new BackupShelf(bench.home).list()).hasSize(1);
  }

  @Test
  void aSecondDiskThatFillsUpCostsTheCopyOnly() throws Exception {
    if (unproven("a full second disk")) {
      return;
    }
    Path archive = bench.archive();
    int status = fork("copy", bench.root.toString(), small.toString(), "fill");
    assertThat(status).as(log()).isEqualTo(1);
    assertThat(log()).contains("BACKUP-DISK-FULL");
    assertThat(folder.resolve("small.list")).hasContent("filler");
    assertThat(archive).exists();
    assertThat(new Unfinished(bench.home).ids()).isEmpty();
    assertThat(bench.endings()).containsExactly("backup.create 1", "backup.copy 1");
  }

  @Test
  void aSecondDiskThatIsTooSmallIsRefusedFirst() throws Exception {
    if (unproven("a small second disk")) {
      return;
    }
    Files.write(bench.source.resolve("more"), Workbench.random(20_000_000, 3));
    bench.archive();
    int status = fork("copy", bench.root.toString(), small.toString());
    assertThat(status).as(log()).isEqualTo(1);
    assertThat(log()).contains("BACKUP-NO-ROOM");
    assertThat(folder.resolve("small.list")).hasContent("");
  }
}
