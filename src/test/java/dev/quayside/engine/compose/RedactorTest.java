package dev.quayside.engine.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Secret;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class RedactorTest {

  private static String redact(String line, String... secrets) {
    List<Secret> masked =
        java.util.Arrays.stream(secrets).map(value -> Secret.owning(value.toCharArray())).toList();
    return new Redactor(masked).redact(line);
  }

  @Property(tries = 300)
  void aKnownValueNeverGetsThrough(
      @ForAll @AlphaChars @StringLength(min = 4, max = 40) String secret,
      @ForAll @StringLength(max = 40) String before,
      @ForAll @StringLength(max = 40) String after) {
    assertThat(redact(before + secret + after + secret, secret)).doesNotContain(secret);
  }

  @Test
  void masksEachLineOfAValueOfSeveral() {
    assertThat(redact("got: second-line!", "first-line\nsecond-line")).isEqualTo("got: ••••!");
  }

  @Test
  void masksWhatIsNamedLikeASecret() {
    assertThat(redact("POSTGRES_PASSWORD=hunter2 and \"api_key\": \"abc\", fine=1"))
        .doesNotContain("hunter2", "abc")
        .contains("fine=1");
  }

  @Test
  void masksTheWholeOfAQuotedValue() {
    assertThat(redact("DB_PASSWORD: \"correct horse; battery\" is bad"))
        .doesNotContain("correct", "horse", "battery")
        .contains("is bad");
    assertThat(redact("password='it is, long'")).doesNotContain("long");
  }

  @Test
  void masksKeysAndSalts() {
    assertThat(redact("LITELLM_MASTER_KEY=sk-1234 WEBUI_SALT_KEY: abcd PASSWORD_SALT=efgh"))
        .doesNotContain("sk-1234", "abcd", "efgh");
  }

  @Test
  void aLongLineWithoutAnySecretCostsNoMoreThanItsLength() {
    assertThat(redact("a".repeat(8000))).isEqualTo("a".repeat(8000));
  }

  @Test
  void masksTheLineThatAnEnvFileParserQuotes() {
    assertThat(redact("line 2: unexpected character \"!\" in variable name \"hun!ter2-value=x\""))
        .doesNotContain("hun!ter2");
    assertThat(redact("unexpected character \"!\" in variable name near \"hun!ter2=x\\nNEXT=1\""))
        .doesNotContain("hun!ter2", "NEXT");
  }

  @Test
  void masksTheValueThatAnEnvFileParserFindsUnterminated() {
    assertThat(redact("failed to read .env: line 3: unterminated quoted value \"hunter2 and more"))
        .doesNotContain("hunter2", "more")
        .contains("line 3", "unterminated");
    assertThat(redact("line 3: unterminated quoted value 'it is near \"hunter2\" x"))
        .doesNotContain("hunter2", "x");
  }

  @Test
  void masksPasswordsInAddresses() {
    assertThat(redact("postgres://app:hunter2@db/app")).isEqualTo("postgres://app:••••@db/app");
  }

  @Test
  void leavesOutLinesThatMayBeCutInTheMiddleOfAValue() {
    assertThat(redact("x".repeat(9000))).hasSizeLessThan(100);
  }

  @Test
  void leavesOrdinaryOutputAlone() {
    String line = " Container dream-server-web-1  Recreated  3.2s";
    assertThat(redact(line, "hunter2")).isEqualTo(line);
  }
}
