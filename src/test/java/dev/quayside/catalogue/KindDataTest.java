package dev.quayside.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the catalogue says of services, folders and probes. */
class KindDataTest {

  private static final Catalogue CATALOGUE = Catalogue.load();

  /** Parts of guide B's stack that its main file lacks: the mode files bring them. */
  private static final Set<String> MODE_FILES =
      Set.of("ollama", "model-bootstrap", "prometheus", "grafana");

  static Stream<StackKind> kinds() {
    return CATALOGUE.kinds().stream();
  }

  private static StackKind kind(String name) {
    String[] parts = name.split("/", 2);
    StackKind kind = CATALOGUE.kind(parts[0], parts.length > 1 ? parts[1] : "");
    assertThat(kind.id()).isEqualTo(parts[0]);
    return kind;
  }

  @ParameterizedTest
  @CsvSource({
    "llm-infrastructure, a",
    "dream-server/v1, b1",
    "dream-server/ods, b2",
    "local-llm-stack, c",
    "sample, sample"
  })
  void servicesAndPortsAreThoseOfTheFixture(String name, String fixture) throws IOException {
    FixtureFiles files = new FixtureFiles(fixture);
    StackKind kind = kind(name);
    Set<String> services = new TreeSet<>(kind.services().keySet());
    if (fixture.equals("b1")) {
      services.removeAll(MODE_FILES);
    }
    assertThat(services).containsExactlyElementsOf(files.ports.keySet());
    files.ports.forEach((service, published) ->
        assertThat(reachable(kind, service)).as(service).isEqualTo(published));
    files.gpu.forEach(service -> assertThat(known(kind, service).gpu()).as(service).isTrue());
  }

  private static Set<Integer> reachable(StackKind kind, String service) {
    return known(kind, service).ports().stream()
        .filter(port -> port.exposure() != KnownService.Exposure.NONE)
        .map(KnownService.KnownPort::container)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static KnownService known(StackKind kind, String service) {
    return Objects.requireNonNull(kind.services().get(service), service);
  }

  @ParameterizedTest
  @CsvSource({
    "llm-infrastructure, a",
    "dream-server/v1, b1",
    "dream-server/ods, b2",
    "local-llm-stack, c",
    "sample, sample"
  })
  void eachPlaceThatTheFixtureWritesToIsADataFolder(String name, String fixture)
      throws IOException {
    List<DataFolder> folders = kind(name).dataFolders();
    Map<String, String> writable = new FixtureFiles(fixture).writable;
    // The dashboard has the folder above all the others, which name its parts.
    writable.remove("data", "dashboard-api");
    assertThat(writable).isNotEmpty();
    writable.forEach((place, service) ->
        assertThat(folders)
            .as("%s of %s", place, service)
            .anyMatch(folder -> covers(folder, place)));
  }

  private static boolean covers(DataFolder folder, String place) {
    String path = folder.path().replaceFirst("^\\./", "");
    String full = folder.where() == DataFolder.Where.VOLUME ? "volume:" + path : path;
    return place.equals(full) || place.startsWith(full + "/");
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void whatRefersToAServiceNamesOneThatExists(StackKind kind) {
    Set<String> names = new HashSet<>();
    kind.secrets()
        .forEach(secret -> {
          names.addAll(secret.consumers());
          secret.storedIn().forEach(copy -> names.add(copy.service()));
        });
    kind.probes().values().forEach(probe -> names.add(probe.service()));
    kind.dataFolders().forEach(folder -> names.add(folder.service()));
    kind.envFiles().forEach(file -> names.add(file.mountedInto()));
    names.addAll(kind.layer().expendable().keySet());
    names.addAll(kind.layer().kept().keySet());
    names.addAll(kind.life().signsOut());
    names.addAll(kind.life().keptStopped());
    names.addAll(kind.life().healthNeverPasses().keySet());
    names.addAll(kind.recognition().services());
    names.remove("");
    assertThat(kind.services().keySet()).containsAll(names);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void eachProbeAsksAPortThatItsServiceListensOn(StackKind kind) {
    kind.probes()
        .values()
        .forEach(probe ->
            assertThat(known(kind, probe.service()).ports())
                .map(KnownService.KnownPort::container)
                .contains(probe.port()));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void eachKeyOfAMessageHasItsText(StackKind kind) {
    kind.services().values().forEach(service -> assertThat(service.roleText()).isNotBlank());
    kind.hostProcesses().values().forEach(service -> assertThat(service.roleText()).isNotBlank());
    kind.dataFolders().forEach(folder -> assertThat(folder.holdsText()).isNotBlank());
    kind.inert().forEach(setting -> assertThat(setting.reasonText()).isNotBlank());
    kind.secrets()
        .forEach(secret -> {
          assertThat(secret.noteText()).isNotNull();
          assertThat(secret.storedIn()).allMatch(copy -> !copy.text().isBlank());
        });
    kind.probes().values().stream()
        .filter(KeyProbe.class::isInstance)
        .forEach(probe -> assertThat(((KeyProbe) probe).noteText()).isNotNull());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void eachDataFolderNamesAnAdapterThatExists(StackKind kind) {
    for (DataFolder folder : kind.dataFolders()) {
      assertThat(CATALOGUE.adapter(folder.adapter())).as(folder.path()).isNotNull();
      if (folder.weights()) {
        assertThat(folder.adapter()).as(folder.path()).isEqualTo("exclude");
      }
    }
  }

  @Test
  void adaptersWhoseServerDoesNotRunHereAreMarked() {
    assertThat(CATALOGUE.adapters().stream().filter(Adapter::proven).map(Adapter::id))
        .containsExactlyInAnyOrder("postgres", "sqlite", "redis", "files", "exclude");
    assertThat(CATALOGUE.adapters().stream().filter(one -> !one.proven()).map(Adapter::id))
        .containsExactlyInAnyOrder(
            "mongo", "qdrant", "meilisearch", "clickhouse", "minio", "grafana");
    assertThat(CATALOGUE.adapters())
        .allMatch(adapter -> adapter.proven() == adapter.reasonText().isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "llm-infrastructure, pgdata, postgres, SECRET",
    "llm-infrastructure, n8n-data, files, SECRET",
    "llm-infrastructure, webui-data/webui.db, sqlite, SECRET",
    "llm-infrastructure, .env, files, SECRET",
    "llm-infrastructure, ${MODEL_BASE_PATH}, exclude, INTERNAL",
    "llm-infrastructure, /app/backend/.webui_secret_key, files, SECRET",
    "dream-server/v1, data/open-webui/webui.db, sqlite, SECRET",
    "dream-server/v1, data/n8n/database.sqlite, sqlite, SECRET",
    "dream-server/v1, data/qdrant, qdrant, PRIVATE",
    "dream-server/v1, data/whisper, exclude, PUBLIC",
    "dream-server/v1, models, exclude, PUBLIC",
    "dream-server/v1, data/openclaw, files, SECRET",
    "dream-server/v1, token-spy-db-data, postgres, SECRET",
    "dream-server/v1, token-spy-redis-data, redis, INTERNAL",
    "dream-server/v2, data/models, exclude, PUBLIC",
    "dream-server/v2, data/hermes, files, SECRET",
    "dream-server/ods, data/langfuse/postgres, postgres, SECRET",
    "dream-server/ods, data/langfuse/clickhouse, clickhouse, PRIVATE",
    "dream-server/ods, data/langfuse/minio, minio, PRIVATE",
    "dream-server/ods, data/langfuse/redis, redis, INTERNAL",
    "dream-server/ods, perplexica-data, files, SECRET",
    "dream-server/ods, perplexica-uploads, files, PRIVATE",
    "dream-server/ods, data/tailscale, files, SECRET",
    "dream-server/ods, data/config-backups, exclude, SECRET",
    "local-llm-stack, data/mongodb, mongo, SECRET",
    "local-llm-stack, config, files, SECRET",
    "local-llm-stack, data/librechat, files, SECRET",
    "local-llm-stack, /app/uploads, files, PRIVATE",
    "local-llm-stack, /app/client/public/images, files, PRIVATE",
    "local-llm-stack, data/meilisearch, meilisearch, PRIVATE",
    "local-llm-stack, data/ollama, exclude, PUBLIC",
    "local-llm-stack, data/grafana, grafana, SECRET"
  })
  void dataIsCapturedByWhatFits(
      String kind, String path, String adapter, DataFolder.Sensitivity sensitivity) {
    List<DataFolder> found =
        kind(kind).dataFolders().stream()
            .filter(folder -> folder.path().replaceFirst("^\\./", "").equals(path))
            .toList();
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().adapter()).isEqualTo(adapter);
    assertThat(found.getFirst().sensitivity()).isEqualTo(sensitivity);
  }

  @ParameterizedTest
  @CsvSource({
    "llama_0, 0, 0.90, llama31-8b-instruct",
    "r1_0, 0, 0.88, deepseek-r1-8b",
    "qwen_0, 0, 0.88, qwen-coder-7b",
    "llama_1, 1, 0.90, llama31-8b-instruct",
    "r1_1, 1, 0.88, deepseek-r1-8b",
    "qwen_1, 1, 0.88, qwen-coder-7b",
    "bge_embed_1, 1, 0.85, bge-m3",
    "bge_reranker_1, 1, 0.85, bge-reranker",
    "qwen_72b, 0 1, 0.95, qwen2.5-72b-instruct-awq"
  })
  void modelsThatStartOnDemandSayWhatTheyNeed(
      String service, String gpus, double memory, String weights) {
    StackKind kind = kind("llm-infrastructure");
    assertThat(kind.keptStopped()).contains(service).hasSize(9);
    KnownService.OnDemand need = Objects.requireNonNull(kind.onDemand(service));
    assertThat(need.gpus().stream().map(String::valueOf).collect(Collectors.joining(" ")))
        .isEqualTo(gpus);
    assertThat(kind.onDemand("router")).isNull();
    assertThat(need.memoryShare()).isEqualTo(memory);
    assertThat(need.weights()).isEqualTo(weights);
  }

  @ParameterizedTest
  @CsvSource({
    "llm-infrastructure, router, 8000, /v1/models, Authorization, 'Bearer ', 200, 401",
    "llm-infrastructure, llama_0, 8000, /v1/models, Authorization, 'Bearer ', 200, 401",
    "llm-infrastructure, qwen_72b, 9000, /v1/models, Authorization, 'Bearer ', 200, 401",
    "llm-infrastructure, openwebui, 8080, /api/v1/users/, '', '', 200, 401",
    "llm-infrastructure, n8n, 5678, /rest/workflows, '', '', 200, 401",
    "dream-server/v1, vllm, 8000, /v1/models, Authorization, 'Bearer ', 200, 401",
    "dream-server/v1, litellm, 4000, /v1/models, Authorization, 'Bearer ', 200, 400 401 403",
    "dream-server/v1, qdrant, 6333, /collections, api-key, '', 200, 401 403",
    "dream-server/ods, llama-server, 8080, /v1/models, '', '', 200, ''",
    "dream-server/ods, litellm, 4000, /v1/models, Authorization, 'Bearer ', 200, 400 401 403",
    "dream-server/ods, qdrant, 6333, /collections, api-key, '', 200, 401 403",
    "dream-server/ods, dashboard-api, 3002, /status, Authorization, 'Bearer ', 200, 401 403",
    "local-llm-stack, ollama, 11434, /api/tags, '', '', 200, ''",
    "local-llm-stack, meilisearch, 7700, /keys, Authorization, 'Bearer ', 200, 401 403",
    "local-llm-stack, librechat, 3080, /api/user, '', '', 200, 401",
    "local-llm-stack, grafana, 3000, /api/org, Authorization, 'Basic ', 200, 401"
  })
  void probesAskAsTheFactsSay(
      String kind,
      String name,
      int port,
      String path,
      String header,
      String prefix,
      String accepted,
      String refused) {
    KeyProbe probe = (KeyProbe) Objects.requireNonNull(kind(kind).probes().get(name));
    assertThat(probe.service()).isEqualTo(name);
    assertThat(probe.port()).isEqualTo(port);
    assertThat(probe.path()).isEqualTo(path);
    assertThat(probe.header()).isEqualTo(header);
    assertThat(probe.prefix()).isEqualTo(prefix);
    assertThat(codes(probe.accepted())).isEqualTo(accepted);
    assertThat(codes(probe.refused())).isEqualTo(refused);
    assertThat(probe.openMeans()).isEqualTo(KeyProbe.OpenMeans.UNPROTECTED);
    assertThat(probe.proven()).isFalse();
  }

  private static String codes(Set<Integer> codes) {
    return codes.stream().sorted().map(String::valueOf).collect(Collectors.joining(" "));
  }

  @ParameterizedTest
  @CsvSource({
    "llm-infrastructure, router, /healthz, ''",
    "llm-infrastructure, openwebui, /health, /api/config",
    "llm-infrastructure, n8n, /healthz, /rest/settings",
    "local-llm-stack, librechat, /health, /api/config",
    "local-llm-stack, meilisearch, /health, ''"
  })
  void someServicesAnswerEverybodyOnPurpose(String kind, String name, String health, String open) {
    KeyProbe probe = (KeyProbe) Objects.requireNonNull(kind(kind).probes().get(name));
    assertThat(probe.health()).isEqualTo(health);
    assertThat(String.join(" ", probe.open())).isEqualTo(open);
  }

  @ParameterizedTest
  @CsvSource({
    "llm-infrastructure, postgres",
    "dream-server/v1, token-spy-db",
    "dream-server/ods, langfuse-postgres",
    "sample, database"
  })
  void databasesAreAskedInTheirOwnLanguage(String kind, String name) {
    assertThat(kind(kind).probes().get(name))
        .isInstanceOfSatisfying(
            PostgresProbe.class,
            probe -> {
              assertThat(probe.port()).isEqualTo(5432);
              assertThat(probe.refused()).containsExactly("28P01");
              assertThat(probe.userFrom()).isEqualTo("POSTGRES_USER");
            });
  }

  @Test
  void onlyWhatRunsOnTheBedIsCalledProven() {
    Set<String> proven = new TreeSet<>();
    for (StackKind kind : CATALOGUE.kinds()) {
      kind.probes()
          .forEach((name, probe) -> {
            if (probe.proven()) {
              proven.add(name);
            }
          });
    }
    assertThat(proven)
        .containsExactly(
            "cache",
            "database",
            "gateway",
            "langfuse-postgres",
            "langfuse-redis",
            "postgres",
            "token-spy-db",
            "token-spy-redis");
  }

  @Test
  void theErasOfGuideBDifferWhereTheirNamesDo() {
    StackKind v2 = kind("dream-server/v2");
    StackKind ods = kind("dream-server/ods");
    assertThat(v2.recognition().containerPrefix()).isEqualTo("dream-");
    assertThat(ods.recognition().containerPrefix()).isEqualTo("ods-");
    assertThat(v2.secret("DREAM_AGENT_KEY")).isNotNull();
    assertThat(v2.secret("ODS_AGENT_KEY")).isNull();
    assertThat(ods.secret("ODS_SESSION_SECRET")).isNotNull();
    assertThat(ods.secret("DREAM_SESSION_SECRET")).isNull();
    assertThat(v2.services()).doesNotContainKey("ods-proxy");
    for (Map.Entry<String, StackKind> era :
        Map.of("dream-agent", v2, "ods-agent", ods).entrySet()) {
      assertThat(era.getValue().hostProcesses().get(era.getKey()).ports())
          .singleElement()
          .matches(port -> port.container() == 7710);
    }
  }
}
