package dev.quayside.engine.demo;

import static dev.quayside.engine.demo.DemoServices.GIB;
import static dev.quayside.engine.demo.DemoServices.MIB;

import dev.quayside.engine.ContainerState;
import dev.quayside.engine.Health;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Holds the script: three stacks of the kinds that Quayside knows, with one unhealthy and one
 * exposed service.
 */
final class DemoStacks {

  static final String LLM_INFRASTRUCTURE = "llm-infrastructure";
  static final String DREAM_SERVER = "dream-server";
  static final String LOCAL_LLM_STACK = "local-llm-stack";

  private static final String LOOPBACK = "127.0.0.1";

  private DemoStacks() {}

  /** Returns all services, stack by stack. */
  static List<DemoService> all() {
    return Stream.of(llmInfrastructure(), dreamServer(), localLlmStack())
        .flatMap(List::stream)
        .toList();
  }

  /** Returns the folder that holds the Compose file of {@code stack}. */
  static String folder(String stack) {
    return "/home/operator/stacks/" + stack;
  }

  private static List<DemoService> llmInfrastructure() {
    DemoServices stack = new DemoServices(LLM_INFRASTRUCTURE, folder(LLM_INFRASTRUCTURE));
    stack
        .service("router", "router", "llm-infrastructure-router:latest")
        .port(LOOPBACK, 8000, 8000)
        .networks("llm-infrastructure_llm_net", "llm-infrastructure_n8n_net")
        .bind("models", "/models", false)
        .environment("ROUTER_API_KEY", "N8N_API_KEY", "WEBUI_API_KEY", "MODEL_BASE_PATH")
        .cpu(0.01, 0.12, 41, 3, 4)
        .memory(0.09, 0.01)
        .add();
    stack
        .service("llama_0", "llama_0", "vllm/vllm-openai:v0.15.1")
        .internal(8000)
        .networks("llm-infrastructure_llm_net")
        .bind("models", "/weights", false)
        .environment("NVIDIA_VISIBLE_DEVICES")
        .limits(8, 0)
        .gpu(0, 21_480L * MIB)
        .cpu(0.34, 1.7, 41, 0, 4)
        .memory(7.2, 0.25)
        .up(Duration.ofMinutes(212), 0)
        .add();
    stack
        .service("qwen_1", "qwen_1", "vllm/vllm-openai:v0.15.1")
        .state(ContainerState.EXITED)
        .internal(8000)
        .networks("llm-infrastructure_llm_net")
        .bind("models", "/weights", false)
        .environment("NVIDIA_VISIBLE_DEVICES", "HF_HOME")
        .gpu(1, 18_900L * MIB)
        .add();
    stack
        .service("postgres", "postgres", "postgres:15")
        .internal(5432)
        .networks("llm-infrastructure_n8n_net")
        .bind("pgdata", "/var/lib/postgresql/data", true)
        .environment("POSTGRES_USER", "POSTGRES_PASSWORD", "POSTGRES_DB")
        .cpu(0.008, 0.05, 29, 11, 5)
        .memory(0.14, 0.01)
        .disk(52_000)
        .add();
    stack
        .service("n8n", "n8n", "n8nio/n8n:2.6.4")
        .port(LOOPBACK, 5678, 5678)
        .networks("llm-infrastructure_n8n_net")
        .bind("n8n-data", "/home/node/.n8n", true)
        .environment(
            "DB_TYPE",
            "DB_POSTGRESDB_HOST",
            "DB_POSTGRESDB_PASSWORD",
            "N8N_API_KEY",
            "GENERIC_TIMEZONE")
        .cpu(0.012, 0.2, 67, 20, 6)
        .memory(0.38, 0.02)
        .disk(8_000)
        .add();
    stack
        .service("openwebui", "openwebui", "ghcr.io/open-webui/open-webui:v0.7.2")
        .health(Health.HEALTHY)
        .port(LOOPBACK, 8080, 8080)
        .networks("llm-infrastructure_llm_net")
        .bind("webui-data", "/app/backend/data", true)
        .environment("WEBUI_API_KEY", "OPENAI_API_KEY", "OPENAI_API_BASE_URL")
        .cpu(0.02, 0.09, 41, 5, 3)
        .memory(0.94, 0.03)
        .disk(16_000)
        .add();
    return stack.all();
  }

  private static List<DemoService> dreamServer() {
    DemoServices stack = new DemoServices(DREAM_SERVER, folder(DREAM_SERVER));
    dreamModels(stack);
    dreamTools(stack);
    return stack.all();
  }

  private static void dreamModels(DemoServices stack) {
    stack
        .service("vllm", "dream-vllm", "vllm/vllm-openai:v0.15.1")
        .health(Health.HEALTHY)
        .port(LOOPBACK, 8010, 8000)
        .bind("models", "/root/.cache/huggingface", true)
        .environment("NVIDIA_VISIBLE_DEVICES", "HF_TOKEN")
        .limits(8, 32 * GIB)
        .gpu(1, 19_350L * MIB)
        .cpu(0.6, 5.4, 53, 8, 3)
        .memory(20.7, 0.6)
        .add();
    stack
        .service("whisper", "dream-whisper", "onerahmet/openai-whisper-asr-webservice:v1.4.1")
        .health(Health.UNHEALTHY)
        .port(LOOPBACK, 9000, 9000)
        .bind("data/whisper", "/root/.cache", true)
        .environment("ASR_MODEL", "ASR_ENGINE")
        .limits(4, 8 * GIB)
        .gpu(1, 2_140L * MIB)
        .cpu(0.97, 0.06, 19, 2, 1)
        .memory(5.9, 0.1)
        .up(Duration.ofMinutes(27), 4)
        .add();
    stack
        .service("tts", "dream-tts", "ghcr.io/remsky/kokoro-fastapi-cpu:v0.2.4")
        .health(Health.HEALTHY)
        .port(LOOPBACK, 8880, 8880)
        .environment("DEFAULT_VOICE")
        .limits(4, 4 * GIB)
        .cpu(0.01, 1.1, 97, 30, 12)
        .memory(1.3, 0.05)
        .add();
    stack
        .service("litellm", "dream-litellm", "ghcr.io/berriai/litellm:v1.81.3-stable")
        .health(Health.HEALTHY)
        .port(LOOPBACK, 4000, 4000)
        .bind("config/litellm/config.yaml", "/app/config.yaml", false)
        .environment("LITELLM_MASTER_KEY")
        .limits(1, 2 * GIB)
        .cpu(0.03, 0.3, 53, 9, 3)
        .memory(0.71, 0.02)
        .add();
  }

  private static void dreamTools(DemoServices stack) {
    stack
        .service("open-webui", "dream-webui", "ghcr.io/open-webui/open-webui:v0.7.2")
        .health(Health.HEALTHY)
        .port(LOOPBACK, 3000, 8080)
        .bind("data/open-webui", "/app/backend/data", true)
        .environment("OPENAI_API_KEY", "WEBUI_SECRET_KEY", "OPENAI_API_BASE_URL", "WEBUI_AUTH")
        .limits(2, 4 * GIB)
        .cpu(0.03, 0.16, 53, 10, 3)
        .memory(1.1, 0.04)
        .disk(21_000)
        .add();
    stack
        .service("n8n", "dream-n8n", "n8nio/n8n:2.6.4")
        .health(Health.HEALTHY)
        .port(LOOPBACK, 5679, 5678)
        .bind("data/n8n", "/home/node/.n8n", true)
        .environment(
            "N8N_BASIC_AUTH_USER", "N8N_BASIC_AUTH_PASSWORD", "N8N_HOST", "GENERIC_TIMEZONE")
        .limits(2, 4 * GIB)
        .cpu(0.01, 0.15, 71, 14, 6)
        .memory(0.42, 0.02)
        .disk(6_000)
        .add();
    // Published on every address, as the stack ships it: the demo's exposed service.
    stack
        .service("qdrant", "dream-qdrant", "qdrant/qdrant:v1.16.3")
        .health(Health.HEALTHY)
        .port("0.0.0.0", 6333, 6333)
        .port("::", 6333, 6333)
        .port(LOOPBACK, 6334, 6334)
        .bind("data/qdrant", "/qdrant/storage", true)
        .cpu(0.02, 0.22, 37, 4, 5)
        .memory(0.63, 0.02)
        .disk(140_000)
        .add();
    stack
        .service("dashboard", "dream-dashboard", "dream-server-dashboard:latest")
        .health(Health.HEALTHY)
        .port(LOOPBACK, 3001, 3001)
        .bind("data", "/data", false)
        .environment("DASHBOARD_API_KEY")
        .limits(1, 2 * GIB)
        .memory(0.02, 0.001)
        .add();
  }

  private static List<DemoService> localLlmStack() {
    DemoServices stack = new DemoServices(LOCAL_LLM_STACK, folder(LOCAL_LLM_STACK));
    stack
        .service("ollama", "ollama", "ollama/ollama:0.6.2")
        .port(LOOPBACK, 11434, 11434)
        .bind("data/ollama", "/root/.ollama", true)
        .environment("OLLAMA_HOST", "NVIDIA_VISIBLE_DEVICES")
        .limits(0, 16 * GIB)
        .gpu(0, 9_120L * MIB)
        .cpu(0.05, 3.1, 61, 25, 5)
        .memory(3.4, 0.8)
        .add();
    stack
        .service("librechat", "librechat", "ghcr.io/danny-avila/librechat:v0.7.7")
        .health(Health.HEALTHY)
        .port(LOOPBACK, 3080, 3080)
        .bind("data/librechat/.env", "/app/.env", false)
        .environment("MONGO_URI", "MEILI_HOST", "MEILI_MASTER_KEY", "JWT_SECRET", "CREDS_KEY")
        .limits(0, 4 * GIB)
        .cpu(0.02, 0.2, 61, 27, 4)
        .memory(0.52, 0.03)
        .add();
    stack
        .service("mongodb", "mongodb", "mongo:7.0.18")
        .health(Health.HEALTHY)
        .internal(27017)
        .bind("data/mongodb", "/data/db", true)
        .environment("MONGO_INITDB_ROOT_USERNAME", "MONGO_INITDB_ROOT_PASSWORD")
        .limits(0, 2 * GIB)
        .cpu(0.03, 0.05, 17, 6, 2)
        .memory(0.34, 0.01)
        .disk(34_000)
        .add();
    stack
        .service("meilisearch", "meilisearch", "getmeili/meilisearch:v1.13.3")
        .health(Health.HEALTHY)
        .internal(7700)
        .bind("data/meilisearch", "/meili_data", true)
        .environment("MEILI_MASTER_KEY")
        .limits(0, GIB)
        .cpu(0.004, 0.06, 83, 40, 8)
        .memory(0.11, 0.01)
        .disk(3_000)
        .add();
    return stack.all();
  }
}
