package dev.quayside.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.quayside.common.ProblemException;
import dev.quayside.engine.compose.ComposeInvocation;
import dev.quayside.stack.StackDefinition.Condition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackDefinitionTest {

  /** As Compose 2.26.1 prints it with {@code config --no-interpolate --format json}, shortened. */
  private static final String STRUCTURE =
      """
      {"name":"c1","secrets":{"s1":{"environment":"FROM_SECRET","name":"c1_s1"}},
       "services":{
        "envf":{"command":["sh","-c","echo $$ESCAPED ${NEST:-${INNER}}"],
                "env_file":[{"path":"/stack/other.env","required":true}],"image":"c",
                "secrets":[{"source":"s1","target":"/run/secrets/s1"}]},
        "lite":{"environment":{"LITELLM_MASTER_KEY":"${LITELLM_KEY:?needed}"},"image":"b:1","profiles":["monitoring"],
                "depends_on":{"db":{"condition":"service_healthy"}}},
        "db":{"image":"d","environment":{"PASS_THROUGH":null}},
        "web":{"environment":["OPENAI_API_KEY=$LITELLM_KEY","PLAIN"],"depends_on":["lite"],
               "image":"a:${TAG:-1}","ports":["${WEB_PORT:-3000}:8080"]}}}
      """;

  @TempDir Path folder;

  @Test
  void readersAreFoundWhereverADefinitionRefersToAVariable() throws ProblemException {
    StackDefinition definition = definition();
    assertThat(definition.readersOf("LITELLM_KEY", Path.of("/stack/.env")))
        .containsExactly("lite", "web");
    assertThat(definition.readersOf("INNER", Path.of("/stack/.env"))).containsExactly("envf");
    assertThat(definition.readersOf("FROM_SECRET", Path.of("/stack/.env"))).containsExactly("envf");
    assertThat(definition.readersOf("PASS_THROUGH", Path.of("/stack/.env"))).containsExactly("db");
    assertThat(definition.readersOf("PLAIN", Path.of("/stack/.env"))).containsExactly("web");
    assertThat(definition.readersOf("ESCAPED", Path.of("/stack/.env"))).isEmpty();
    assertThat(definition.readersOf("LITELLM", Path.of("/stack/.env"))).isEmpty();
    assertThat(definition.readersOf("ANY", Path.of("/stack/other.env"))).containsExactly("envf");
  }

  @Test
  void anEnvFileIsNeededUnlessItIsOptionalOrItsPlaceIsNotTold() throws ProblemException {
    String files =
        """
        {"name":"c1","services":{"web":{"env_file":[
          {"path":"one.env","required":true},"two.env",
          {"path":"may.env","required":false},{"path":"${WHERE}/x.env","required":true}]}}}
        """;
    StackDefinition.DefinedService web =
        StackDefinition.parse(files, invocation()).services().get("web");
    Path directory = invocation().directory();

    assertThat(web.envFiles()).hasSize(4);
    assertThat(web.needed())
        .containsExactlyInAnyOrder(directory.resolve("one.env"), directory.resolve("two.env"));
  }

  @Test
  void aVariableIsDefaultedOnlyWhereADefaultAlwaysStandsIn() throws ProblemException {
    String files =
        """
        {"name":"c1","secrets":{"s1":{"environment":"SECRET"}},
         "services":{"web":{"secrets":["s1"],"environment":["PASSED",
          "A=${SALT:-mysalt}","B=${SALT-other}","C=${EMPTY:-}","D=${NONE-}","E=$PLAIN",
          "F=${BRACED}","G=${NEEDED:?x}","H=${TWICE:-x}${TWICE}","I=$${SALT}"]}}}
        """;

    StackDefinition.DefinedService web =
        StackDefinition.parse(files, invocation()).services().get("web");

    assertThat(web.variables())
        .containsExactlyInAnyOrder(
            "SECRET", "PASSED", "SALT", "EMPTY", "NONE", "PLAIN", "BRACED", "NEEDED", "TWICE");
    assertThat(web.defaulted()).containsExactly("SALT");
  }

  @Test
  void foldersThatImagesAreBuiltFromAreToldWhereTheirPlaceIs() throws ProblemException {
    String builds =
        """
        {"name":"c1","services":{"a":{"build":{"context":"./router"}},"b":{"build":"/src/b"},
          "c":{"build":{"context":"${WHERE}"}},"d":{"image":"d"}}}
        """;

    assertThat(StackDefinition.parse(builds, invocation()).built())
        .containsExactlyInAnyOrder(invocation().directory().resolve("router"), Path.of("/src/b"));
  }

  @Test
  void profilesAndOrderComeFromTheDefinition() throws ProblemException {
    StackDefinition definition = definition();
    assertThat(definition.profilesOf(List.of("lite", "web"))).containsExactly("monitoring");
    assertThat(definition.inOrder(List.of("web", "db", "lite", "envf")))
        .containsExactly("db", "envf", "lite", "web");
    assertThat(definition.inOrder(List.of("web", "db"))).containsExactly("db", "web");
  }

  @Test
  void aServiceBringsAllThatItDependsOn() throws ProblemException {
    assertThat(definition().withDependencies(List.of("web")))
        .containsExactlyInAnyOrder("web", "lite", "db");
    assertThat(definition().withDependencies(List.of("envf"))).containsExactly("envf");
  }

  @Test
  void aVolumeThatComposeDoesNotMakeIsExternal() throws ProblemException {
    String shared =
        """
        {"services":{"web":{"volumes":[
          {"type":"volume","source":"own","target":"/own"},
          {"type":"volume","source":"shared","target":"/shared"}]}},
         "volumes":{"own":{"name":"shop_own"},"shared":{"name":"other","external":true}}}
        """;

    assertThat(StackDefinition.parse(shared, invocation()).services().get("web").mounts())
        .extracting(StackDefinition.Mount::source, StackDefinition.Mount::external)
        .containsExactly(tuple("own", false), tuple("shared", true));
  }

  @Test
  void mountsAreNamedVolumesOrPathsAlsoWhereComposeTearsAPathInTwo() throws ProblemException {
    // As Compose 2.26.1 prints it for ./data, ${DATA_DIR:-./other}:/other, vol and $D/x:/q:ro.
    String mounts =
        """
        {"services":{"web":{"volumes":[
          {"type":"bind","source":"/stack/data","target":"/data"},
          {"type":"volume","source":"${DATA_DIR","target":"-./other}"},
          {"type":"volume","source":"vol","target":"/vol"},
          {"type":"volume","source":"$D/x","target":"/q","read_only":true},
          {"type":"tmpfs","target":"/tmp"}]}}}
        """;

    assertThat(StackDefinition.parse(mounts, invocation()).services().get("web").mounts())
        .containsExactly(
            new StackDefinition.Mount(false, "/stack/data", "/data", false),
            new StackDefinition.Mount(false, "${DATA_DIR:-./other}", "", false),
            new StackDefinition.Mount(true, "vol", "/vol", false),
            new StackDefinition.Mount(false, "$D/x", "/q", true));
  }

  @Test
  void whatAServiceWaitsForIsKnown() throws ProblemException {
    String conditions =
        """
        {"services":{"web":{"depends_on":{
          "db":{"condition":"service_healthy","required":true},
          "init":{"condition":"service_completed_successfully","required":true},
          "log":{"condition":"service_started","required":true},
          "extra":{"condition":"service_healthy","required":false}}}}}
        """;
    assertThat(StackDefinition.parse(conditions, invocation()).services().get("web").dependencies())
        .isEqualTo(
            Map.of(
                "db", Condition.HEALTHY,
                "init", Condition.COMPLETED,
                "log", Condition.STARTED,
                "extra", Condition.OPTIONAL));
  }

  @Test
  void variablesWithoutWhichComposeRefusesEverythingAreKnown() throws ProblemException {
    assertThat(definition().required()).isEqualTo(Map.of("LITELLM_KEY", true));
    String more =
        "{\"services\":{\"a\":{\"image\":\"${SET?} $${NOT:?} ${SET:?}\"}},\"name\":\"${N?}\"}";
    assertThat(StackDefinition.parse(more, invocation()).required())
        .isEqualTo(Map.of("SET", true, "N", false));
  }

  @Test
  void aCircleOfDependenceEndsToo() throws ProblemException {
    String circle =
        "{\"services\":{\"a\":{\"depends_on\":[\"b\"]},\"b\":{\"depends_on\":[\"a\"]}}}";
    assertThat(StackDefinition.parse(circle, invocation()).inOrder(List.of("a", "b")))
        .containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void aMissingFileIsNamed() throws Exception {
    Path compose = Files.createFile(folder.resolve("compose.yml"));
    ComposeInvocation good =
        new ComposeInvocation("p", folder, List.of(compose), List.of(), List.of());
    StackDefinition.requireFiles(good);
    Path missing = folder.resolve("extra.yml");
    ComposeInvocation bad =
        new ComposeInvocation("p", folder, List.of(compose, missing), List.of(), List.of());
    assertThatThrownBy(() -> StackDefinition.requireFiles(bad))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> {
              assertThat(problem.problem().code()).isEqualTo("COMPOSE-FILE-MISSING");
              assertThat(problem.problem().happened()).contains(missing.toString());
            });
  }

  private static StackDefinition definition() throws ProblemException {
    return StackDefinition.parse(STRUCTURE, invocation());
  }

  private static ComposeInvocation invocation() {
    return new ComposeInvocation("c1", Path.of("/stack"), List.of(), List.of(), List.of());
  }
}
