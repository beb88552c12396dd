package dev.quayside.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quayside.backup.tar.RawPath;
import dev.quayside.backup.tar.TarEntry;
import org.junit.jupiter.api.Test;

/** As much as the plan says may come, and not one more. */
class EntryGuardTest {

  @Test
  void asManyEntriesAsPlannedAreLetThrough() throws Exception {
    EntryGuard guard = new EntryGuard(Forge.plan(100, 3));
    guard.admit(folder("files"));
    guard.admit(folder("files/a"));
    guard.admit(folder("files/b"));
    assertTooMuch(guard, folder("files/c"));
  }

  @Test
  void asManyBytesAsPlannedAreLetThrough() throws Exception {
    EntryGuard guard = new EntryGuard(Forge.plan(100, 30));
    guard.admit(folder("files"));
    guard.admit(file("files/a", 60));
    guard.admit(file("files/b", 40));
    assertTooMuch(guard, file("files/c", 1));

    EntryGuard whole = new EntryGuard(Forge.plan(100, 30));
    whole.admit(folder("files"));
    whole.admit(file("files/a", 100));
    assertTooMuch(whole, file("files/b", Long.MAX_VALUE));
  }

  @Test
  void onlyFilesAreFiles() throws Exception {
    EntryGuard guard = new EntryGuard(Forge.plan(100, 30));
    guard.admit(folder("files"));
    guard.admit(file("files/a", 1));
    assertThat(guard.isFile(RawPath.of("files/a"))).isTrue();
    assertThat(guard.isFile(RawPath.of("files"))).isFalse();
    assertThat(guard.isFile(RawPath.of("files/b"))).isFalse();
  }

  @Test
  void aLinkMayNotLeaveItsFolder() {
    assertThat(EntryGuard.root(RawPath.of("files/data/a/b"))).isEqualTo(RawPath.of("files/data"));
    assertThat(EntryGuard.root(RawPath.of("volumes/v/a"))).isEqualTo(RawPath.of("volumes/v"));
    assertThat(EntryGuard.root(RawPath.of("layers/web/srv/a"))).isEqualTo(RawPath.of("layers/web"));
    assertThat(EntryGuard.root(RawPath.of("a/b/c"))).isEqualTo(RawPath.of("a"));
  }

  private static TarEntry folder(String path) {
    return TarEntry.folder(path, Forge.TIME);
  }

  private static TarEntry file(String path, long size) {
    return TarEntry.plain(path, size, Forge.TIME);
  }

  private static void assertTooMuch(EntryGuard guard, TarEntry entry) {
    assertThatThrownBy(() -> guard.admit(entry))
        .isInstanceOfSatisfying(
            ArchiveException.class,
            e -> assertThat(e.reason()).isEqualTo(ArchiveException.Reason.TOO_MUCH));
  }
}
