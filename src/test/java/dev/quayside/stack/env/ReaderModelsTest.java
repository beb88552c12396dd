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

  @Test
  void anAssignmentBeforeAVariableCountsWhereThatIsNothing() {
    // Found by fuzzing: with B unset, bash takes the second line as an assignment of nothing.
    try (ReadValues reading =
        ReaderModels.read(EnvReader.SHELL, "D=abc\nD= ${B}\n".getBytes(StandardCharsets.UTF_8))) {
      assertThat(reading.lost() || !reading.sure("D")).isTrue();
    }
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
        // Found by fuzzing: a continued line is dropped before anything else is looked at.
        "SHELL~A=$\\|B~-",
        "SHELL~A=$\\|\\|{B}~-",
        "SHELL~A=\"$\\|B\"~-",
        "SHELL~A=$\\|'x'~-",
        "SHELL~A=$\\|.~$.",
        "SHELL~`A=\\|~`~-",
        "SHELL~`A=x:\\|\\|~`~-",
        "SHELL~`A=x\\|~`~`x~`",
        "SHELL~A\\|=x~x",
        "SHELL~expo\\|rt A={a,b}~-",
        "SHELL~A=x\\|#y~x#y",
        "SHELL~A=x \\|# y~x",
        "SHELL~A=x|export A\\|=y~y",
        // A quoted name is a name for export, and for nothing else.
        "SHELL~A=x|export \"A\"=y~-",
        "SHELL~A=x|export A\\=y~-",
        "SHELL~A=x|export \"A=y\"~-",
        "SHELL~A=x|export $B~-",
        "SHELL~A=x|export A{=1,=2}~-",
        "SHELL~A=x|export \"A\" B~x",
        "SHELL~A=x|\"A\"=y~-",
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
        "SHELL~A=x B=y~x",
        "SHELL~A=x~x",
        "SHELL~ \tA=x \t~x",
        "SHELL~A=x#y~x#y",
        "SHELL~#A=x~-",
        "SHELL~A=x\\ y~x y",
        "SHELL~A=x\\|y~xy",
        "SHELL~A=\"x\\|y\"~xy",
        "SHELL~A=\"a\\\\b\\\"c\\`d\\ne\"~a\\b\"c`d\\ne",
        "SHELL~A='a\\'b~a\\b",
        "SHELL~A='a'\"b\"c~abc",
        "SHELL~A=$~$",
        "SHELL~A=\"$ x\"~$ x",
        "SHELL~A=$B~-",
        "SHELL~A=$1~-",
        "SHELL~A=$_~-",
        "SHELL~A=$$~-",
        "SHELL~A=$%~$%",
        "SHELL~A=\"$B\"~-",
        "SHELL~A=$a~-",
        "SHELL~A=$z~-",
        "SHELL~A=$A~-",
        "SHELL~A=$Z~-",
        "SHELL~A=$0~-",
        "SHELL~A=$9~-",
        "SHELL~A=$@~-",
        "SHELL~A=$/~$/",
        "SHELL~A=$:~$:",
        "SHELL~A=$^~$^",
        "SHELL~A=$+~$+",
        "SHELL~A=$%\u00e9~$%\u00e9",
        "SHELL~export '' A=x~x",
        "SHELL~A=x \\|B=y~x",
        "SHELL~B=y \\|A=x~x",
        "SHELL~\\|A=x~x",
        "SHELL~A=x|1A=y A=z~x",
        "SHELL~A=${B}~-",
        "SHELL~A=x|B=${C}~x",
        "SHELL~A=x|B=${C:-d}~x",
        "SHELL~A=x|B=${C-d}~x",
        "SHELL~A=x|B=${C+d}~x",
        "SHELL~A=x|B=${C:=d}~-",
        "SHELL~A=x|B=${C:~-",
        "SHELL~A=x|B=${C~-",
        "SHELL~A=x|B=${}~-",
        "SHELL~A=x|B=${1}~-",
        "SHELL~A=x|B=${C-'d'}~-",
        "SHELL~A=x|B=${C-$d}~-",
        "SHELL~A=x|B=${c9_}~x",
        "SHELL~A=x|B=${az}~x",
        "SHELL~A=x|B=${za}~x",
        "SHELL~A=x|B=${AZ}~x",
        "SHELL~A=x|B=${ZA}~x",
        "SHELL~A=x|B=${_09}~x",
        "SHELL~A=x|B=${a/b}~-",
        "SHELL~A=x|B=${a:}~-",
        "SHELL~A=x|B=${a^}~-",
        "SHELL~A=x|B=${C-a&b}~x",
        "SHELL~A=x|B=$(id)~-",
        "SHELL~A=x|B=\"$(id)\"~-",
        "SHELL~A=x|B=$[1]~-",
        "SHELL~A=x|B=$'y'~-",
        "SHELL~A=x|B=$\"y\"~-",
        "SHELL~A=x|B=\"$'y'\"~x",
        "SHELL~A=x|B=`id`~-",
        "SHELL~A=x|B=\"`id`\"~-",
        "SHELL~A=x|B='`id`'~x",
        "SHELL~A=x|B=y&~-",
        "SHELL~A=x|B=y>z~-",
        "SHELL~A=x|B=y<z~-",
        "SHELL~A=x|B=(y)~-",
        "SHELL~A=x|)~-",
        "SHELL~A=x|B[1]=y~-",
        "SHELL~A=x|echo [y]~x",
        "SHELL~A=x|B='y~-",
        "SHELL~A=x|B=\"y~-",
        "SHELL~A=~``",
        "SHELL~1A=x|A=y~y",
        "SHELL~A-B=x|A=y~y",
        "SHELL~A=x|command~-",
        "SHELL~A=x|B=1 command~-",
        "SHELL~A=x|unset A~-",
        "SHELL~A=x|'unset' A~-",
        "SHELL~A=x|B=1 export A=y~-",
        "SHELL~A=x|export -n A~-",
        "SHELL~A=x|export~x",
        "SHELL~export A=x B=y~x",
        "SHELL~A=y|export A+=x~-",
        "SHELL~RANDOM=1|A=x~x",
        "SIMPLE~A=x|A~x",
        "SIMPLE~A=x\t ~x",
        "SIMPLE~A= x~` x`",
        "SIMPLE~A=~``",
        "SIMPLE~#A=x~-",
        "SIMPLE~A=x=y~x=y",
        "SYSTEMD~ A = x y ~x y",
        "SYSTEMD~A='x y' z~x yz",
        "SYSTEMD~A='x'\"y\"~xy",
        "SYSTEMD~A=x 'y'~x 'y'",
        "SYSTEMD~A=a\\b~ab",
        "SYSTEMD~A=\\ x~` x`",
        "SYSTEMD~`A=x\\ `~`x `",
        "SYSTEMD~A=\"a\\\\\\\"\\`\\$\\n\"~a\\\"`$\\n",
        "SYSTEMD~A=\"a\\|b\"~ab",
        "SYSTEMD~A='a\\'~a\\",
        "SYSTEMD~#A=x~-",
        "SYSTEMD~# c\\|A=x~-",
        "SYSTEMD~# c\\d|A=x~x",
        "SYSTEMD~A|B=1|A=x~x",
        "SYSTEMD~1A=y|A=x~x",
        "SYSTEMD~A=|B=1~``",
        "SYSTEMD~`A=x  `~x",
        "SYSTEMD~`A=x y \t`~x y",
        "SYSTEMD~`| \t|A=x`~x",
        "SYSTEMD~X|A=x~x",
        "SYSTEMD~A=x|AB=1~x",
        "SYSTEMD~A=x|# \\c A=y~x",
        "SYSTEMD~A=x|A=y~y",
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
        "SIMPLE~A= ~``",
        "COMPOSE~A=~``",
        "COMPOSE~A= # c~-",
        "PYTHON_DOTENV~export A=x~x",
        "PYTHON_DOTENV~export \tA=x~x",
        "PYTHON_DOTENV~exportA=x~-",
        "PYTHON_DOTENV~expert A=x~-",
        "PYTHON_DOTENV~export=1|A=x~x",
        "PYTHON_DOTENV~'A'=x~x",
        "PYTHON_DOTENV~'A' = x~x",
        "PYTHON_DOTENV~''=1|A=x~x",
        "PYTHON_DOTENV~A=x|'B~x",
        "PYTHON_DOTENV~A=x|#A~x",
        "PYTHON_DOTENV~A=~``",
        "PYTHON_DOTENV~A= |B=1~``",
        "PYTHON_DOTENV~A=x \t~x",
        "PYTHON_DOTENV~A=x #~x",
        "PYTHON_DOTENV~A=x#~x#",
        "PYTHON_DOTENV~A=x # b # c~x",
        "PYTHON_DOTENV~A='a\\'b'~a'b",
        "PYTHON_DOTENV~A=\"a\\\"b\"~a\"b",
        "PYTHON_DOTENV~A='a\\\"b'~a\\\"b",
        "PYTHON_DOTENV~A=\"a\\\"~a\\",
        "PYTHON_DOTENV~A=\"a\\tb\\ac\"~a\tb\u0007c",
        "PYTHON_DOTENV~A=\"a\\qb\"~a\\qb",
        "PYTHON_DOTENV~A='\ud83d\ude00'~\ud83d\ude00",
        "PYTHON_DOTENV~A=\"\\\"\\\"\\\"\\\"\\\"\\\"\\\"\\\"\\\"\"~\"\"\"\"\"\"\"\"\"",
        "PYTHON_DOTENV~A='x' # c~x",
        "PYTHON_DOTENV~A='x'#c~x",
        "PYTHON_DOTENV~A='x' |B=1~x",
        "PYTHON_DOTENV~B='y' # c|A=x~x",
        "PYTHON_DOTENV~B='y' z|A=x~x",
        "PYTHON_DOTENV~B='y|A=x~x",
        "PYTHON_DOTENV~`\u001cA=x`~x",
        "PYTHON_DOTENV~`\u001fA=x`~x",
        "PYTHON_DOTENV~`\u000bA=x`~x",
        "PYTHON_DOTENV~`\u0085A=x`~x",
        "PYTHON_DOTENV~`\u001bA=x`~-",
        "PYTHON_DOTENV~`\bA=x`~-",
        "PYTHON_DOTENV~`\u000eA=x`~-",
        "NODE_DOTENV~export A=x~x",
        "NODE_DOTENV~export \tA=x~x",
        "NODE_DOTENV~exportA=x~-",
        "NODE_DOTENV~expert A=x~-",
        "NODE_DOTENV~export=1|A=x~x",
        "NODE_DOTENV~` A=x`~x",
        "NODE_DOTENV~A='x' # c~x",
        "NODE_DOTENV~A='x'|B=1~x",
        "NODE_DOTENV~A=\"~\"",
        "NODE_DOTENV~A='~'",
        "NODE_DOTENV~A=''~``",
        "NODE_DOTENV~A=\"\"~``",
        "NODE_DOTENV~A=\"a\\rb\"~a\rb",
        "NODE_DOTENV~A=\"a\\qb\"~a\\qb",
        "NODE_DOTENV~A=\"a\\\"~a\\",
        "NODE_DOTENV~A=\"\\\"\\\"\\\"\\\"\\\"\\\"\\\"\\\"\\\"\"~\\\"\\\"\\\"\\\"\\\"\\\"\\\"\\\"\\\"",
        "NODE_DOTENV~`\u000bA=x`~x",
        "NODE_DOTENV~`\ufeffA=x`~x",
        "NODE_DOTENV~`\bA=x`~-",
        "NODE_DOTENV~`\u000eA=x`~-",
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

  /** Many programs write no line end behind the last line. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "SHELL~A=x",
        "SHELL~A='x'",
        "SHELL~A=x #",
        "SHELL~export A=x",
        "SHELL~A=x|#c",
        "SIMPLE~A=x",
        "SIMPLE~A=x|B",
        "COMPOSE~A=x",
        "COMPOSE~A='x'",
        "COMPOSE~A=x #",
        "COMPOSE~B=|A=x",
        "SYSTEMD~A=x",
        "SYSTEMD~A='x'",
        "PYTHON_DOTENV~A=x",
        "PYTHON_DOTENV~A='x'",
        "PYTHON_DOTENV~A='x' ",
        "PYTHON_DOTENV~A=x #",
        "PYTHON_DOTENV~A='x' #",
        "PYTHON_DOTENV~A='x'#c",
        "PYTHON_DOTENV~A=x|B",
        "PYTHON_DOTENV~A=x|'B",
        "PYTHON_DOTENV~A=x|B=",
        "PYTHON_DOTENV~A=x|B='",
        "PYTHON_DOTENV~A=x|#",
        "PYTHON_DOTENV~A=x|B='y' z",
        "PYTHON_DOTENV~A=x|export",
        "NODE_DOTENV~A=x",
        "NODE_DOTENV~A='x'",
        "NODE_DOTENV~A='x' #",
        "NODE_DOTENV~A=x|B",
        "NODE_DOTENV~A=x|B=",
        "NODE_DOTENV~A=x|B:",
        "NODE_DOTENV~A=x|B='",
        "NODE_DOTENV~A=x|export",
        "NODE_DOTENV~A=x|export B",
      })
  void aFileMayEndWithoutALineEnd(EnvReader reader, String content) {
    byte[] bytes = content.replace('|', '\n').getBytes(StandardCharsets.UTF_8);
    try (ReadValues reading = ReaderModels.read(reader, bytes)) {
      assertThat(reading.lost()).isFalse();
      assertThat(reading.sure("A")).isTrue();
      assertThat(reading.gives("A", "x".getBytes(StandardCharsets.UTF_8))).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"PYTHON_DOTENV", "NODE_DOTENV"})
  void everyKindOfLineEndIsOne(EnvReader reader) {
    for (String end : java.util.List.of("\n", "\r\n", "\r")) {
      byte[] bytes = ("B=y" + end + "A=x" + end).getBytes(StandardCharsets.UTF_8);
      try (ReadValues reading = ReaderModels.read(reader, bytes)) {
        assertThat(reading.gives("A", "x".getBytes(StandardCharsets.UTF_8))).isTrue();
        assertThat(reading.gives("B", "y".getBytes(StandardCharsets.UTF_8))).isTrue();
      }
    }
  }
}
