package dev.quayside.stack.env;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a value looks like in a file, and what is taken out of quotes. */
class EnvQuotingTest {

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static @Nullable String written(String value, EnvEntry.Style style) {
    byte[] written = EnvQuoting.write(bytes(value), style);
    return written == null ? null : new String(written, StandardCharsets.UTF_8);
  }

  @Test
  void withoutQuotesStandsOnlyWhatNobodyTakesForAnythingElse() {
    assertThat(written("azAZ09", EnvEntry.Style.PLAIN)).isEqualTo("azAZ09");
    for (String outside : new String[] {"`", "{", "[", "\u00e9", "$", " ", "#", "'", "\"", "\\"}) {
      assertThat(written("a" + outside, EnvEntry.Style.PLAIN)).as(outside).isNull();
    }
  }

  @Test
  void singleQuotesHoldNoSingleQuoteAndEndWithNoBackslash() {
    assertThat(written("a b", EnvEntry.Style.SINGLE)).isEqualTo("'a b'");
    assertThat(written("", EnvEntry.Style.SINGLE)).isEqualTo("''");
    assertThat(written("a'b", EnvEntry.Style.SINGLE)).isNull();
    assertThat(written("'", EnvEntry.Style.SINGLE)).isNull();
    assertThat(written("a\\", EnvEntry.Style.SINGLE)).isNull();
    assertThat(written("a\\b", EnvEntry.Style.SINGLE)).isEqualTo("'a\\b'");
  }

  @Test
  void doubleQuotesEscapeWhatIsSpecialInThem() {
    assertThat(written("a\"\\$b", EnvEntry.Style.DOUBLE)).isEqualTo("\"a\\\"\\\\\\$b\"");
    assertThat(written("a`b", EnvEntry.Style.DOUBLE)).isNull();
    assertThat(written("`", EnvEntry.Style.DOUBLE)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "\u0000", "\u001f", "\u007f"})
  void noStyleHoldsControlCharacters(String value) {
    for (EnvEntry.Style style : EnvEntry.Style.values()) {
      assertThat(written(value, style)).isNull();
    }
    assertThat(written(" ", EnvEntry.Style.SINGLE)).isEqualTo("' '");
  }

  private static EnvEntry entry(String raw) {
    EnvEntry.Style style =
        raw.startsWith("'")
            ? EnvEntry.Style.SINGLE
            : raw.startsWith("\"") ? EnvEntry.Style.DOUBLE : EnvEntry.Style.PLAIN;
    try (EnvFile file = EnvFile.parse(Path.of("env"), bytes("A=" + raw + "\n"))) {
      EnvEntry found = file.entry("A");
      assertThat(found).as(raw).isNotNull();
      assertThat(found.style()).isEqualTo(style);
      return found;
    }
  }

  private static String read(String raw) {
    EnvEntry entry = entry(raw);
    return new String(EnvQuoting.bytes(bytes("A=" + raw + "\n"), entry), StandardCharsets.UTF_8);
  }

  /** As Compose 2.26 takes them, which was asked for each; the bed asks it for others. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "'x\\'y'~x'y",
        "'x\\\\y'~x\\\\y",
        "'x\\\\\\'y'~x\\\\'y",
        "'\\''~'",
        "'x\\y'~x\\y",
        "\"\\\"\"~`\"`",
        "\"x\\\\\"~x\\",
        "\"\\$\"~$",
        "\"x\\a\"~`x\u0007`",
        "\"\\n\"~`\n`",
        "\"\\q\"~\\q",
        "\"\\0101\"~A",
        "\"\\0377\"~\u00ff",
        "\"\\0400\"~\\400",
        "\"\\0180\"~\\180",
        "\"\\0101B\"~AB",
        "\"\\01019\"~A9",
        "\"\\010\"~\\10",
        "\"\\010/\"~\\10/",
        "\"\\010:\"~\\10:",
        "\"\\0078\"~\\078",
        "\"\\0\"~\\",
      })
  void escapesAreTakenOut(String raw, String value) {
    assertThat(read(raw)).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "x~false",
        "x$y~true",
        "'$y'~false",
        "\"$y\"~true",
        "\"\\$y\"~false",
        "\"\\0044\"~true",
        "\"\\0045\"~false",
      })
  void aDollarSignThatIsNotEscapedIsForCompose(String raw, boolean interpolated) {
    assertThat(EnvQuoting.interpolated(bytes("A=" + raw + "\n"), entry(raw)))
        .isEqualTo(interpolated);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "${~true",
        "${x}~false",
        "\"${\"~true",
        "\"$x\\${\"~false",
        "\"$x\"~false",
        "\"\\${\"~false",
      })
  void anEscapedDollarSignBreaksNoTemplate(String raw, boolean broken) {
    assertThat(EnvQuoting.brokenTemplate(bytes("A=" + raw + "\n"), entry(raw))).isEqualTo(broken);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "x~true",
        "x$~false",
        "'x'~true",
        "'x\\y'~true",
        "'\\'x'~false",
        "'x\\''~false",
        "\"x\"~true",
        "\"$x\"~false",
        "\"x$\"~false",
        "\"x`\"~false",
        "\"`x\"~false",
        "\"\\\"\"~true",
        "\"\\\\\"~true",
        "\"\\$\"~true",
        "\"\\n\"~false",
        "\"x\\n\"~false",
      })
  void aShellReadsTheSameWhereNothingIsSpecialToOneOfThem(String raw, boolean same) {
    EnvEntry entry = entry(raw);
    assertThat(
            EnvQuoting.shellReadsSame(
                bytes("A=" + raw + "\n"), entry.start(), entry.end(), entry.style()))
        .isEqualTo(same);
  }
}
