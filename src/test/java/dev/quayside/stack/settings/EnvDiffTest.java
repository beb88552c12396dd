package dev.quayside.stack.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.catalogue.Catalogue;
import dev.quayside.common.Secret;
import dev.quayside.stack.env.EnvFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A difference is told by its kind and its lines, as few as possible, and no secret with it. */
class EnvDiffTest {

  private static final Catalogue CATALOGUE = Catalogue.load();
  private static final EnvJudge JUDGE = EnvJudge.of(CATALOGUE, CATALOGUE.kind("generic", ""));

  private static List<String> diff(String before, String after) {
    return new EnvDiff(JUDGE)
            .between(
                before.replace('|', '\n').getBytes(StandardCharsets.UTF_8),
                after.replace('|', '\n').getBytes(StandardCharsets.UTF_8))
            .stream()
            .map(one -> one.kind() + " " + one.name() + " " + one.oldLine() + ">" + one.newLine())
            .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "A=1|~A=1|~``",
        "A=1|~A=2|~CHANGED A 1>1",
        "A=1|~A=1|B=2|~ADDED B 0>2",
        "A=1|B=2|~B=2|~REMOVED A 1>0",
        "A=1|~A='1'|~REWRITTEN A 1>1",
        "A=1|~A=0|A=1|~REPEATED A 1>2",
        "A=1|B=2|~B=2|A=1|~MOVED B 2>1",
        "A=1|B=2|C=3|~C=3|A=1|B=2|~MOVED C 3>1",
        "A=1|B=2|C=3|D=4|~D=4|B=2|C=3|A=1|~MOVED D 4>1; MOVED A 1>4",
        "A=1|~# c|A=1|~OTHER_LINES  0>1",
        "# c|# d|A=1|~A=1|~OTHER_LINES  0>2",
        "# c|A=1|~# d|A=1|~OTHER_LINES  0>1",
        "A=1|~A=1~OTHER_LINES  0>1",
        "A=1 # c|~A=1 # d|~OTHER_LINES  0>1",
        "A=1 # c|~A=2 # c|~CHANGED A 1>1",
        "A=1 # c|B=1|~B=1|~REMOVED A 1>0",
        "B=1|~A=1 # c|B=1|~ADDED A 0>1",
        "||A=1|~|A=1|~OTHER_LINES  0>1",
        "# c|A=1|~A=1|# c|~OTHER_LINES  0>1",
        "A='x|y'|~A='x|z'|~CHANGED A 1>1",
        "A='x|y'|B=1|~A='x|y'|B=2|~CHANGED B 3>3",
        "~A=1|~ADDED A 0>1",
      })
  void whatDiffersIsTold(String before, String after, String told) {
    List<String> found = diff(before == null ? "" : before, after);
    assertThat(String.join("; ", found)).isEqualTo(told == null ? "" : told);
  }

  @Test
  void carriageReturnsAreADifference() {
    assertThat(diff("A=1\r|", "A=1|")).containsExactly("OTHER_LINES  0>1");
  }

  @Test
  void asFewAsPossibleAreToldToHaveMoved() {
    assertThat(diff("A=1|B=1|C=1|D=1|E=1|F=1|", "E=1|A=1|B=1|F=1|C=1|D=1|"))
        .containsExactly("MOVED E 5>1", "MOVED F 6>4");
    assertThat(diff("A=1|B=1|C=1|D=1|", "D=1|C=1|B=1|A=1|")).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({
    "A,plain,plain",
    "API_KEY,anything,••••••••",
    "API_KEY,'',''",
    "URL,postgres://u:secret@h/x,••••••••",
    "URL,https://h/x,https://h/x",
  })
  void aValueIsShownUnlessItsNameOrItselfIsASecret(String name, String value, String shown) {
    try (Secret secret = Secret.owning(value.toCharArray())) {
      assertThat(new EnvDiff(JUDGE).shown(name, secret)).isEqualTo(shown);
      assertThat(new EnvDiff(JUDGE).shown(name, null)).isNull();
    }
  }

  @Test
  void theRecordOfASaveIsReadAsItWasWritten() {
    EnvRecord record =
        new EnvRecord(
            "id", "demo", Path.of("/x/.env"), true, "old", "new", true, "edit", List.of("A", "B"));
    assertThat(EnvRecord.fromJson(record.toJson())).isEqualTo(record);
    EnvRecord other =
        new EnvRecord("i", "d", Path.of("/y"), false, "o", "n", false, "switch", List.of());
    assertThat(EnvRecord.fromJson(other.toJson())).isEqualTo(other);
  }

  @Test
  void placeholdersAndWhatEverybodyKnowsAreKnown() {
    for (String value : List.of("changeme", "CHANGE-ME-NOW", "your-key", "<key>", "xxx", "todo")) {
      try (Secret secret = Secret.owning(value.toCharArray())) {
        assertThat(JUDGE.known(secret)).as(value).isTrue();
      }
    }
    for (String value : List.of("", "x", "mine", "xx", "unchanged")) {
      try (Secret secret = Secret.owning(value.toCharArray())) {
        assertThat(JUDGE.known(secret)).as(value).isFalse();
      }
    }
    assertThat(JUDGE.secret("API_KEY")).isTrue();
    assertThat(JUDGE.secret("COLOUR")).isFalse();
    assertThat(JUDGE.inert("COLOUR")).isNull();
  }

  @Test
  void valuesOfTwoFilesAreComparedByteForByte() {
    try (EnvFile one = file("A=1\nB='x'\nC=1\n");
        EnvFile other = file("A='1'\nB=y\nD=1\n")) {
      assertThat(one.sameValue("A", other)).isTrue();
      assertThat(one.sameValue("B", other)).isFalse();
      assertThat(one.sameValue("C", other)).isFalse();
      assertThat(one.sameValue("D", other)).isFalse();
      assertThat(one.sameValue("E", other)).isTrue();
    }
  }

  private static EnvFile file(String content) {
    return EnvFile.parse(Path.of(".env"), content.getBytes(StandardCharsets.UTF_8));
  }
}
