package dev.quayside.stack.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quayside.catalogue.EnvReader;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvFileTest {

  @TempDir Path folder;

  @Test
  void aDeviceThatNeverEndsIsRefusedAndNotRead() {
    for (Path odd : List.of(Path.of("/dev/zero"), folder)) {
      assertThatThrownBy(() -> EnvFile.read(odd))
          .isInstanceOfSatisfying(
              ProblemException.class,
              refused -> assertThat(refused.problem().code()).isEqualTo("ENV-NO-FILE"));
    }
  }

  @Test
  void aPipeThatNobodyFillsIsRefusedAndNotWaitedFor() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThatThrownBy(() -> EnvFile.read(pipe))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused -> assertThat(refused.problem().code()).isEqualTo("ENV-NO-FILE"));
  }

  @Test
  void aFileIsReadUpToOneMebibyteAndNotBeyond() throws Exception {
    Path file = folder.resolve(".env");
    Files.writeString(file, "A=" + "x".repeat((1 << 20) - 2));
    EnvFile.read(file).close();
    Files.writeString(file, "A=" + "x".repeat((1 << 20) - 1));
    assertThatThrownBy(() -> EnvFile.read(file))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused -> assertThat(refused.problem().code()).isEqualTo("ENV-TOO-LARGE"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "A=old~A=new",
        "A=old # why~A=new # why",
        "export A=old~export A=new",
        "A='old'~A='new'",
        "A=\"old\"  # why~A=\"new\"  # why",
        "A=~A=new",
        "A= # why~A=new # why",
        "# A=old|A=x|#A=old~# A=old|A=new|#A=old",
        "OLD_A=old|A=x|A_OLD=old~OLD_A=old|A=new|A_OLD=old",
        "\uFEFFA=old~\uFEFFA=new",
        "A=o#ld~A=new",
        "B='x|A=y'|A=old~B='x|A=y'|A=new",
      })
  void onlyTheValueChanges(String before, String after) throws ProblemException {
    String old = before.replace('|', '\n');
    assertThat(text(set(old, "A", "new"))).isEqualTo(after.replace('|', '\n'));
    assertThat(text(set(old + "\r\nZ=1\r\n", "A", "new")))
        .isEqualTo(after.replace('|', '\n') + "\r\nZ=1\r\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "plain-1.2/x:@%+,=^~A=plain-1.2/x:@%+,=^",
        "with blank~A='with blank'",
        "a#b~A='a#b'",
        "$HOME~A='$HOME'",
        "it's~A=\"it's\"",
        "it's $5 \\ \"x\"~A=\"it's \\$5 \\\\ \\\"x\\\"\"",
        "back`tick~A='back`tick'",
        "ends\\~A=\"ends\\\\\"",
        "zoë~A='zoë'",
      })
  void aValueGetsTheQuotingItNeeds(String value, String line) throws ProblemException {
    EnvFile changed = set("A=old\n", "A", value);
    assertThat(text(changed)).isEqualTo(line + "\n");
    assertThat(value(changed, "A")).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "a\rb", "a\0b", "a\tb", "it's`x`", "\u007f"})
  void aValueThatNotEverybodyCanReadIsRefused(String value) {
    assertThatThrownBy(() -> set("A=old\n", "A", value))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refusal -> assertThat(refusal.problem().code()).isEqualTo("ENV-QUOTING"))
        .hasMessageNotContaining(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"A = old", "A: old", "A =old", "A= old", "A=old\t# comment", "A.B=1\nA : x"})
  void aPlaceThatComposeAndAShellReadDifferentlyIsRefused(String content) {
    assertProblem("ENV-AMBIGUOUS", content + "\n", "A");
  }

  @Test
  void duplicatesMissingNamesAndBrokenFilesAreRefused() {
    assertProblem("ENV-DUPLICATE", "A=1\nB=2\nexport A=3\n", "A");
    assertProblem("ENV-NOT-SET", "AA=1\n#A=2\nA\n", "A");
    assertProblem("ENV-BROKEN", "A=1\nthis is no assignment!\n", "A");
    assertProblem("ENV-BROKEN", "A=1\nB='never closed\n", "A");
    assertProblem("ENV-BROKEN", "hello world\nA=1\n", "A");
    assertProblem("ENV-BROKEN", "A=1\nB=${\n", "A");
    assertProblem("ENV-NOT-SET", "A=\u00a0\"x\nB=1\"\nA=2\n", "B");
    assertProblem("ENV-BROKEN", "A=\u00a0\"x\nB=1\n", "B");
    assertProblem("ENV-BROKEN", "A=1\nexport ", "A");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "B='x'#c",
        "B='x' C=2",
        "B='x' y",
        "\u00dc=1",
        "\u00a0B=1",
        "\u2028B=1",
        "B\tC=1",
        "=x"
      })
  void aLineThatComposeReadsDoesNotKeepOthersFromBeingChanged(String line) throws ProblemException {
    EnvFile file = parse(line + "\nA=1\n");
    assertThat(file.brokenLine()).isZero();
    EnvFile changed = file.with("A", secret("new"), java.util.Set.of(EnvReader.COMPOSE));
    assertThat(text(changed)).isEqualTo(line + "\nA=new\n");
  }

  @Test
  void aValueBehindASpaceThatIsNoAsciiEndsWhereComposeEndsIt() {
    EnvFile file = parse("A=\u00a0\"x\nB=1\"\nC=2\n");
    assertThat(file.names()).containsExactly("A", "C");
    assertThat(file.entry("A").writable()).isFalse();
    assertThat(file.entry("C").line()).isEqualTo(3);
  }

  @Test
  void theLastDuplicateCounts() {
    EnvFile file = parse("A=1\nA=2\n");
    assertThat(value(file, "A")).isEqualTo("2");
    assertThat(file.count("A")).isEqualTo(2);
    assertThat(file.names()).containsExactly("A");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "A=x # c~x~true",
        "A=a#b~a#b~false",
        "A='a # b' # c~a # b~true",
        "A=\"a\\\"b\\\\c\\$d\"~a\"b\\c$d~true",
        "A=\"a\\nb\"~a\\nb~false",
        "A='a\\'b'~a'b~false",
        "A=$B~$B~false",
        "A=\"$B\"~$B~false",
        "A=a b~a b~false",
        "A=~``~true",
      })
  void valuesAreReadAsComposeDoesAndDisagreementIsNoticed(
      String content, @Nullable String value, boolean agreed) {
    EnvFile file = parse(content + "\n");
    assertThat(value(file, "A")).isEqualTo(value == null ? "" : value.replace("\\n", "\n"));
    assertThat(file.entry("A").agreed()).isEqualTo(agreed);
  }

  @Test
  void bytesThatAreNoTextSurvive() throws ProblemException {
    byte[] bytes = "B=\u00e9\u00ff\n#\u0080\u00c3\nA=old".getBytes(StandardCharsets.ISO_8859_1);
    EnvFile changed = EnvFile.parse(Path.of(".env"), bytes).with("A", secret("newer"));
    assertThat(new String(changed.content(), StandardCharsets.ISO_8859_1))
        .isEqualTo("B=\u00e9\u00ff\n#\u0080\u00c3\nA=newer");
  }

  @Test
  void linesAreCountedAlsoBehindValuesOfSeveralLines() {
    assertThat(parse("\n# c\nA='x\ny'\n\nB=1\n").entries())
        .extracting(EnvEntry::name, EnvEntry::line)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("A", 3),
            org.assertj.core.groups.Tuple.tuple("B", 6));
  }

  @Test
  void itsTextFormShowsNoValue() {
    assertThat(parse("A=hidden\n").toString()).doesNotContain("hidden");
    assertThat(parse("A=hidden\n").entries().toString()).doesNotContain("hidden");
  }

  private static void assertProblem(String code, String content, String name) {
    EnvFile file = parse(content);
    assertThatThrownBy(() -> file.with(name, secret("x")))
        .as(content)
        .isInstanceOfSatisfying(
            ProblemException.class,
            refusal -> assertThat(refusal.problem().code()).isEqualTo(code));
    assertThat(text(file)).isEqualTo(content);
  }

  static EnvFile set(String content, String name, String value) throws ProblemException {
    return parse(content).with(name, secret(value));
  }

  static EnvFile parse(String content) {
    return EnvFile.parse(Path.of(".env"), content.getBytes(StandardCharsets.UTF_8));
  }

  static String text(EnvFile file) {
    return new String(file.content(), StandardCharsets.UTF_8);
  }

  static @Nullable String value(EnvFile file, String name) {
    Secret value = file.value(name);
    return value == null ? null : value.withChars(String::new);
  }

  static Secret secret(String value) {
    return Secret.owning(value.toCharArray());
  }
}
