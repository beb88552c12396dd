package dev.quayside.catalogue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Secret;
import dev.quayside.stack.env.EnvFile;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the catalogue says of settings, environment files, writable layers and public values. */
class KindRulesTest {

  private static final Catalogue CATALOGUE = Catalogue.load();

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
    "llm-infrastructure, ADAPTIVE_THRESHOLD, misnamed, ADAPTIVE_ROUTING_THRESHOLD",
    "llm-infrastructure, REQUIRE_API_KEY, misnamed, ROUTER_REQUIRE_API_KEY",
    "llm-infrastructure, ROUTER_LOG_LEVEL, misnamed, LOG_LEVEL",
    "llm-infrastructure, RATE_LIMIT_PER_MINUTE, no-container, ''",
    "llm-infrastructure, GPU_0_MAX_CONCURRENT, no-container, ''",
    "llm-infrastructure, NIGHT_MODE_ENABLED, no-container, ''",
    "llm-infrastructure, VLLM_ANYTHING, no-container, ''",
    "llm-infrastructure, BACKUP_RETENTION_DAYS, no-container, ''",
    "dream-server/v1, N8N_PASS, n8n-basic-auth, ''",
    "dream-server/v1, N8N_BASIC_AUTH_ACTIVE, n8n-basic-auth, ''",
    "dream-server/ods, N8N_DEFAULT_ADMIN_EMAIL, n8n-default-admin, ''",
    "dream-server/ods, LIVEKIT_API_KEY, unread, ''",
    "local-llm-stack, SESSION_SECRET, librechat-unknown, ''",
    "local-llm-stack, CRYPT_SECRET, librechat-unknown, ''",
    "local-llm-stack, ADMIN_EMAIL, librechat-unknown, ''",
    "local-llm-stack, OLLAMA_MODELS_PATH, ollama-unknown, ''"
  })
  void settingsWithoutEffectAreNamed(String kind, String name, String reason, String instead) {
    assertThat(kind(kind).inert(name)).isEqualTo(reason);
    assertThat(Objects.requireNonNull(kind(kind).inertSetting(name)).readInstead())
        .isEqualTo(instead);
  }

  @ParameterizedTest
  @CsvSource({
    "llm-infrastructure, POSTGRES_PASSWORD",
    "llm-infrastructure, ROUTER_REQUIRE_API_KEY",
    "llm-infrastructure, LOG_LEVEL",
    "llm-infrastructure, MODEL_BASE_PATH",
    "dream-server/v1, LIVEKIT_API_KEY",
    "local-llm-stack, JWT_SECRET",
    "generic, RATE_LIMIT_PER_MINUTE"
  })
  void settingsThatWorkAreNot(String kind, String name) {
    assertThat(kind(kind).inert(name)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "llm-infrastructure, .env, COMPOSE SHELL",
    "dream-server/v1, ./.env, COMPOSE SHELL SIMPLE",
    "dream-server/ods, .env, COMPOSE SHELL SIMPLE SYSTEMD",
    "local-llm-stack, config/.env, COMPOSE SHELL",
    "local-llm-stack, config/.secrets, SHELL",
    "local-llm-stack, data/librechat/.env, NODE_DOTENV",
    "local-llm-stack, config/librechat/.env, NODE_DOTENV",
    "local-llm-stack, other.env, COMPOSE SHELL",
    "generic, .env, COMPOSE SHELL",
    "sample, .env, COMPOSE"
  })
  void environmentFilesSayWhoReadsThem(String kind, String path, String readers) {
    assertThat(kind(kind).readers(path).stream().map(Enum::name).sorted().toList())
        .isEqualTo(List.of(readers.split(" ")));
  }

  @Test
  void theFileThatIsMountedAloneIsNamed() {
    for (String name : List.of("dream-server/v1", "dream-server/v2", "dream-server/ods")) {
      assertThat(kind(name).envFiles())
          .singleElement()
          .matches(file -> file.mountedInto().equals("dashboard-api"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "llm-infrastructure, openwebui, /app/backend/.webui_secret_key, true, false",
    "dream-server/v1, open-webui, /app/backend/.webui_secret_key, false, true",
    "dream-server/ods, dashboard, /etc/nginx/conf.d/default.conf, false, true",
    "local-llm-stack, librechat, /app/uploads/user/1.png, true, false",
    "local-llm-stack, librechat, /app/uploads, true, false",
    "local-llm-stack, librechat, /app/client/public/images/a.png, true, false",
    "local-llm-stack, librechat, /app/logs/today.pid, true, false",
    "local-llm-stack, mongodb, /app/uploads/a, false, false",
    "local-llm-stack, librechat, /app/other, false, false"
  })
  void writableLayersHoldThingsToKeepAndThingsToLose(
      String kind, String service, String path, boolean kept, boolean expendable) {
    assertThat(CATALOGUE.kept(kind(kind), service, path)).isEqualTo(kept);
    assertThat(CATALOGUE.expendable(kind(kind), service, path)).isEqualTo(expendable);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void nothingIsBothKeptAndExpendable(StackKind kind) {
    kind.layer()
        .kept()
        .forEach((service, paths) ->
            assertThat(paths).noneMatch(path -> kind.layer().isExpendable(service, path)));
  }

  @ParameterizedTest
  @CsvSource({
    "changeme, true",
    "CHANGEME, true",
    "ChangeMe-now, true",
    "change_me, true",
    "your_secure_random_key_here, true",
    "YOUR_secure_postgres_password_here, true",
    "Password, true",
    "admin, true",
    "secret, true",
    "Test, true",
    "example, true",
    "postgres, true",
    "sk-1234, true",
    "sk-litellm, true",
    "sk-harbor, true",
    "h@rb0r, true",
    "A_random_webhook_secret, true",
    "sk-12345, false",
    "passwords-are-long-9f3c, false",
    "yourselves, false",
    "4f1d2c9a8b7e6d5c, false"
  })
  void placeholdersAreKnownInWhateverCase(String value, boolean placeholder) {
    try (Secret secret = Secret.owning(value.toCharArray())) {
      assertThat(CATALOGUE.isPlaceholder(secret)).isEqualTo(placeholder);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "changeme",
    "change_me",
    "your_secure_random_key_here",
    "your_secure_postgres_password_here",
    "sk-1234",
    "sk-litellm",
    "sk-harbor",
    "h@rb0r",
    "a_random_webhook_secret",
    "password",
    "admin",
    "secret",
    "test",
    "example",
    "postgres"
  })
  void valuesThatAnybodyCanKnowAreKnownByTheirHash(String value) {
    assertThat(CATALOGUE.kinds())
        .allMatch(kind -> kind.publicValues().contains(EnvFile.hash(value.getBytes(UTF_8))));
  }

  /** The values are LibreChat's published sample; only their hashes stand here and there. */
  @Test
  void theSampleValuesOfLibreChatArePublicForItsStackOnly() {
    Set<String> own = new HashSet<>(kind("local-llm-stack").publicValues());
    own.removeAll(kind("generic").publicValues());
    assertThat(own).hasSize(5);
  }
}
