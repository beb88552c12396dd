package dev.quayside.stack.env;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.catalogue.EnvReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the models of readers end: names, files that are cut off, bytes that are no text. */
class ReaderEdgesTest {

  /** At the edges of what a name is made of. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "SHELL~azAZ_09~9a,a`,a{,a@,a[,a/,a:,a.,a-",
        "NODE_DOTENV~azAZ_09.-~a`,a{,a@,a[,a/,a+",
        "SYSTEMD~azAZ_09~a`,a{,a@,a[,a/,a:",
      })
  void namesAreMadeOfWhatTheReaderTakes(EnvReader reader, String name, String others) {
    for (String each : name.split("")) {
      String named = "09_.-".contains(each) ? "a" + each : each;
      assertThat(takes(reader, named)).as(named).isTrue();
    }
    for (String each : others.split(",")) {
      assertThat(takes(reader, each)).as(each).isFalse();
    }
  }

  private static boolean takes(EnvReader reader, String name) {
    byte[] bytes = (name + "=x\n").getBytes(StandardCharsets.UTF_8);
    try (ReadValues reading = ReaderModels.read(reader, bytes)) {
      return !reading.lost() && reading.sure(name);
    }
  }

  /** What an edit cut off half-way leaves; nothing of it may be read beyond its end. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "A=x\n\\",
        "A=x\nB=y\\",
        "A=x\nB='y",
        "A=x\nB=\"y\\",
        "A=x\nB=\"",
        "A=x\nB=${",
        "A=x\nB=${C",
        "A=x\nB=${C:",
        "A=x\nB=${C-",
        "A=x\nB=${C-d"
      })
  void whatEndsTooEarlyIsLost(String content) {
    try (ReadValues reading =
        ReaderModels.read(EnvReader.SHELL, content.getBytes(StandardCharsets.UTF_8))) {
      assertThat(reading.lost()).isTrue();
    }
  }

  @Test
  void aTildeOutsideOfAnAssignmentIsOnlyAWord() {
    assertThat(sure("A=x\necho ~B\n")).isTrue();
    assertThat(sure("~B A=x\n")).isFalse();
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

  @Test
  void aTildeIsPutInOnlyWhereAPathBegins() {
    assertThat(sure("A=~x\n")).isFalse();
    assertThat(sure("A=x:~y\n")).isFalse();
    assertThat(sure("A=x~y\n")).isTrue();
    assertThat(sure("A='~x'\n")).isTrue();
  }

  private static boolean sure(String content) {
    try (ReadValues reading =
        ReaderModels.read(EnvReader.SHELL, content.getBytes(StandardCharsets.UTF_8))) {
      return !reading.lost() && reading.sure("A");
    }
  }

  @Test
  void aZeroByteEndsWhatCanBeTold() {
    for (EnvReader reader : List.of(EnvReader.SHELL, EnvReader.SYSTEMD)) {
      try (ReadValues reading =
          ReaderModels.read(reader, "A=x\n\0".getBytes(StandardCharsets.UTF_8))) {
        assertThat(reading.lost()).as(reader.name()).isTrue();
      }
    }
  }

  @Test
  void whatWasReadIsComparedNameByName() {
    byte[] one = "A=1\nB=2\nC=$X\n".getBytes(StandardCharsets.UTF_8);
    byte[] other = "B=2\nA=9\nC=$X\n".getBytes(StandardCharsets.UTF_8);
    byte[] fewer = "A=1\nB=2\n".getBytes(StandardCharsets.UTF_8);
    try (ReadValues first = ReaderModels.read(EnvReader.COMPOSE, one);
        ReadValues second = ReaderModels.read(EnvReader.COMPOSE, other);
        ReadValues third = ReaderModels.read(EnvReader.COMPOSE, fewer)) {
      assertThat(first.sameBut("A", second)).isTrue();
      assertThat(first.sameBut("B", second)).isFalse();
      assertThat(first.sameBut("C", third)).isTrue();
      assertThat(first.sameBut("A", third)).isFalse();
      assertThat(third.sameBut("A", first)).isFalse();
      assertThat(first.sameBytes("B", second)).isTrue();
      assertThat(first.sameBytes("A", second)).isFalse();
      assertThat(first.sameBytes("X", second)).isFalse();
      assertThat(first.has("A")).isTrue();
      assertThat(first.has("X")).isFalse();
      assertThat(first.sure("C")).isFalse();
      first.forget("A");
      first.forget("X");
      assertThat(first.has("A")).isFalse();
    }
  }
}
