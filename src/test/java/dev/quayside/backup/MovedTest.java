package dev.quayside.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerInspection;
import dev.quayside.engine.ContainerState;
import dev.quayside.engine.Health;
import dev.quayside.engine.RuntimeFacts;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
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
  void aFileThatWasReplacedIsReadAsItIsNow() throws Exception {
    Path settings = folder.resolve("srv/settings.yml");
    Files.writeString(folder.resolve("srv/new"), "new");
    Files.move(folder.resolve("srv/new"), settings);
    assertThat(Moved.is(settings, startedAt)).isFalse();
    Files.delete(settings);
    assertThat(Moved.is(settings, startedAt)).isTrue();
  }

  @Test
  void whatBelongsToTheSystemOrIsASocketKeepsNothingFromBeingStopped() throws Exception {
    try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      Path live = folder.resolve("srv/live.sock");
      socket.bind(UnixDomainSocketAddress.of(live));
      assertThat(Moved.dataOf(running("/run/user/1000/gone", "/etc/localtime", live.toString())))
          .isNull();
    }
    Files.move(data, data.resolveSibling("data.old"));
    assertThat(Moved.dataOf(running("/etc/localtime", data.toString()))).isEqualTo(data.toString());
  }

  private ContainerInspection running(String... sources) {
    RuntimeFacts facts =
        new RuntimeFacts(
            OptionalLong.empty(),
            startedAt,
            null,
            OptionalInt.empty(),
            false,
            0,
            OptionalDouble.empty(),
            OptionalLong.empty(),
            "net",
            false);
    return new ContainerInspection(
        new Container(
            new ContainerId("one"),
            "one",
            "nginx",
            "",
            ContainerState.RUNNING,
            Health.NONE,
            Instant.EPOCH,
            List.of(),
            Map.of(),
            List.of(),
            facts),
        List.of(),
        "",
        "",
        false,
        false,
        List.of(),
        Stream.of(sources)
            .map(source -> new ContainerInspection.Mount("bind", source, "/data", true))
            .toList(),
        List.of(),
        List.of());
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
