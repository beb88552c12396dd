package dev.quayside.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quayside.backup.tar.RawPath;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names come back byte by byte, in whatever language the program runs. */
class RawPathsTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "with space",
        "50%",
        "ü",
        "a/ü/b",
        "/absolute",
        "/absolute/ü",
        "ü/../x",
        "~.-_",
        "\u00ff\u0080"
      })
  void aTargetOfALinkKeepsItsBytes(String name) throws Exception {
    byte[] bytes =
        name.startsWith("\u00ff")
            ? name.getBytes(StandardCharsets.ISO_8859_1)
            : name.getBytes(StandardCharsets.UTF_8);
    RawPath raw = RawPath.of(bytes);
    Path link = folder.resolve("link");
    Files.createSymbolicLink(link, RawPaths.target(raw));
    assertThat(RawPaths.of(Files.readSymbolicLink(link))).isEqualTo(raw);
  }

  @Test
  void aNameThatIsNoTextIsThatOfTheFile() throws Exception {
    RawPath raw = RawPath.of(new byte[] {'d', '/', (byte) 0xFF, ' ', '%', (byte) 0x80, '~'});
    Files.createDirectory(folder.resolve("d"));
    Path file = RawPaths.resolve(folder, raw);
    Files.writeString(file, "x");
    try (var files = Files.list(folder.resolve("d"))) {
      Path found = files.findFirst().orElseThrow();
      assertThat(RawPaths.of(found.getFileName()))
          .isEqualTo(RawPath.of(new byte[] {(byte) 0xFF, ' ', '%', (byte) 0x80, '~'}));
      assertThat(RawPaths.loaded(RawPaths.stored(found))).isEqualTo(found).hasContent("x");
    }
    assertThat(RawPaths.resolve(Path.of("/"), RawPath.of("ü")).toUri().getRawPath())
        .isEqualTo("/%C3%BC");
    assertThatThrownBy(() -> RawPaths.loaded("http://localhost/x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a file");
  }
}
