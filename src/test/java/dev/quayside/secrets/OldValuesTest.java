package dev.quayside.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.catalogue.Catalogue;
import dev.quayside.catalogue.StackKind;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerState;
import dev.quayside.engine.Health;
import dev.quayside.stack.StackDefinition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A new value must never part a stack from what it holds. */
class OldValuesTest {

  private final Catalogue catalogue = Catalogue.load();
  private final StackKind ods = catalogue.kind("dream-server", "ods");
  private final StackKind v1 = catalogue.kind("dream-server", "v1");
  @TempDir private Path root;

  private Set<String> traces(
      StackKind kind, String secret, List<Container> containers, Set<String> volumes) {
    StackDefinition definition = new StackDefinition("p", Map.of(), Map.of());
    return new OldValues(kind, definition, root, containers, volumes)
        .of(Objects.requireNonNull(kind.secret(secret)));
  }

  private static Container container(String name, String service) {
    return new Container(
        new ContainerId("0".repeat(64)),
        name,
        "image:1",
        "sha256:1",
        ContainerState.EXITED,
        Health.NONE,
        Instant.EPOCH,
        List.of(),
        Map.of("com.docker.compose.project", "p", "com.docker.compose.service", service),
        List.of(),
        null);
  }

  @Test
  void aFreshStackHasNone() throws Exception {
    Files.createDirectories(root.resolve("data/langfuse/postgres"));
    Files.createFile(Files.createDirectories(root.resolve("data/open-webui")).resolve(".gitkeep"));
    Files.writeString(Files.createDirectories(root.resolve("config/n8n")).resolve("x"), "x");
    for (var secret : ods.secrets()) {
      assertThat(traces(ods, secret.name(), List.of(), Set.of())).as(secret.name()).isEmpty();
    }
  }

  @Test
  void aContainerOfAConsumerIsOneEvenStopped() {
    List<Container> containers = List.of(container("ods-langfuse", "langfuse"));
    assertThat(traces(ods, "LANGFUSE_ENCRYPTION_KEY", containers, Set.of()))
        .containsExactly("ods-langfuse");
    assertThat(traces(ods, "DASHBOARD_API_KEY", containers, Set.of())).isEmpty();
  }

  @Test
  void dataInAFolderIsOne() throws Exception {
    Path data = Files.createDirectories(root.resolve("data/langfuse/postgres/base"));
    Files.writeString(data.resolve("1"), "rows");
    assertThat(traces(ods, "LANGFUSE_DB_PASSWORD", List.of(), Set.of()))
        .containsExactly(root.resolve("data/langfuse/postgres").toString());
    // It signs nothing that lasts.
    assertThat(traces(ods, "LANGFUSE_NEXTAUTH_SECRET", List.of(), Set.of())).isEmpty();
  }

  @Test
  void aVolumeIsOneThoughItsContainersAreGone() {
    assertThat(traces(v1, "TOKEN_SPY_DB_PASSWORD", List.of(), Set.of("token-spy-db-data")))
        .containsExactly("token-spy-db-data");
  }

  @Test
  void whereNobodyIsKnownToUseItEverybodyMay() {
    assertThat(traces(ods, "DIFY_SECRET_KEY", List.of(container("dify", "dify")), Set.of()))
        .containsExactly("dify");
  }

  @Test
  void aKeyThatNothingKeepsMayBeMadeAnew() {
    List<Container> containers = List.of(container("ods-qdrant", "qdrant"));
    assertThat(traces(ods, "QDRANT_API_KEY", containers, Set.of())).isEmpty();
  }

  @Test
  void theRootIsAboveAProjectDirectoryOfItsKind() {
    StackKind c = catalogue.kind("local-llm-stack", "");
    assertThat(OldValues.rootOf(c, Path.of("/srv/x/core"))).isEqualTo(Path.of("/srv/x"));
    assertThat(OldValues.rootOf(ods, Path.of("/srv/x/core"))).isEqualTo(Path.of("/srv/x/core"));
  }
}
