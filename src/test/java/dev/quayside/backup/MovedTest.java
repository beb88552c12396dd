package dev.quayside.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a running container has open is not what the path names, once that was exchanged. */
class MovedTest {

  @TempDir private Path folder;
  private Path data;
  private Instant startedAt;

  @BeforeEach
  void start() throws Exception {
    data = Files.createDirectories(folder.resolve("srv/data"));
    Path releases = Files.createDirectories(folder.resolve("releases"));
    Files.createDirectory(releases.resolve("41"));
    Files.createDirectory(releases.resolve("42"));
    Files.createSymbolicLink(folder.resolve("current"), releases.resolve("41"));
    // The clock of files is coarser than ours.
    Path last = releases;
    do {
      last = Files.writeString(folder.resolve("probe"), "");
      startedAt = Instant.now();
    } while (Files.getLastModifiedTime(last).toInstant().isAfter(startedAt));
    Path later = folder.resolve("later");
    do {
      Files.deleteIfExists(later);
      Files.writeString(later, "");
    } while (!Files.getLastModifiedTime(later).toInstant().isAfter(startedAt));
  }

  @Test
  void whatIsWrittenIntoIsTheSame() throws Exception {
    Files.writeString(data.resolve("new"), "1");
    Files.createDirectories(data.resolve("sub"));
    assertThat(Moved.is(data, startedAt)).isFalse();
    assertThat(Moved.is(folder.resolve("current"), startedAt)).isFalse();
  }

  @Test
  void aFolderThatWasMadeAnewIsAnotherOne() throws Exception {
    Files.move(data, data.resolveSibling("data.old"));
    assertThat(Moved.is(data, startedAt)).isTrue();
    assertThat(Moved.is(data, null)).isTrue();
    Files.createDirectory(data);
    assertThat(Moved.is(data, startedAt)).as("empty").isTrue();
    Files.writeString(data.resolve("new"), "1");
    assertThat(Moved.is(data, startedAt)).isTrue();
    assertThat(Moved.is(data, null)).as("only read").isFalse();
    assertThat(Moved.is(data, Instant.now().plusSeconds(60))).as("started since").isFalse();
  }

  @Test
  void aLinkThatPointsElsewhereIsAnotherFolder() throws Exception {
    Path current = folder.resolve("current");
    Files.delete(current);
    Files.createSymbolicLink(current, folder.resolve("releases/42"));
    assertThat(Moved.is(current, startedAt)).isTrue();
    assertThat(Moved.is(current.resolve("in"), startedAt)).as("dangling").isTrue();
    Files.createDirectory(folder.resolve("releases/42/in"));
    assertThat(Moved.is(current.resolve("in"), startedAt)).isTrue();
  }
}
