package dev.quayside.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.bed.Bed;
import dev.quayside.bed.BedStack;
import dev.quayside.bed.TreeHash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Walks through the life of an adopted stack as uid 12345 in group {@code docker}, who owns the
 * stack's files but not the data folders in it that its services gave to other ids.
 */
@Tag("bed")
class PlainUserProofTest {

  private static final String STACK = "llm-infrastructure";
  private static final int USER = 12345;
  private static final int POSTGRES = 999;

  @TempDir private Path folder;
  @TempDir private Path shared;
  private final Bed bed = Bed.required();
  private Operator operator;

  @Test
  void aStackIsAdoptedEditedStartedAndForgotten() throws Exception {
    operator = Operator.unprivileged(bed, shared);
    try (BedStack fixture = bed.fixture("a", folder)) {
      Path root = fixture.directory();
      // The bed's builder keeps its own files for root alone.
      fixture.compose("build");
      Path env = root.resolve(".env");
      operator.own(folder);
      String untouched = TreeHash.of(root);
      String settings = Files.readString(env);

      JsonNode added = operator.document(0, "", "stack", "add", root.toString());
      assertThat(added.get("kind").asString()).isEqualTo(STACK);
      JsonNode shown = operator.document(0, "", "stack", "show", STACK);
      assertThat(shown.get("services")).hasSize(13);
      assertThat(TreeHash.of(root)).isEqualTo(untouched);

      edit("zz-of-the-first-edit");
      String edited =
          settings.replaceFirst("(?m)^ROUTER_API_KEY=.*", "ROUTER_API_KEY=zz-of-the-first-edit");
      assertThat(Files.readString(env)).isEqualTo(edited).isNotEqualTo(settings);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(env)))
          .isEqualTo("rw-------");
      assertThat(owner(env)).isEqualTo(USER);

      operator.document(0, "", "up", STACK);
      Map<String, String> made = containers();
      assertThat(made.keySet()).containsExactlyInAnyOrder("router", "postgres", "n8n", "openwebui");
      assertThat(owner(root.resolve("pgdata"))).isEqualTo(POSTGRES);
      assertThat(bed.docker("inspect", "router")).contains("zz-of-the-first-edit");

      edit("zz-of-the-second-edit");
      JsonNode history = operator.document(0, "", "env", "history", STACK);
      assertThat(history.get("versions")).hasSize(2);
      assertThat(containers()).as("saving touches no container").isEqualTo(made);
      operator.document(0, "", "env", "apply", STACK);
      onlyThisOneIsNew("router", made);
      assertThat(bed.docker("inspect", "router")).contains("zz-of-the-second-edit");

      made = containers();
      operator.document(0, "", "recreate", STACK, "postgres");
      onlyThisOneIsNew("postgres", made);

      JsonNode exposure = operator.document(0, "", "exposure", STACK);
      assertThat(exposure.get("ports").findValuesAsString("exposure"))
          .contains("loopback")
          .doesNotContain("lan", "unknown");

      made = containers();
      operator.document(0, "", "stack", "forget", STACK);
      assertThat(containers()).isEqualTo(made);
      operator.document(0, "", "journal", "verify");
      noValueIsKept();
    }
  }

  private void edit(String secret) throws Exception {
    JsonNode saved = operator.document(0, secret + "\n", "env", "set", STACK, "ROUTER_API_KEY");
    assertThat(saved.toString()).doesNotContain(secret);
  }

  private void onlyThisOneIsNew(String name, Map<String, String> before) throws Exception {
    Map<String, String> now = containers();
    assertThat(now.keySet()).isEqualTo(before.keySet());
    now.forEach((each, id) ->
        assertThat(id.equals(before.get(each))).as(each).isEqualTo(!each.equals(name)));
  }

  private Map<String, String> containers() throws Exception {
    Map<String, String> ids = new TreeMap<>();
    String list =
        bed.docker(
            "ps",
            "--no-trunc",
            "--filter",
            "label=com.docker.compose.project=" + STACK,
            "--format",
            "{{.Names}} {{.ID}}");
    list.lines().forEach(line -> ids.put(line.split(" ")[0], line.split(" ")[1]));
    return ids;
  }

  private static int owner(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:uid");
  }

  /** Versions of an environment file are kept encrypted or by fingerprint, never as they are. */
  private void noValueIsKept() throws IOException {
    try (Stream<Path> files = Files.walk(operator.home())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain("zz-of-the");
      }
    }
  }
}
