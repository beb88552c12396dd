package dev.quayside.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.bed.Bed;
import dev.quayside.bed.BedStack;
import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.common.Progress;
import dev.quayside.common.StepBoundary;
import dev.quayside.engine.compose.ComposeInvocation;
import dev.quayside.stack.LifecycleReceipt;
import dev.quayside.stack.LifecycleRequest;
import dev.quayside.stack.Stack;
import dev.quayside.stack.settings.EnvEditing;
import dev.quayside.stack.settings.EnvFiles;
import dev.quayside.stack.settings.EnvTarget;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Missing secrets are named before Compose runs, and only those are made. */
@Tag("bed")
class GenerationBedTest {

  /** What makes guide A's stack recognisable. */
  private static final String COMPOSE =
      """
      services:
        router:
          image: quayside-bed/plain:1
          environment: ["WEBUI_API_KEY=${WEBUI_API_KEY}", "N8N_API_KEY=${N8N_API_KEY:?}"]
        postgres: {image: "quayside-bed/plain:1"}
        n8n: {image: "quayside-bed/plain:1"}
        openwebui: {image: "quayside-bed/plain:1"}
      """;

  private static final String BEFORE = "# keys\r\nWEBUI_API_KEY=kept-value\r\nN8N_API_KEY=one\r\n";

  @TempDir Path folder;
  private BedStack stack;
  private Path env;
  private String project;
  private RotationWorld world;

  @BeforeEach
  void write() throws Exception {
    stack = Bed.required().stack(COMPOSE, folder);
    project = stack.directory().getFileName().toString();
    env = stack.directory().resolve(".env");
    Files.writeString(env, BEFORE);
    Files.setPosixFilePermissions(env, PosixFilePermissions.fromString("rw-------"));
    world = new RotationWorld(folder.resolve("home"), StepBoundary.none(), Duration.ofSeconds(30));
  }

  @AfterEach
  void stop() throws Exception {
    Files.writeString(env, BEFORE);
    stack.close();
  }

  @Test
  void upNamesWhatIsMissingAndGenerationMakesOnlyThat() throws Exception {
    Files.writeString(env, "# keys\nWEBUI_API_KEY=kept-value");

    Outcome<LifecycleReceipt> refused = up();

    assertThat(refused).isInstanceOf(Outcome.Refused.class);
    Problem problem = ((Outcome.Refused<LifecycleReceipt>) refused).problem();
    assertThat(problem.code()).isEqualTo("SECRETS-MISSING");
    assertThat(problem.happened()).contains("N8N_API_KEY").doesNotContain("WEBUI_API_KEY");
    assertThat(problem.command()).isEqualTo("quayside secrets generate " + project);

    GenerationReceipt receipt = generated();

    assertThat(receipt.generated()).containsExactly("N8N_API_KEY");
    List<String> lines = Files.readAllLines(env);
    assertThat(lines).hasSize(3).startsWith("# keys", "WEBUI_API_KEY=kept-value");
    assertThat(lines.getLast()).matches("N8N_API_KEY=[A-Za-z0-9_-]{43}");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(env)))
        .isEqualTo("rw-------");
    assertThat(up()).isInstanceOf(Outcome.Done.class);
    assertNowhere(lines.getLast().substring("N8N_API_KEY=".length()));

    assertThat(generated().generated()).as("nothing is missing any more").isEmpty();
    assertThat(Files.readAllLines(env)).isEqualTo(lines);

    Files.delete(env);
    Outcome<GenerationReceipt> parting = world.generation.run(adopted());
    assertThat(parting).isInstanceOf(Outcome.Refused.class);
    Problem old = ((Outcome.Refused<GenerationReceipt>) parting).problem();
    assertThat(old.code()).isEqualTo("GENERATE-OLD-VALUE");
    assertThat(old.happened()).contains("N8N_API_KEY, WEBUI_API_KEY", project + "-router-1");
    assertThat(env).as("nobody is locked out by a new key").doesNotExist();
  }

  @Test
  void anEmptyValueIsFilledWhereItStandsAndAMissingFileIsMadePrivate() throws Exception {
    Files.writeString(env, "N8N_API_KEY=\r\nWEBUI_API_KEY=kept-value\r\n");
    assertThat(generated().generated()).containsExactly("N8N_API_KEY");
    assertThat(Files.readString(env))
        .matches("N8N_API_KEY=[A-Za-z0-9_-]{43}\r\nWEBUI_API_KEY=kept-value\r\n");

    assertThat(new EnvEditing(world.parts.editor()).history(target()))
        .as("the content before is kept")
        .hasSize(1);

    Files.delete(env);
    assertThat(generated().generated()).containsExactly("N8N_API_KEY", "WEBUI_API_KEY");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(env)))
        .isEqualTo("rw-------");
  }

  private EnvTarget target() throws Exception {
    return new EnvFiles(world.parts.editor()).find(adopted(), null);
  }

  private GenerationReceipt generated() throws Exception {
    Outcome<GenerationReceipt> outcome = world.generation.run(adopted());
    assertThat(outcome).as("%s", outcome).isInstanceOf(Outcome.Done.class);
    return ((Outcome.Done<GenerationReceipt>) outcome).receipt();
  }

  private Outcome<LifecycleReceipt> up() throws Exception {
    return world.lifecycle.run(
        new LifecycleRequest(LifecycleRequest.Action.UP, adopted(), List.of()), Progress.none());
  }

  /** The stack as its folder tells it: it has no containers yet. */
  private Stack adopted() {
    Path directory = stack.directory();
    ComposeInvocation invocation =
        new ComposeInvocation(
            project,
            directory,
            List.of(directory.resolve("docker-compose.yml")),
            List.of(),
            List.of());
    return new Stack(project, "llm-infrastructure", "", invocation, List.of());
  }

  private void assertNowhere(String value) throws Exception {
    try (Stream<Path> all = Files.walk(world.home.state())) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
            .as("%s", file)
            .doesNotContain(value);
      }
    }
  }
}
