package dev.quayside.stack.env;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.catalogue.EnvReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The models of readers say what the programs do. */
class ReaderModelsTest {

  private static final int FILES = 500;
  private static final long SEED = 20261128;

  @TempDir Path folder;

  /** What cannot be told is allowed; what is told must be so. */
  @Test
  void theModelOfTheShellNeverContradictsBash() throws Exception {
    RandomFiles made = new RandomFiles(SEED);
    List<Path> files = new ArrayList<>();
    List<byte[]> contents = new ArrayList<>();
    for (int i = 0; i < FILES; i++) {
      byte[] content = made.file().getBytes(StandardCharsets.UTF_8);
      contents.add(content);
      files.add(Files.write(folder.resolve("f" + i), content));
    }
    List<Map<String, String>> real = new RealReaders(folder).bash(files, RandomFiles.NAMES);
    int told = 0;
    for (int i = 0; i < FILES; i++) {
      told += compare(EnvReader.SHELL, contents.get(i), real.get(i));
    }
    assertThat(told).as("values that could be told").isGreaterThan(FILES / 5);
  }

  /** Returns how many values both give; fails where the model is sure of another one. */
  static int compare(EnvReader reader, byte[] content, Map<String, String> real) {
    int told = 0;
    try (ReadValues reading = ReaderModels.read(reader, content)) {
      if (reading.lost()) {
        return 0;
      }
      for (String name : RandomFiles.NAMES) {
        String value = real.get(name);
        String file = new String(content, StandardCharsets.UTF_8);
        if (value == null) {
          assertThat(reading.sure(name)).as("%s of%n%s", name, file).isFalse();
        } else if (reading.sure(name)) {
          assertThat(reading.gives(name, value.getBytes(StandardCharsets.UTF_8)))
              .as("%s is %s for %s in%n%s", name, value, reader, file)
              .isTrue();
          told++;
        }
      }
    }
    return told;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        // A value that the reader surely takes, or - where it takes none or cannot be followed.
        "SHELL~A=x # c~x",
        "SHELL~A=a b~-",
        "SHELL~A='a b'~a b",
        "SHELL~A=\"a\\$b\"~a$b",
        "SHELL~A=$B~-",
        "SHELL~A=a;B=2~-",
        "SHELL~export B A='x'~x",
        "SHELL~B=it's|A=x~-",
        "SHELL~exit|A=x~-",
        "SHELL~A=x|A+=y~-",
        "SHELL~UID=5|A=x~x",
        "SHELL~UID=5|A=x|B=(~-",
        "SIMPLE~A='x' # c~'x' # c",
        "SIMPLE~A=x  ~x",
        "SIMPLE~A=1|A=2~-",
        "SIMPLE~` A=1`~-",
        "PYTHON_DOTENV~A='a\\\\b'~a\\b",
        "PYTHON_DOTENV~A='a\\nb'~a\\nb",
        "PYTHON_DOTENV~A=\"a\\$b\"~a\\$b",
        "PYTHON_DOTENV~A='${B}'~-",
        "PYTHON_DOTENV~A=a b #c~a b",
        "PYTHON_DOTENV~A='x' y~-",
        "PYTHON_DOTENV~A = x~x",
        "NODE_DOTENV~A=a#b~a",
        "NODE_DOTENV~A='a#b'~a#b",
        "NODE_DOTENV~A=`a'b`~a'b",
        "NODE_DOTENV~A=\"a\\\"b\"~a\\\"b",
        "NODE_DOTENV~A=|'x'~x",
        "NODE_DOTENV~A: x~x",
        "NODE_DOTENV~A:x~-",
        "NODE_DOTENV~A='a' b~'a' b",
        "SYSTEMD~A=\"a\\$b\"~a$b",
        "SYSTEMD~A=x # c~x # c",
        "SYSTEMD~;A=x~-",
        "SYSTEMD~export A=x~-",
        "SYSTEMD~A=x\\|y~xy",
        "COMPOSE~A=x # c~x",
        "COMPOSE~A=\"$B\"~-",
        "COMPOSE~A=\"\\$B\"~$B",
        "COMPOSE~A='$B'~$B",
      })
  void eachReaderHasItsWays(EnvReader reader, String content, String value) {
    byte[] bytes = (content.replace('|', '\n') + "\n").getBytes(StandardCharsets.UTF_8);
    try (ReadValues reading = ReaderModels.read(reader, bytes)) {
      boolean told = !reading.lost() && reading.sure("A");
      assertThat(told).isEqualTo(!value.equals("-"));
      if (told) {
        assertThat(reading.gives("A", value.getBytes(StandardCharsets.UTF_8))).isTrue();
      }
    }
  }

  @Test
  void nodeExpandsLineEndsInDoubleQuotesOnly() {
    byte[] bytes = "A=\"a\\nb\"\nB='a\\nb'\n".getBytes(StandardCharsets.UTF_8);
    try (ReadValues reading = ReaderModels.read(EnvReader.NODE_DOTENV, bytes)) {
      assertThat(reading.gives("A", "a\nb".getBytes(StandardCharsets.UTF_8))).isTrue();
      assertThat(reading.gives("B", "a\\nb".getBytes(StandardCharsets.UTF_8))).isTrue();
    }
  }

  @Test
  void aFileThatIsNoTextIsNothingForPython() {
    byte[] bytes = {'A', '=', 'x', '\n', (byte) 0xFF};
    try (ReadValues reading = ReaderModels.read(EnvReader.PYTHON_DOTENV, bytes)) {
      assertThat(reading.lost()).isTrue();
    }
  }
}
