package dev.quayside.engine.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.FakeEngine;
import dev.quayside.engine.Health;
import dev.quayside.engine.LogChunk;
import dev.quayside.engine.LogRequest;
import dev.quayside.engine.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an engine answers, and what it leaves out, read as what it is. */
class SocketEngineAnswersTest {

  private static final ContainerId ID = new ContainerId("e".repeat(64));

  @TempDir Path folder;
  private FakeEngine fake;

  @BeforeEach
  void start() throws IOException {
    fake = new FakeEngine(folder.resolve("engine.sock"));
  }

  @AfterEach
  void stop() throws IOException {
    fake.close();
  }

  private SocketEngine connect() throws ProblemException {
    return new SocketConnector(Map.of("USER", "somebody", "PATH", "/nonexistent"))
        .connect(fake.endpoint());
  }

  private static Problem problem(ThrowingCallable call) {
    CompletableFuture<Problem> found = new CompletableFuture<>();
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(ProblemException.class, e -> found.complete(e.problem()));
    return found.join();
  }

  @Test
  void aPathThatIsMissingIsNotCalledTheContainer() throws Exception {
    fake.on(
        "/containers/" + ID.value() + "/archive",
        exchange ->
            exchange.json(404, "{\"message\":\"Could not find the file /x in container e\"}"));

    try (SocketEngine engine = connect()) {
      assertThat(problem(() -> engine.archive(ID, "/x")).code()).isEqualTo("PART-MISSING");
    }
  }

  @Test
  void aVariableWithoutAValueIsNotSet() throws Exception {
    fake.on(
        "/containers/" + ID.value() + "/json",
        exchange ->
            exchange.json(
                200,
                "{\"Id\":\"e\",\"Config\":{\"Env\":[\"SET=a=b\",\"EMPTY=\",\"BARE\",\"=odd\"]}}"));

    try (SocketEngine engine = connect()) {
      assertThat(engine.variablesSet(ID)).containsExactly("SET");
    }
  }

  @ParameterizedTest
  @CsvSource({"{}, 10", "{\"StopTimeout\":300}, 300", "{\"StopTimeout\":-1},"})
  void theGraceOfAContainerIsItsOwnElseTheEngines(String config, Long seconds) throws Exception {
    fake.on(
        "/containers/" + ID.value() + "/json",
        exchange -> exchange.json(200, "{\"Id\":\"e\",\"Config\":" + config + "}"));

    try (SocketEngine engine = connect()) {
      assertThat(engine.grace(ID)).isEqualTo(Optional.ofNullable(seconds).map(Duration::ofSeconds));
    }
  }

  @Test
  void whatAnInspectionLeavesOutIsUnknownAndNotZero() throws Exception {
    fake.on(
        "/containers/" + ID.value() + "/json",
        exchange ->
            exchange.json(
                200,
                "{\"Id\":\"e\",\"State\":{\"Status\":\"running\","
                    + "\"Health\":{\"Status\":\"odd\",\"Log\":[{\"Output\":\"x\"}]}}}"));
    fake.on("/containers/json", exchange -> exchange.json(200, "[{\"Id\":\"e\"}]"));

    try (SocketEngine engine = connect()) {
      Container read = engine.read(ID);
      assertThat(read.created()).isNull();
      assertThat(read.health()).isEqualTo(Health.NONE);
      assertThat(read.facts().restarts()).isEmpty();
      assertThat(engine.inspect(ID).healthLog().getFirst().exitCode()).isEmpty();
      assertThat(engine.list().getFirst().created()).isNull();
    }
  }

  @Test
  void aHealthOfAnUnknownWordIsNotTold() throws Exception {
    Json event =
        Json.parse(
            "{\"Type\":\"container\",\"Action\":\"health_status: odd\",\"Actor\":{\"ID\":\"x\"}}"
                .getBytes(StandardCharsets.UTF_8));

    assertThat(EventJson.read(event).health()).isNull();
  }

  @Test
  void anEngineThatAnswersSomethingElseMeanwhileIsAlive() throws Exception {
    CompletableFuture<String> asked = new CompletableFuture<>();
    fake.on(
        "/_ping",
        exchange -> {
          asked.complete(exchange.method());
          exchange.silence();
        });
    try (SocketEngine engine = connect();
        ExecutorService other = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Boolean> alive =
          other.submit(() -> {
            engine.ping();
            return true;
          });
      asked.get(20, TimeUnit.SECONDS);
      engine.list();

      assertThat(alive.get(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aBodyThatEndsWithItsConnectionLeavesNoneBehind() throws Exception {
    fake.on(
        "/containers/json",
        exchange -> {
          exchange.raw("HTTP/1.1 200 OK\r\n\r\n[]");
          throw new IOException("the end of the connection is the end of the body");
        });
    try (SocketEngine engine = connect()) {
      int before = engine.openLines();
      for (int i = 0; i < 5; i++) {
        engine.list();
      }

      assertThat(engine.openLines()).isLessThanOrEqualTo(before);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aLogThatWasCutEndsWithTheReason(boolean cut) throws Exception {
    fake.on(
        "/containers/" + ID.value() + "/json", exchange -> exchange.json(200, "{\"Id\":\"e\"}"));
    fake.on(
        "/containers/" + ID.value() + "/logs",
        exchange -> {
          exchange.startChunks();
          exchange.chunk("\u0001\0\0\0\0\0\0\u0005line\n");
          if (cut) {
            throw new IOException("cut");
          }
          exchange.raw("0\r\n\r\n");
        });
    LinkedBlockingQueue<LogChunk> lines = new LinkedBlockingQueue<>();
    CompletableFuture<String> end = new CompletableFuture<>();
    try (SocketEngine engine = connect()) {
      engine.logs(
          ID,
          LogRequest.last(10),
          lines::add,
          failure -> end.complete(failure == null ? "read" : failure.problem().code()));

      assertThat(end.get(20, TimeUnit.SECONDS)).isEqualTo(cut ? "ENGINE-LOST" : "read");
      assertThat(lines).extracting(LogChunk::text).containsExactly("line");
    }
  }
}
