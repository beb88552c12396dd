package dev.quayside.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.bed.Bed;
import dev.quayside.bed.BedStack;
import dev.quayside.cli.Schemas;
import dev.quayside.proof.Operator.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Works on the environment files of a real stack with the command line alone. */
@Tag("bed")
class EnvVerbsProofTest {

  private static final String COMPOSE =
      """
      services:
        asks:
          image: quayside-bed/plain:1
          environment:
            COLOUR: ${COLOUR}
            API_KEY: ${API_KEY}
        other:
          image: quayside-bed/plain:1
      """;

  @TempDir Path temporary;
  private final List<Answer> answers = new ArrayList<>();
  private Bed bed;
  private BedStack up;
  private Path env;
  private String stack;
  private Operator operator;

  @BeforeEach
  void start() throws Exception {
    bed = Bed.required();
    up = bed.stack(COMPOSE, Files.createDirectory(temporary.resolve("folder")));
    env = up.directory().resolve(".env");
    stack = up.directory().getFileName().toString();
    write(env, "# kept\r\nCOLOUR='red' # why\r\nAPI_KEY=zzfirst\r\nTWICE=1\r\nTWICE=2\r\n");
    write(up.directory().resolve(".env.prod"), "COLOUR=green\nAPI_KEY=zzprod\n");
    up.up();
    operator = Operator.here(bed, Files.createDirectory(temporary.resolve("home")));
  }

  private static void write(Path file, String content) throws Exception {
    Files.writeString(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  @AfterEach
  void stop() throws Exception {
    up.close();
  }

  private JsonNode expect(int code, String input, String... words) throws Exception {
    Answer answer = operator.runGiven(input, words);
    answers.add(answer);
    assertThat(answer.exitCode()).as(answer.output() + answer.errors()).isEqualTo(code);
    assertThat(Schemas.faults(answer.output())).as(answer.output()).isEmpty();
    return JsonMapper.builder().build().readTree(answer.output());
  }

  private String id(String service) throws Exception {
    return up.compose("ps", "-aq", service).strip();
  }

  @Test
  void settingsAreSetSwitchedRestoredAndApplied() throws Exception {
    JsonNode list = expect(0, "", "env", "list", stack, "--json");
    assertThat(list.at("/files/0/file").stringValue()).isEqualTo(".env");
    assertThat(list.at("/files/0/settings/1/secret").booleanValue()).isTrue();
    assertThat(list.at("/files/0/problems").toString()).contains("duplicate", "crlf");
    assertThat(list.at("/sets/0/name").stringValue()).isEqualTo("prod");

    String asks = id("asks");
    String other = id("other");
    JsonNode dry = expect(0, "", "env", "set", stack, "COLOUR=dark blue", "--dry-run", "--json");
    assertThat(dry.at("/receipt/impact/recreated/0").stringValue()).isEqualTo("asks");
    assertThat(Files.readString(env)).contains("'red'");

    expect(0, "", "env", "set", stack, "COLOUR=dark blue", "--json");
    expect(0, "zzsecond $x\n", "env", "set", stack, "API_KEY", "--json");
    assertThat(Files.readString(env))
        .isEqualTo(
            "# kept\r\n"
                + "COLOUR='dark blue' # why\r\n"
                + "API_KEY='zzsecond $x'\r\n"
                + "TWICE=1\r\n"
                + "TWICE=2\r\n");
    Path value = temporary.resolve("value");
    write(value, "zzthird");
    expect(0, "", "env", "set", stack, "NEW_TOKEN", "--value-file", value.toString(), "--json");
    assertThat(Files.readString(env)).endsWith("TWICE=2\r\nNEW_TOKEN=zzthird\r\n");
    assertThat(id("asks")).as("saving touches no container").isEqualTo(asks);

    expect(5, "3", "env", "set", stack, "TWICE", "--json");
    expect(0, "", "env", "unset", stack, "TWICE", "--duplicates", "--json");
    expect(5, "it's `x`\tzz", "env", "set", stack, "API_KEY", "--json");
    expect(0, "", "env", "unset", stack, "TWICE", "NEW_TOKEN", "--json");
    assertThat(Files.readString(env))
        .isEqualTo("# kept\r\nCOLOUR='dark blue' # why\r\nAPI_KEY='zzsecond $x'\r\n");

    JsonNode impact = expect(0, "", "env", "apply", stack, "--dry-run", "--json");
    assertThat(impact.at("/receipt/recreated").toString()).isEqualTo("[\"asks\"]");
    expect(0, "", "env", "apply", stack, "--json");
    assertThat(id("asks")).isNotEqualTo(asks);
    assertThat(id("other")).isEqualTo(other);
    String applied = id("asks");
    expect(0, "", "env", "apply", stack, "--json");
    assertThat(id("asks")).isEqualTo(applied);

    expect(0, "", "env", "switch", stack, "prod", "--json");
    assertThat(Files.readString(env)).isEqualTo("COLOUR=green\nAPI_KEY=zzprod\n");
    expect(5, "", "env", "switch", stack, "nowhere", "--json");
    JsonNode history = expect(0, "", "env", "history", stack, "--json");
    assertThat(history.at("/versions/0/reason").stringValue()).isEqualTo("switch");
    String before = history.at("/versions/0/version").stringValue();
    JsonNode diff = expect(0, "", "env", "diff", stack, before, "--json");
    assertThat(diff.at("/diff").toString()).contains("COLOUR", "green", "API_KEY");
    expect(0, "", "env", "diff", stack, "1", "2", "--json");
    expect(0, "", "env", "restore", stack, before, "--json");
    assertThat(Files.readString(env)).contains("'dark blue' # why");
    expect(1, "", "env", "restore", stack, "99", "--json");

    assertThat(operator.run("journal", "verify").exitCode()).isZero();
    noSecretAnywhere();
  }

  @Test
  void aSecretAsAnArgumentIsAgainstTheUsage() throws Exception {
    Answer answer = operator.run("env", "set", stack, "API_KEY=zzargument");
    assertThat(answer.exitCode()).isEqualTo(2);
    assertThat(answer.errors()).contains("list of processes").doesNotContain("zzargument");
    assertThat(Files.readString(env)).contains("zzfirst");
    assertThat(operator.run("env", "set", stack, "A=1", "--value-file", "x").exitCode())
        .isEqualTo(2);
  }

  @Test
  void peopleReadWhatEachStepTouches() throws Exception {
    Answer list = operator.run("env", "list", stack);
    assertThat(list.output()).contains("COLOUR", "red", "TWICE is set in lines 4, 5", "prod");
    Answer dry = operator.run("env", "set", stack, "COLOUR=blue", "--dry-run");
    assertThat(dry.output())
        .contains("COLOUR: red becomes blue", "Save writes .env", "Apply recreates asks", "other");
    assertThat(operator.run("env", "set", stack, "COLOUR=blue").output())
        .contains("No container was changed", "version 00000001");
    assertThat(operator.run("env", "history", stack).output()).contains("COLOUR", "edited");
    assertThat(operator.run("env", "diff", stack, "1").output()).contains("red becomes blue");
    assertThat(operator.run("env", "apply", stack).output()).contains("asks");
    assertThat(operator.run("env", "apply", stack).output()).contains("Nothing is out of date");
  }

  private void noSecretAnywhere() throws Exception {
    for (Answer answer : answers) {
      assertThat(answer.output() + answer.errors())
          .doesNotContain("zzfirst", "zzsecond", "zzthird", "zzprod");
    }
    try (Stream<Path> files = Files.walk(operator.home())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain("zzfirst", "zzsecond", "zzthird", "zzprod");
      }
    }
  }
}
