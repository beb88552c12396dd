package dev.quayside.stack.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quayside.catalogue.EnvReader;
import dev.quayside.common.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Setting, adding, removing and taking out doubles touch nothing else, for every set of readers.
 */
class EnvEditTest {

  private static final Set<EnvReader> USUAL = EnumSet.of(EnvReader.COMPOSE, EnvReader.SHELL);

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "~A=new|",
        "B=1|~B=1|A=new|",
        "B=1~B=1|A=new|",
        "B=1\r|C=2\r|~B=1\r|C=2\r|A=new\r|",
        "# A=|B=1|~# A=|A=new|B=1|",
        "#export A=old # why|B=1|~#export A=old # why|A=new|B=1|",
        "# A=1|# A=2|B=1|~# A=1|# A=2|A=new|B=1|",
        "# A=~# A=|A=new|",
        "# A=1|B=1~# A=1|A=new|B=1",
        "A_=1|# AA=|#  export  A=|C=1|~A_=1|# AA=|#  export  A=|A=new|C=1|",
        "# exportA=1|C=1|~# exportA=1|C=1|A=new|",
        "# export A|C=1|~# export A|C=1|A=new|",
        "# A|C=1|~# A|C=1|A=new|",
        "#\u00c5A=1|C=1|~#\u00c5A=1|C=1|A=new|",
        "# A=\u00c5|C=1|~# A=\u00c5|A=new|C=1|",
        " \t## A=1|C=1|~ \t## A=1|A=new|C=1|",
        "B='|# A=|'|~B='|# A=|'|A=new|",
        "# AA=1|#A_=|~# AA=1|#A_=|A=new|",
        "\ufeff~\ufeffA=new|",
      })
  void aNewNameGetsALineOfItsOwn(String before, String after) throws ProblemException {
    String content = before == null ? "" : before.replace('|', '\n');
    EnvFile changed = EnvFileTest.parse(content).adding("A", EnvFileTest.secret("new"), USUAL);
    assertThat(EnvFileTest.text(changed)).isEqualTo(after.replace('|', '\n'));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "A=1|~``",
        "A=1~``",
        "B=1|export A='x|y' # why|C=2|~B=1|C=2|",
        "B=1\r|A=1\r|C=2\r|~B=1\r|C=2\r|",
        "# A=1|A=|~# A=1|",
        "\ufeffA=1|B=2~\ufeffB=2",
      })
  void aNameGoesWithItsWholeLine(String before, String after) throws ProblemException {
    EnvFile changed = EnvFileTest.parse(before.replace('|', '\n')).removing("A", USUAL);
    assertThat(EnvFileTest.text(changed)).isEqualTo(after.replace('|', '\n'));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "A=1|B=2|A=3|~B=2|A=3|",
        "export A='x|y'|A=2|# A=5|export A=3~# A=5|export A=3",
        "A=1|~A=1|",
        "\ufeffA=1|A=2|B=1|A=3~\ufeffB=1|A=3",
        "A=1|A=2|A=3|A=4|~A=4|",
      })
  void ofDoublesTheLastStays(String before, String after) throws ProblemException {
    EnvFile changed = EnvFileTest.parse(before.replace('|', '\n')).withoutDuplicates("A", USUAL);
    assertThat(EnvFileTest.text(changed)).isEqualTo(after.replace('|', '\n'));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        // who reads, the file, the new value, the line afterwards or the problem
        "COMPOSE~A = old~a b~A = 'a b'",
        "COMPOSE SHELL~A=old~$x~A='$x'",
        "COMPOSE SHELL PYTHON_DOTENV~A=old~${x}~ENV-QUOTING",
        "COMPOSE~A=old~${x}~A='${x}'",
        "COMPOSE SHELL PYTHON_DOTENV~A=old~a\\\\b'c~A=\"a\\\\\\\\b'c\"",
        "COMPOSE SHELL PYTHON_DOTENV~A=old~a\\\\b~A=\"a\\\\\\\\b\"",
        "COMPOSE SHELL NODE_DOTENV~A=old~a\\\\b~A='a\\\\b'",
        "COMPOSE SHELL PYTHON_DOTENV NODE_DOTENV~A=old~a\\\\b~ENV-QUOTING",
        "COMPOSE SHELL NODE_DOTENV~A=old~it's \"x\"~ENV-QUOTING",
        "COMPOSE SHELL NODE_DOTENV~A=old~it's~A=\"it's\"",
        "COMPOSE SIMPLE~A='old'~new~A=new",
        "COMPOSE SIMPLE~A=old~zq zq~ENV-QUOTING",
        "COMPOSE SIMPLE~A=old # why~zqzq~ENV-AMBIGUOUS",
        "COMPOSE SYSTEMD~A=old~zq zq~ENV-QUOTING",
        "COMPOSE SYSTEMD~A='old'~new~A=new",
        "COMPOSE SHELL~B=it's|A=old~zqzq~ENV-AMBIGUOUS",
        "COMPOSE~B=it's|A=old~new~B=it's|A=new",
        "COMPOSE PYTHON_DOTENV~A=old # why~new~A=new # why",
        // Without quotes Compose would take the comment for the value.
        "COMPOSE SHELL~A=old # why~``~A='' # why",
      })
  void theReadersDecideTheQuoting(String readers, String file, String value, String after) {
    Set<EnvReader> all = EnumSet.noneOf(EnvReader.class);
    Arrays.stream(readers.split(" ")).map(EnvReader::valueOf).forEach(all::add);
    EnvFile before = EnvFileTest.parse(file.replace('|', '\n') + "\n");
    if (after.startsWith("ENV-")) {
      assertThatThrownBy(() -> before.with("A", EnvFileTest.secret(value), all))
          .isInstanceOfSatisfying(
              ProblemException.class,
              refused -> {
                assertThat(refused.problem().code()).isEqualTo(after);
                assertThat(refused.problem().happened()).doesNotContain(value);
              });
    } else {
      try {
        EnvFile changed = before.with("A", EnvFileTest.secret(value), all);
        assertThat(EnvFileTest.text(changed)).isEqualTo(after.replace('|', '\n') + "\n");
      } catch (ProblemException refused) {
        throw new AssertionError(refused.problem().happened(), refused);
      }
    }
  }

  @Test
  void theReaderInTheWayIsNamed() {
    Set<EnvReader> readers = EnumSet.of(EnvReader.COMPOSE, EnvReader.PYTHON_DOTENV);
    assertThatThrownBy(
            () -> EnvFileTest.parse("A=1\n").with("A", EnvFileTest.secret("${x}"), readers))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused ->
                assertThat(refused.problem().happened())
                    .contains("python-dotenv")
                    .doesNotContain("Compose"));
  }

  @Test
  void halfACharacterIsNotWrittenAsAnother() {
    assertThatThrownBy(
            () -> EnvFileTest.parse("A=1\n").with("A", EnvFileTest.secret("a\ud83d"), USUAL))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void whatCannotBeAddedOrRemovedIsRefused() {
    assertCode("ENV-ALREADY-SET", "A=1\n", file -> add(file, "A", "x"));
    assertCode("ENV-NAME", "A=1\n", file -> add(file, "B C", "x"));
    assertCode("ENV-NAME", "A=1\n", file -> add(file, "1B", "x"));
    assertCode("ENV-BROKEN", "A=1\n!\n", file -> add(file, "B", "x"));
    assertCode("ENV-NOT-SET", "A=1\n", file -> file.removing("B", USUAL));
    assertCode("ENV-DUPLICATE", "A=1\nA=2\n", file -> file.removing("A", USUAL));
    assertCode("ENV-NOT-SET", "A=1\n", file -> file.withoutDuplicates("B", USUAL));
  }

  @Test
  void nothingIsRemovedThatHoldsAnotherReadersQuote() {
    // A shell reads B as far as the apostrophe of A.
    assertCode("ENV-OTHERS", "B=it's\nA=it's\n", file -> file.removing("A", USUAL));
  }

  @Property(tries = 3000)
  void whateverIsDoneEveryOtherByteStays(@ForAll long seed) {
    RandomFiles made = new RandomFiles(seed);
    String content = made.below(3) == 0 ? made.mildFile() : made.file();
    EnvFile before = EnvFileTest.parse(content);
    Set<EnvReader> readers = made.readers();
    String value = made.value(10);
    EnvFile after;
    int edit = made.below(4);
    try {
      after =
          switch (edit) {
            case 0 -> before.removing("A", readers);
            case 1 -> before.withoutDuplicates("A", readers);
            case 2 -> before.adding("E", EnvFileTest.secret(value), readers);
            default -> before.with("A", EnvFileTest.secret(value), readers);
          };
    } catch (ProblemException refused) {
      assertThat(EnvFileTest.text(before)).isEqualTo(content);
      return;
    }
    byte[] was = content.getBytes(StandardCharsets.UTF_8);
    byte[] is = after.content();
    if (content.contains("\r\n") || content.startsWith("\ufeff")) {
      // Not meant for a shell.
      readers.remove(EnvReader.SHELL);
    }
    if (before.count("E") == 0 && after.count("E") == 1) {
      assertThat(EnvFileTest.value(after, "E")).isEqualTo(value);
      assertThat(onlyOnePieceDiffers(was, is)).isTrue();
    }
    if (edit < 2) {
      assertThat(onlyLinesGone(content, EnvFileTest.text(after))).isTrue();
    }
    for (EnvReader reader : readers) {
      try (ReadValues one = ReaderModels.read(reader, was);
          ReadValues other = ReaderModels.read(reader, is)) {
        for (String name : before.names()) {
          if (!name.equals("A")) {
            assertThat(other.sameBytes(name, one) || !one.has(name)).as(name).isTrue();
          }
        }
      }
    }
  }

  /** Looks at nothing but lines: every one that is left was there, in the same order. */
  private static boolean onlyLinesGone(String was, String is) {
    Iterator<String> all = List.of(unmarked(was).split("(?<=\n)", -1)).iterator();
    for (String left : unmarked(is).split("(?<=\n)", -1)) {
      boolean found = false;
      while (!found && all.hasNext()) {
        found = all.next().equals(left);
      }
      if (!found && !left.isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private static String unmarked(String text) {
    return text.startsWith("\ufeff") ? text.substring(1) : text;
  }

  private static boolean onlyOnePieceDiffers(byte[] was, byte[] is) {
    int head = 0;
    while (head < was.length && was[head] == is[head]) {
      head++;
    }
    int tail = 0;
    while (tail < was.length - head && was[was.length - 1 - tail] == is[is.length - 1 - tail]) {
      tail++;
    }
    return head + tail == was.length;
  }

  private interface Attempt {
    EnvFile on(EnvFile file) throws ProblemException;
  }

  private static EnvFile add(EnvFile file, String name, String value) throws ProblemException {
    return file.adding(name, EnvFileTest.secret(value), USUAL);
  }

  private static void assertCode(String code, String content, Attempt attempt) {
    EnvFile file = EnvFileTest.parse(content);
    assertThatThrownBy(() -> attempt.on(file))
        .as(content)
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused -> assertThat(refused.problem().code()).isEqualTo(code));
    assertThat(EnvFileTest.text(file)).isEqualTo(content);
  }
}
