package dev.quayside.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.quayside.stack.env.EnvFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueTest {

  private static final Path FOLDER =
      Path.of(System.getProperty("quayside.repository", "."), "resources/catalogue");

  private final Catalogue catalogue = Catalogue.load();

  static Stream<Path> files() throws IOException {
    return Files.list(FOLDER).filter(file -> !file.toString().endsWith(".schema.json")).sorted();
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyFileFitsItsSchema(Path file) throws IOException {
    String schema = file.endsWith("common.json") ? "common.schema.json" : "kind.schema.json";
    JsonSchema rules =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(Files.readString(FOLDER.resolve(schema)));
    assertThat(rules.validate(Files.readString(file), InputFormat.JSON)).isEmpty();
  }

  @Test
  void theSchemaRefusesAnUnknownClassAndAnUnknownMember() throws IOException {
    JsonSchema rules =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(Files.readString(FOLDER.resolve("kind.schema.json")));
    String bad =
        "{\"kind\":\"x\",\"title\":\"X\",\"secrets\":[{\"row\":1,\"name\":\"A\",\"classes\":[\"R9\"]}]}";
    assertThat(rules.validate(bad, InputFormat.JSON)).isNotEmpty();
    assertThat(rules.validate(bad.replace("R9", "R1"), InputFormat.JSON)).isEmpty();
    assertThat(
            rules.validate(
                "{\"kind\":\"x\",\"title\":\"X\",\"secrets\":[],\"y\":1}", InputFormat.JSON))
        .isNotEmpty();
  }

  @Test
  void everyFileIsLoaded() throws IOException {
    assertThat(catalogue.kinds()).hasSize((int) files().count() - 1);
  }

  @Test
  void everyRowOfTheTableIsThere() {
    Set<Integer> rows =
        catalogue.kinds().stream()
            .flatMap(kind -> kind.secrets().stream())
            .map(CataloguedSecret::row)
            .filter(row -> row > 0)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(rows).containsExactlyElementsOf(IntStream.rangeClosed(1, 47).boxed().toList());
  }

  @ParameterizedTest
  @CsvSource({
    "dream-server, v1, LITELLM_KEY, R1",
    "dream-server, ods, LITELLM_KEY, R4",
    "dream-server, ods, QDRANT_API_KEY, R1",
    "dream-server, v1, WEBUI_SECRET, R5",
    "dream-server, v1, N8N_PASS, R0",
    "dream-server, v1, TOKEN_SPY_DB_PASSWORD, R4",
    "dream-server, ods, TS_AUTHKEY, R7",
    "llm-infrastructure, '', ROUTER_API_KEY, R0",
    "llm-infrastructure, '', POSTGRES_PASSWORD, R4",
    "local-llm-stack, '', CREDS_KEY, R5",
    "local-llm-stack, '', JWT_SECRET, R3",
    "sample, '', GATEWAY_KEY, R1",
  })
  void theStrictestClassGoverns(String kind, String era, String name, RotationClass governing) {
    assertThat(catalogue.kind(kind, era).secret(name).governing()).isEqualTo(governing);
  }

  @Test
  void everyPlainSecretHasConsumersAndAGenerator() {
    for (StackKind kind : catalogue.kinds()) {
      for (CataloguedSecret secret : kind.secrets()) {
        if (secret.governing() == RotationClass.R1) {
          assertThat(secret.consumers()).as(secret.name()).isNotEmpty();
          assertThat(secret.generator()).as(secret.name()).isNotNull();
          assertThat(secret.generator().bytes()).as(secret.name()).isGreaterThanOrEqualTo(16);
        }
        if (secret.keyProbe() != null) {
          assertThat(secret.keyProbe().accepted())
              .doesNotContainAnyElementsOf(secret.keyProbe().refused());
        }
      }
    }
  }

  @Test
  void stacksAreToldByTheirServices() {
    assertThat(kind("router", "postgres", "n8n", "openwebui", "more"))
        .isEqualTo("llm-infrastructure/");
    assertThat(kind("vllm", "open-webui", "dashboard-api", "dashboard"))
        .isEqualTo("dream-server/v1");
    List<String> later = List.of("llama-server", "open-webui", "dashboard-api", "dashboard");
    assertThat(catalogue.kindOf(later, List.of("ods-dashboard")).era()).isEqualTo("ods");
    assertThat(catalogue.kindOf(later, List.of("dream-dashboard")).era()).isEqualTo("v2");
    assertThat(catalogue.kindOf(later, List.of()).id())
        .as("two eras have them, and their rules differ")
        .isEqualTo("generic");
    assertThat(kind("ollama", "librechat", "mongodb", "meilisearch")).isEqualTo("local-llm-stack/");
    assertThat(kind("gateway", "webui", "database", "cache", "open")).isEqualTo("sample/");
    assertThat(kind("router", "postgres", "n8n")).isEqualTo("generic/");
    assertThat(kind()).isEqualTo("generic/");
  }

  private String kind(String... services) {
    StackKind kind = catalogue.kindOf(List.of(services), List.of());
    return kind.id() + "/" + kind.era();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "N8N_PASS",
        "DB_PASSWORD",
        "JWT_SECRET",
        "HF_TOKEN",
        "API_KEY",
        "X_API_KEY",
        "MEILI_MASTER_KEY",
        "CREDS_IV",
        "LANGFUSE_SALT",
        "DATABASE_URL",
        "SENTRY_DSN",
        "NEO4J_AUTH",
        "secret_thing",
        "MY_APIKEY"
      })
  void namesThatLookSecretAreNoticed(String name) {
    assertThat(catalogue.looksSecret(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MAX_TOKENS",
        "LLM_MODEL",
        "WEBUI_PORT",
        "WEBUI_AUTH",
        "KEYBOARD",
        "MONKEY",
        "TIMEZONE",
        "GPU_UTIL",
        "COMPASS",
        "N8N_USER"
      })
  void ordinaryNamesAreNot(String name) {
    assertThat(catalogue.looksSecret(name)).isFalse();
  }

  @Test
  void placeholdersAreKnownByTheirHash() {
    for (String value : List.of("your_secure_random_key_here", "CHANGEME", "changeme")) {
      String hash = EnvFile.hash(value.getBytes(StandardCharsets.UTF_8));
      assertThat(catalogue.kinds()).allMatch(kind -> kind.publicValues().contains(hash));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/tmp, true",
    "/tmp/a/b, true",
    "/tmpfile, false",
    "/run/nginx.pid, true",
    "/var/lib/x/server.pid, true",
    "/app/data/users.db, false",
    "/usr/lib/python3/__pycache__/a.pyc, true",
    "/root/.cache/pip/x, true",
    "/root/.cache/huggingface/hub/models--x/blobs/1, false",
    "/home/app/.cache/huggingface/token, false",
    "/root/.cache/torch/hub/checkpoints/w.pt, false",
    "/root/.cache, true",
    "/root/.cache/huggingface/token, false",
    "/home/node/.cache/n8n/public/x, true",
    "/home/ubuntu/.cache/whisper/large.pt, false",
    "/.cache/torch/hub/x, false",
    "/app/backend/.webui_secret_key, false",
    "/etc/hosts, true"
  })
  void noiseInTheWritableLayerIsKnown(String path, boolean expendable) {
    assertThat(catalogue.expendable(catalogue.kind("generic", ""), "any", path))
        .isEqualTo(expendable);
  }

  @Test
  void aKindKnowsItsOwnExpendablePaths() {
    StackKind b1 = catalogue.kind("dream-server", "v1");
    assertThat(catalogue.expendable(b1, "open-webui", "/app/backend/.webui_secret_key")).isTrue();
    assertThat(catalogue.expendable(b1, "n8n", "/app/backend/.webui_secret_key")).isFalse();
  }

  @Test
  void aKindKnowsWhichDataIsCarriedOver() {
    StackKind a = catalogue.kind("llm-infrastructure", "");
    StackKind c = catalogue.kind("local-llm-stack", "");
    assertThat(catalogue.kept(a, "openwebui", "/app/backend/.webui_secret_key")).isTrue();
    assertThat(catalogue.kept(a, "openwebui", "/app/backend/other")).isFalse();
    assertThat(catalogue.kept(a, "router", "/app/backend/.webui_secret_key")).isFalse();
    assertThat(catalogue.kept(c, "librechat", "/app/uploads/a/b")).isTrue();
    assertThat(catalogue.expendable(c, "librechat", "/app/uploads/a/b")).isFalse();
  }

  @Test
  void theModelsOnDemandAreKnownWithTheirGpus() {
    StackKind a = catalogue.kind("llm-infrastructure", "");
    assertThat(
            a.services().entrySet().stream()
                .filter(entry -> entry.getValue().onDemand() != null)
                .map(Map.Entry::getKey)
                .toList())
        .containsExactlyInAnyOrderElementsOf(a.keptStopped());
    assertThat(a.onDemand("qwen_72b"))
        .isEqualTo(new KnownService.OnDemand(List.of(0, 1), 0.95, "qwen2.5-72b-instruct-awq"));
    assertThat(a.onDemand("router")).isNull();
  }
}
