package dev.quayside.stack.env;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.bed.Bed;
import dev.quayside.common.ChildProcess;
import dev.quayside.common.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lets the real readers read what the editor wrote: Docker Compose and a shell that sources the
 * file.
 */
@Tag("bed")
class EnvFileComposeTest {

  private static final long SEED = 20261122;
  private static final int VALUES = 400;
  private static final String ALPHABET = "abcXYZ019 '\"\\$#`!&|;<>(){}[]*?~=+-_/:@%,.^éß€😀";

  @TempDir Path folder;

  @Test
  void composeAndBashReadBackExactlyWhatWasWritten() throws Exception {
    Map<String, String> written = new LinkedHashMap<>();
    StringBuilder text = new StringBuilder("# made up\n");
    for (int i = 0; i < VALUES; i++) {
      text.append(start(i)).append("V").append(i).append(oldValue(i)).append('\n');
    }
    EnvFile file = EnvFileTest.parse(text.toString());
    Random random = new Random(SEED);
    for (int i = 0; i < VALUES; i++) {
      String value = value(random, i);
      try {
        file = file.with("V" + i, EnvFileTest.secret(value));
        written.put("V" + i, value);
      } catch (ProblemException refused) {
        assertThat(value)
            .as("only what no quoting can hold is refused")
            .contains("'")
            .contains("`");
      }
    }
    assertThat(written).hasSizeGreaterThan(VALUES / 2);
    Files.write(folder.resolve(".env"), file.content());
    assertThat(byCompose(written)).isEqualTo(written);
    assertThat(byBash(written)).isEqualTo(written);
  }

  private static String start(int i) {
    return i % 7 == 0 ? "export " : "";
  }

  private static String oldValue(int i) {
    return switch (i % 5) {
      case 0 -> "=old";
      case 1 -> "='old'";
      case 2 -> "=\"old\" # a remark";
      case 3 -> "=old # a remark";
      default -> "=";
    };
  }

  private static String value(Random random, int i) {
    int[] points = ALPHABET.codePoints().toArray();
    StringBuilder value = new StringBuilder();
    int length = i < points.length ? 1 : random.nextInt(12);
    for (int j = 0; j < length; j++) {
      value.appendCodePoint(i < points.length ? points[i] : points[random.nextInt(points.length)]);
    }
    return value.toString();
  }

  private Map<String, String> byCompose(Map<String, String> wanted) throws Exception {
    StringBuilder compose =
        new StringBuilder("services:\n  reader:\n    image: none\n    environment:\n");
    wanted
        .keySet()
        .forEach(name ->
            compose.append("      ").append(name).append(": \"${").append(name).append("}\"\n"));
    Files.writeString(folder.resolve("docker-compose.yml"), compose);
    String json =
        run(
            Bed.required().environment(),
            "docker",
            "compose",
            "--project-directory",
            folder.toString(),
            "config",
            "--format",
            "json");
    JsonNode environment =
        JsonMapper.builder()
            .build()
            .readTree(json)
            .path("services")
            .path("reader")
            .path("environment");
    Map<String, String> read = new LinkedHashMap<>();
    // In its output Compose writes two signs for one, so that the output can be read as an input.
    wanted
        .keySet()
        .forEach(
            name -> read.put(name, environment.path(name).stringValue("?").replace("$$", "$")));
    return read;
  }

  private Map<String, String> byBash(Map<String, String> wanted) throws Exception {
    List<String> words =
        new ArrayList<>(
            List.of(
                "bash", "-c", "set -f; . ./.env; for n; do printf '%s\\0' \"${!n}\"; done", "sh"));
    words.addAll(wanted.keySet());
    Map<String, String> environment =
        Map.of("PATH", "/usr/bin:/bin", "LC_ALL", "C.UTF-8", "HOME", "/nonexistent");
    String[] values = run(environment, words.toArray(String[]::new)).split("\0", -1);
    Map<String, String> read = new LinkedHashMap<>();
    int index = 0;
    for (String name : wanted.keySet()) {
      read.put(name, values[index++]);
    }
    return read;
  }

  private String run(Map<String, String> environment, String... words)
      throws IOException, InterruptedException {
    ChildProcess.Result result =
        ChildProcess.run(
            new ChildProcess.Command(List.of(words), environment, folder),
            null,
            Duration.ofSeconds(60),
            4 * 1024 * 1024);
    assertThat(result.succeeded()).as(result.errors().text()).isTrue();
    return result.output().text();
  }
}
