package dev.quayside.stack.env;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.ProblemException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class EnvFilePropertyTest {

  @Property(tries = 2000)
  void readingAndWritingWithoutAChangeGivesTheSameBytes(@ForAll byte[] bytes) {
    assertThat(EnvFile.parse(Path.of(".env"), bytes).content()).isEqualTo(bytes);
  }

  @Property(tries = 2000)
  void aChangeTouchesOnlyTheBytesOfItsValueAndReadsBackExactly(
      @ForAll("files") String content, @ForAll("values") String value) {
    EnvFile before = EnvFileTest.parse(content);
    EnvFile after;
    try {
      after = before.with("TARGET", EnvFileTest.secret(value));
    } catch (ProblemException refused) {
      assertThat(EnvFileTest.text(before)).isEqualTo(content);
      return;
    }
    EnvEntry old = before.entry("TARGET");
    byte[] was = content.getBytes(StandardCharsets.UTF_8);
    byte[] is = after.content();
    int behind = was.length - old.end();
    assertThat(head(is, old.start())).isEqualTo(head(was, old.start()));
    assertThat(tail(is, behind)).isEqualTo(tail(was, behind));
    assertThat(EnvFileTest.value(after, "TARGET")).isEqualTo(value);
    for (String name : before.names()) {
      if (!name.equals("TARGET")) {
        assertThat(EnvFileTest.value(after, name))
            .as(name)
            .isEqualTo(EnvFileTest.value(before, name));
      }
    }
  }

  @Property(tries = 500)
  void aValueOfTheGeneratorsAlphabetIsNeverRefusedForItself(
      @ForAll("generated") String value, @ForAll("simpleLines") String line)
      throws ProblemException {
    EnvFile after = EnvFileTest.parse(line).with("TARGET", EnvFileTest.secret(value));
    assertThat(EnvFileTest.value(after, "TARGET")).isEqualTo(value);
  }

  @Provide
  static Arbitrary<String> generated() {
    return Arbitraries.strings()
        .withCharRange('a', 'z')
        .withCharRange('A', 'Z')
        .numeric()
        .withChars("_-")
        .ofMinLength(1)
        .ofMaxLength(64);
  }

  @Provide
  static Arbitrary<String> simpleLines() {
    return Arbitraries.of(
        "TARGET=x",
        "export TARGET=x # c\n",
        "TARGET='a b'\r\n",
        "TARGET=\"\"\n",
        "TARGET=",
        "TARGET=   \n",
        "TARGET= # c\n");
  }

  @Provide
  static Arbitrary<String> values() {
    return Arbitraries.oneOf(
        generated(),
        Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(24),
        Arbitraries.strings().withChars("'\"\\$`# =\néé\t").ofMaxLength(8));
  }

  @Provide
  static Arbitrary<String> files() {
    Arbitrary<String> noise =
        Arbitraries.strings().withChars("A='\" #\\$\r\n\t:x`").ofMaxLength(12);
    Arbitrary<String> others =
        Arbitraries.oneOf(
            Arbitraries.of(
                "# comment",
                "",
                "OTHER=1",
                "OTHER='two\nlines'",
                "export X=\"y\" # z",
                "TARGET_OLD=t",
                "# TARGET=no",
                "B=\"a\\\"b\"",
                "Ü=1"),
            noise);
    Arbitrary<String> target =
        Combinators.combine(
                Arbitraries.of("TARGET=", "export TARGET=", "  TARGET=", "TARGET =", "TARGET: "),
                Arbitraries.of(
                    "old", "'old'", "\"old\"", "", "o'ld", "a b", "x#y", "'multi\nline'", "$OTHER"),
                Arbitraries.of("", " # comment", "\t", "\t# tab", "  "))
            .as((name, value, rest) -> name + value + rest);
    Arbitrary<List<String>> before = others.list().ofMaxSize(4);
    Arbitrary<List<String>> after = others.list().ofMaxSize(4);
    return Combinators.combine(
            before, target, after, Arbitraries.of("\n", "\r\n"), Arbitraries.of(true, false))
        .as((first, middle, last, end, finalEnd) -> {
          List<String> lines = new java.util.ArrayList<>(first);
          lines.add(middle);
          lines.addAll(last);
          return String.join(end, lines) + (finalEnd ? end : "");
        });
  }

  private static byte[] head(byte[] bytes, int length) {
    return java.util.Arrays.copyOf(bytes, length);
  }

  private static byte[] tail(byte[] bytes, int length) {
    return java.util.Arrays.copyOfRange(bytes, bytes.length - length, bytes.length);
  }
}
