package dev.quayside.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.bed.Bed;
import dev.quayside.cli.Schemas;
import dev.quayside.proof.Operator.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs containers whose labels and lines try to steer the terminal of whoever looks at them. */
@Tag("bed")
class HostileTextProofTest {

  // Clears the screen, sets the title, turns the direction round, hides a joiner, C1 control, bell.
  private static final String EVIL =
      "a\u001b[2J\u001b]0;owned\u0007b\u202ecod.exe\u2066\u200d\u009b31m\r\u0008\u007fz";

  private static final Set<Integer> ACTING =
      Set.of(
          (int) Character.CONTROL,
          (int) Character.FORMAT,
          (int) Character.LINE_SEPARATOR,
          (int) Character.PARAGRAPH_SEPARATOR,
          (int) Character.SURROGATE);

  @TempDir private Path home;
  private final Bed bed = Bed.required();

  @BeforeEach
  void startTheEvilOnes() throws Exception {
    // Under a harmless project, so that its name can be typed; and under one that is evil itself.
    run("proof-evil-one", "proofhostile", "service" + EVIL);
    run("proof-evil-two", "project" + EVIL, "plain");
    Bed.await(
        "both have spoken",
        Duration.ofSeconds(30),
        () -> spoken("proof-evil-one") && spoken("proof-evil-two"));
  }

  @AfterEach
  void removeTheEvilOnes() throws Exception {
    bed.docker("rm", "-f", "proof-evil-one", "proof-evil-two");
  }

  @Test
  void nothingPrintedForPeopleSteersTheirTerminal() throws Exception {
    for (String[] words :
        List.of(
            new String[] {"status"},
            new String[] {"status", "project" + EVIL},
            new String[] {"list"},
            new String[] {"logs", "proofhostile"},
            new String[] {"logs", "project" + EVIL},
            new String[] {"restart", "proofhostile"},
            new String[] {"restart", "no such" + EVIL},
            new String[] {"journal", "show"})) {
      Answer answer = operator().run(words);
      assertThat(acting(answer.output())).as("output of %s", words[0]).isEmpty();
      assertThat(acting(answer.errors())).as("errors of %s", words[0]).isEmpty();
      assertThat(answer.output() + answer.errors()).as(words[0]).isNotBlank();
    }
  }

  @Test
  void documentsHoldTheTextEscaped() throws Exception {
    Answer status = operator().run("status", "--json");
    assertThat(acting(status.output())).isEmpty();
    assertThat(Schemas.faults(status.output())).isEmpty();
    JsonNode document = JsonMapper.shared().readTree(status.output());
    List<String> names = new ArrayList<>();
    for (JsonNode stack : document.get("stacks")) {
      names.add(stack.get("name").asString());
      stack.get("services").forEach(service -> names.add(service.get("service").asString()));
    }
    assertThat(names).contains("project" + EVIL, "service" + EVIL);

    Answer logs = operator().run("logs", "proofhostile", "--json");
    assertThat(logs.exitCode()).as(logs.errors()).isZero();
    assertThat(acting(logs.output())).isEmpty();
    assertThat(logs.output().lines()).isNotEmpty();
    for (String line : logs.output().lines().toList()) {
      assertThat(Schemas.faults(line)).isEmpty();
      assertThat(JsonMapper.shared().readTree(line).get("service").asString())
          .isEqualTo("service" + EVIL);
    }
  }

  private Operator operator() {
    return Operator.here(bed, home);
  }

  private boolean spoken(String container) throws Exception {
    return bed.docker("logs", container).contains("last line");
  }

  private void run(String name, String project, String service) throws Exception {
    bed.docker(
        "run",
        "-d",
        "--init",
        "--name",
        name,
        "--label",
        "com.docker.compose.project=" + project,
        "--label",
        "com.docker.compose.service=" + service,
        "--label",
        "com.docker.compose.container-number=1",
        "quayside-bed/base:1",
        "sh",
        "-c",
        "printf '%s\\n' \"ERROR $0\"; printf '%s\\n' \"ERROR $0\" >&2; echo last line; sleep"
            + " 100000",
        EVIL);
  }

  /** Returns every character but the line feed that acts instead of being shown. */
  private static List<String> acting(String text) {
    return text.codePoints()
        .filter(point -> point != '\n' && ACTING.contains(Character.getType(point)))
        .mapToObj(Integer::toHexString)
        .distinct()
        .toList();
  }
}
