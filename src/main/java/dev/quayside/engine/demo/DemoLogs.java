package dev.quayside.engine.demo;

import dev.quayside.engine.LogChunk;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Writes the demo's log lines: the same line for the same service at the same moment. */
final class DemoLogs {

  /** A service writes one line each so many seconds. */
  static final int SECONDS_PER_LINE = 4;

  private static final List<String> MODEL =
      List.of(
          "INFO Avg prompt throughput: %2$d.4 tokens/s, Avg generation throughput: %3$d.1 tokens/s,"
              + " Running: %1$d reqs",
          "INFO 172.19.0.%1$d:51%2$d - \"POST /v1/chat/completions HTTP/1.1\" 200 OK",
          "INFO GPU KV cache usage: %3$d.2%%, CPU KV cache usage: 0.0%%",
          "INFO 172.19.0.%1$d:49%2$d - \"GET /health HTTP/1.1\" 200 OK");

  private static final List<String> DATABASE =
      List.of(
          "LOG:  checkpoint starting: time",
          "LOG:  checkpoint complete: wrote %2$d buffers (0.%1$d%%); write=%3$d.%2$d s, sync=0.011"
              + " s",
          "LOG:  connection authorized: user=n8n database=n8n application_name=n8n");

  private static final List<String> WEB =
      List.of(
          "INFO request completed method=GET path=/api/v1/chats status=200 duration=%2$dms",
          "INFO request completed method=POST path=/api/chat/completions status=200"
              + " duration=%3$d%2$dms",
          "INFO websocket connected client=10.0.4.%2$d",
          "WARN slow response path=/api/models duration=1%2$d4ms");

  private static final List<String> FAILING =
      List.of(
          "INFO loading model medium.en on cuda",
          "ERROR CUDA out of memory. Tried to allocate %3$d.00 MiB (GPU 0; 23.64 GiB total"
              + " capacity)",
          "ERROR Exception in ASGI application",
          "WARN falling back to cpu, queue length %1$d");

  private DemoLogs() {}

  /**
   * Returns the line number {@code index} of a service; its stamp is {@code index} times the
   * spacing after 1970.
   */
  static LogChunk line(DemoService service, long index) {
    List<String> lines = lines(service);
    int mix =
        Math.floorMod(Long.hashCode(index * 2_654_435_761L) ^ service.service().hashCode(), 10_000);
    String pattern = lines.get(mix % lines.size());
    String text = String.format(Locale.ROOT, pattern, 1 + mix % 7, 10 + mix % 83, 11 + mix % 71);
    boolean error = text.startsWith("ERROR") || text.startsWith("WARN");
    Instant at = Instant.ofEpochSecond(index * SECONDS_PER_LINE, mix * 100_000L);
    return new LogChunk(error ? LogChunk.Source.ERROR : LogChunk.Source.OUTPUT, at, text, true);
  }

  private static List<String> lines(DemoService service) {
    return switch (service.service()) {
      case "whisper" -> FAILING;
      case "vllm", "llama_0", "ollama", "qwen_1" -> MODEL;
      case "postgres", "mongodb" -> DATABASE;
      default -> WEB;
    };
  }
}
