package dev.quayside.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.catalogue.Catalogue;
import dev.quayside.catalogue.StackKind;
import dev.quayside.engine.compose.ComposeInvocation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MissingValuesTest {

  private static final String STRUCTURE =
      """
      {"services":{
        "litellm":{"environment":{"LITELLM_MASTER_KEY":"${LITELLM_KEY:?}"}},
        "open-webui":{"environment":{"WEBUI_SECRET_KEY":"${WEBUI_SECRET}","TAG":"${DOMAIN?}"}},
        "dashboard-api":{"environment":{"A":"${DASHBOARD_API_KEY}","B":"${COLOUR}"}},
        "may-be-empty":{"environment":{"A":"${LIVEKIT_API_KEY-}","B":"${N8N_PASS-}"}},
        "defaulted":{"environment":{"A":"${DASHBOARD_API_KEY:-one}"}}}}
      """;

  @TempDir Path folder;
  private final StackKind kind = Catalogue.load().kind("dream-server", "v1");

  @Test
  void whatTheDefinitionInsistsOnIsMissingWhateverIsToStart() throws Exception {
    Files.writeString(folder.resolve(".env"), "LITELLM_KEY=\nDOMAIN=\n");
    MissingValues missing = of(List.of());
    assertThat(missing.generated()).as("empty is as bad as none").containsExactly("LITELLM_KEY");
    assertThat(missing.others()).as("may be empty").isEmpty();
    assertThat(missing.file()).isEqualTo(folder.resolve(".env"));
  }

  @Test
  void withoutAFileAllIsMissingAndWhatQuaysideCannotMakeIsApart() throws Exception {
    MissingValues missing = of(List.of());
    assertThat(missing.generated()).containsExactly("LITELLM_KEY");
    assertThat(missing.others()).containsExactly("DOMAIN");
  }

  @Test
  void aSecretOfAServiceToStartIsMissingUnlessADefaultStandsIn() throws Exception {
    Files.writeString(folder.resolve(".env"), "LITELLM_KEY=x\nDOMAIN=d\nDASHBOARD_API_KEY=\n");
    assertThat(of(List.of("litellm")).none()).isTrue();
    assertThat(of(List.of("defaulted")).none()).isTrue();
    assertThat(of(List.of("dashboard-api", "open-webui")).generated())
        .containsExactly("DASHBOARD_API_KEY", "WEBUI_SECRET");
  }

  @Test
  void whatTheDefinitionAllowsToBeEmptyAndItsOwnerLeftEmptyHoldsNothingUp() throws Exception {
    Files.writeString(folder.resolve(".env"), "LITELLM_KEY=x\nDOMAIN=d\nLIVEKIT_API_KEY=\n");
    MissingValues left = of(List.of("may-be-empty"));
    assertThat(left.generated())
        .as("its owner does not know of it")
        .doesNotContain("LIVEKIT_API_KEY");
    assertThat(left.optional()).containsExactly("LIVEKIT_API_KEY");
    assertThat(left.makeable()).contains("LIVEKIT_API_KEY");

    Files.writeString(folder.resolve(".env"), "LITELLM_KEY=x\nDOMAIN=d\n");
    assertThat(of(List.of("may-be-empty")).generated())
        .as("its owner has not decided")
        .contains("LIVEKIT_API_KEY");
  }

  @Test
  void whatComposeHasAnywayIsNotMissing() throws Exception {
    String structure =
        """
        {"services":{"web":{"environment":{
          "A":"${HOME:?}","B":"${COMPOSE_PROJECT_NAME:?}","C":"${PATH?}","D":"${OTHER:?}"}}}}
        """;
    ComposeInvocation invocation =
        new ComposeInvocation("p", folder, List.of(), List.of(), List.of());
    MissingValues missing =
        MissingValues.of(
            invocation, StackDefinition.parse(structure, invocation), kind, List.of("web"));
    assertThat(missing.others()).containsExactly("OTHER");
  }

  private MissingValues of(List<String> services) throws Exception {
    ComposeInvocation invocation =
        new ComposeInvocation("p", folder, List.of(), List.of(), List.of());
    return MissingValues.of(
        invocation, StackDefinition.parse(STRUCTURE, invocation), kind, services);
  }
}
