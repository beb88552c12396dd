package dev.quayside.stack.env;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.catalogue.EnvReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The models of readers say what the programs do. */
class ReaderModelsTest {

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
        "SHELL~export A='{a,b}'~{a,b}",
        "SHELL~export A={a,b}~-",
        "SHELL~A={a,b}~{a,b}",
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
        "PYTHON_DOTENV~A=x|A~-",
        "PYTHON_DOTENV~A=x|A # c|B=1~-",
        "COMPOSE~A=x # c~x",
        "COMPOSE~A='x'#c~x",
        "COMPOSE~A='x' B=2~x",
        "COMPOSE~B=\"2\" A='x'~x",
        "COMPOSE~A='x' y~x",
        "COMPOSE~A=\u00a0\"x\"~x",
        "COMPOSE~A=x\u00a0\u2003~x",
        "COMPOSE~\u2028A=x~x",
        "COMPOSE~\u00dc=1|A=x~x",
        "COMPOSE~=1|A=x~x",
        "COMPOSE~A\tB=1|A=x~x",
        "COMPOSE~A=\"p\\ass\\bx\\0123\"~p\u0007ss\bxS",
        "COMPOSE~A=\"x\\f\\v\\c\"~x\f\u000B\\c",
        "COMPOSE~A=\"a\\0b\\09\\0400\\0351\"~a\\b\\9\\400\u00e9",
        "COMPOSE~A=\"\\0044B\"~-",
        "COMPOSE~A='a\\\\'~a\\\\",
        "COMPOSE~A='a\\'b'~a'b",
        "COMPOSE~A=\"\\${\"~${",
        "COMPOSE~hello world|A=x~-",
        "COMPOSE~A=x|B=${~-",
        "COMPOSE~A=x|B=pa${x y}~-",
        "COMPOSE~A=x|B=\"${x\"~-",
        "COMPOSE~A=x|B=\"\\\\${\"~-",
        "COMPOSE~A=x|B=${y-}~x",
        "COMPOSE~A=x|B=$${~x",
        "COMPOSE~A=x|B='${'~x",
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
