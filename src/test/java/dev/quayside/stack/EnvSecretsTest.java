package dev.quayside.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.catalogue.Catalogue;
import dev.quayside.common.Secret;
import dev.quayside.engine.Endpoint;
import dev.quayside.engine.compose.Compose;
import dev.quayside.engine.compose.ComposeInvocation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvSecretsTest {

  @TempDir Path folder;

  @Test
  void whatLooksSecretInTheFilesOfTheStackAndOfItsServicesIsTakenAndWipedAtTheEnd()
      throws Exception {
    Files.writeString(folder.resolve(".env"), "API_KEY=one-secret\nPORT=8080\n");
    Path own = folder.resolve("web.env");
    Files.writeString(own, "DB_PASSWORD='another secret'\nCOLOUR=blue\n");
    StackDefinition definition =
        new StackDefinition(
            "project",
            Map.of(
                "web",
                new StackDefinition.DefinedService(
                    Set.of(),
                    Map.of(),
                    Set.of(),
                    Set.of(),
                    Set.of(),
                    List.of(own, folder.resolve("missing")),
                    List.of(),
                    Set.of())),
            Map.of());
    Catalogue catalogue = Catalogue.load();

    List<Secret> kept;
    try (EnvSecrets secrets =
        EnvSecrets.of(
            new ComposeInvocation("shop", folder, List.of(), List.of(), List.of()),
            definition,
            catalogue.kind("generic", ""),
            catalogue)) {
      kept = secrets.values();
      assertThat(kept.stream().map(value -> value.withChars(String::new)))
          .containsExactly("one-secret", "another secret");
    }
    assertThat(kept).allMatch(value -> value.toString().contains("wiped"));
  }

  @Test
  void whereTheDefinitionCannotBeReadTheFilesOfTheStackAreTakenAllTheSame() throws Exception {
    Files.writeString(folder.resolve(".env"), "API_KEY=one-secret\n");
    Compose none =
        Compose.on(
            new Endpoint.Unix(folder.resolve("none.sock")), Map.of("PATH", folder.toString()));
    Catalogue catalogue = Catalogue.load();

    try (EnvSecrets secrets =
        EnvSecrets.of(
            none,
            new ComposeInvocation("shop", folder, List.of(), List.of(), List.of()),
            catalogue.kind("generic", ""),
            catalogue)) {
      assertThat(secrets.values().stream().map(value -> value.withChars(String::new)))
          .containsExactly("one-secret");
    }
  }
}
