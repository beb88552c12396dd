package dev.quayside.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScreenWidthTest {

  @TempDir Path folder;

  @Test
  void onATerminalTheVariableTellsTheWidth() throws Exception {
    Path output = Files.createSymbolicLink(folder.resolve("1"), Path.of("/dev/pts/99999"));

    assertThat(new ScreenWidth(output, Map.of("COLUMNS", "80")).columns()).hasValue(80);
  }

  @Test
  void aTerminalThatCannotBeAskedHasNoKnownWidth() throws Exception {
    Path output = Files.createSymbolicLink(folder.resolve("1"), Path.of("/dev/pts/99999"));

    assertThat(new ScreenWidth(output, Map.of()).columns()).isEmpty();
    assertThat(new ScreenWidth(output, Map.of("COLUMNS", "0")).columns()).isEmpty();
  }

  @Test
  void aFileAndAPipeKeepTheFullWidth() throws Exception {
    Path file = Files.createSymbolicLink(folder.resolve("1"), folder.resolve("out.txt"));
    Path pipe = Files.createSymbolicLink(folder.resolve("2"), Path.of("pipe:[123]"));

    assertThat(new ScreenWidth(file, Map.of("COLUMNS", "80")).columns()).isEmpty();
    assertThat(new ScreenWidth(pipe, Map.of("COLUMNS", "80")).columns()).isEmpty();
    assertThat(new ScreenWidth(folder.resolve("3"), Map.of("COLUMNS", "80")).columns()).isEmpty();
  }
}
