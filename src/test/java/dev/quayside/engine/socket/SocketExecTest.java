package dev.quayside.engine.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Problem;
import dev.quayside.engine.ExecRequest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Commands in containers: their input, their end, and their secrets. */
class SocketExecTest extends SocketEngineFixture {

  @Test
  void aSourceThatFailsIsNotAnEndOfInput() throws Exception {
    CompletableFuture<Integer> afterInput = new CompletableFuture<>();
    fake.on(
        "/containers/" + ID.value() + "/exec", exchange -> exchange.json(201, "{\"Id\":\"x1\"}"));
    fake.on(
        "/exec/x1/start",
        exchange -> {
          exchange.raw("HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n");
          exchange.input().readNBytes(3);
          try {
            afterInput.complete(exchange.input().read());
          } finally {
            afterInput.complete(-2);
          }
          throw new IOException("done");
        });
    InputStream broken =
        new InputStream() {
          private boolean first = true;

          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            if (!first) {
              throw new IOException("disk error");
            }
            first = false;
            target[offset] = 1;
            return 3;
          }

          @Override
          public int read() {
            return -1;
          }
        };

    try (SocketEngine engine = connect()) {
      Problem problem =
          problem(() ->
              engine.exec(
                  new ExecRequest(
                      ID,
                      List.of("psql"),
                      Map.of(),
                      null,
                      broken,
                      new ByteArrayOutputStream(),
                      Duration.ofSeconds(20))));
      assertThat(problem.code()).isEqualTo("EXEC-STREAM-FAILED");
      assertThat(problem.happened()).contains("disk error");
    }
  }

  @Test
  void aCommandThatTakesTooLongIsGivenUp() throws Exception {
    fake.on(
        "/containers/" + ID.value() + "/exec", exchange -> exchange.json(201, "{\"Id\":\"x1\"}"));
    fake.on(
        "/exec/x1/start",
        exchange -> {
          exchange.raw("HTTP/1.1 101 UPGRADED\r\n\r\n");
          exchange.silence();
        });

    try (SocketEngine engine = connect()) {
      Problem problem =
          problem(() ->
              engine.exec(
                  new ExecRequest(
                      ID,
                      List.of("sleep"),
                      Map.of(),
                      null,
                      null,
                      new ByteArrayOutputStream(),
                      Duration.ofMillis(100))));
      assertThat(problem.code()).isEqualTo("EXEC-TIMEOUT");
    }
  }

  @Test
  void aSecretOfTheEnvironmentGoesIntoTheRequestAndNowhereElse() throws Exception {
    CompletableFuture<String> body = new CompletableFuture<>();
    fake.on(
        "/containers/" + ID.value() + "/exec",
        exchange -> {
          body.complete(new String(exchange.body(), StandardCharsets.UTF_8));
          exchange.json(409, "{\"message\":\"not running\"}");
        });

    try (SocketEngine engine = connect();
        dev.quayside.common.Secret secret =
            dev.quayside.common.Secret.owning("p\"ä\n".toCharArray())) {
      ExecRequest request =
          new ExecRequest(
              ID,
              List.of("psql"),
              Map.of("PGPASSWORD", secret),
              "postgres",
              new ByteArrayInputStream(new byte[0]),
              new ByteArrayOutputStream(),
              Duration.ofSeconds(5));
      assertThat(problem(() -> engine.exec(request)).code()).isEqualTo("CONTAINER-CONFLICT");
      assertThat(body.join())
          .contains(
              "\"Env\":[\"PGPASSWORD=p\\\"ä\\n\"]",
              "\"User\":\"postgres\"",
              "\"AttachStdin\":true");
      assertThat(request.toString()).doesNotContain("p\"");
    }
  }
}
