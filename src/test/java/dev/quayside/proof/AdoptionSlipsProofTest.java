package dev.quayside.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.bed.Bed;
import dev.quayside.proof.Operator.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Makes the slips of somebody who is new, and reads what is said of each. */
@Tag("bed")
class AdoptionSlipsProofTest {

  @TempDir private Path temporary;
  private final Bed bed = Bed.required();
  private Operator operator;

  @BeforeEach
  void start() throws Exception {
    operator = Operator.here(bed, Files.createDirectory(temporary.resolve("home")));
  }

  private Path stack(String name, String compose) throws Exception {
    Path folder = Files.createDirectory(temporary.resolve(name));
    Files.writeString(folder.resolve("compose.yml"), compose);
    return folder;
  }

  private Answer expect(int code, String... words) throws Exception {
    Answer answer = operator.run(words);
    assertThat(answer.exitCode()).as(answer.output() + answer.errors()).isEqualTo(code);
    return answer;
  }

  @Test
  void startingWhatComposeRejectsIsRefusedWithThePlace() throws Exception {
    Path folder = stack("syntax", "services:\n  web:\n    image: [broken\n");
    expect(4, "stack", "add", folder.toString());

    Answer up = expect(5, "up", "syntax");

    assertThat(up.output()).isBlank();
    assertThat(up.errors()).contains("compose.yml", "Nothing was changed").doesNotContain("runs");
    assertThat(expect(0, "list").output()).contains("Compose rejects its files", folder.toString());
  }

  @Test
  void aMissingEnvFileIsRefusedBeforeComposeActs() throws Exception {
    Path folder =
        stack(
            "needy",
            """
            services:
              web:
                image: quayside-bed/plain:1
                env_file: missing.env
              other:
                image: quayside-bed/plain:1
            """);
    assertThat(expect(0, "stack", "add", folder.toString()).errors()).contains("missing.env");

    Answer up = expect(5, "up", "needy", "other");

    assertThat(up.errors())
        .contains("web needs a file", folder.resolve("missing.env").toString(), "Nothing was");
    assertThat(expect(0, "list").output()).contains("none of 2 runs");
    assertThat(expect(0, "stop", "needy").output()).contains("nothing to stop");
    assertThat(expect(1, "stop", "needy", "nothere").errors()).contains("services: other, web.");
    assertThat(expect(0, "logs", "needy").errors()).contains("no logs to read");
  }

  @Test
  void whatIsNamedAndNotThereIsNotAdopted() throws Exception {
    Path folder = stack("named", "services:\n  web:\n    image: quayside-bed/plain:1\n");
    String at = folder.toString();

    assertThat(expect(1, "stack", "add", at, "--file=nope.yml").errors())
        .contains("There is no nope.yml", at)
        .doesNotContain("containers were made");
    assertThat(expect(1, "stack", "add", at, "--env-file=nope.env").errors())
        .contains("There is no nope.env");
    assertThat(expect(1, "stack", "add", at, "--profile=ghost").errors()).contains("ghost");
    assertThat(expect(1, "stack", "add", at, "--project=UP ER").errors()).contains("--project");
    assertThat(expect(1, "stack", "add", at + "/compose.yml").errors())
        .contains("This is a file", "--file=compose.yml");
    assertThat(expect(1, "up", "named").errors()).contains("quayside stack add DIR");
    assertThat(expect(0, "stack", "add", at).output()).contains("quayside up named");
  }
}
