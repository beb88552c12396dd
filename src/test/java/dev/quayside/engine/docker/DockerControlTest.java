package dev.quayside.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerInspection;
import dev.quayside.engine.CreateRequest;
import dev.quayside.engine.EngineControl;
import dev.quayside.engine.FakeEngine;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DockerControlTest {

  private static final ContainerId ID = new ContainerId("e".repeat(64));
  private static final String CONTAINER = "/containers/" + ID.value();

  @TempDir Path folder;
  private FakeEngine fake;
  private EngineControl control;

  @BeforeEach
  void start() throws IOException {
    fake = new FakeEngine(folder.resolve("engine.sock"));
    control = DockerControl.of(fake.endpoint(), Map.of());
  }

  @AfterEach
  void stop() throws IOException {
    control.close();
    fake.close();
  }

  @Test
  void aContainerIsGivenItsOwnGraceWhereNobodyNamesOne() throws Exception {
    answer("/stop", 204, "");
    answer("/restart", 204, "");

    control.stop(ID, null);
    control.restart(ID, null);

    assertThat(fake.requests())
        .contains("POST /v1.50" + CONTAINER + "/stop", "POST /v1.50" + CONTAINER + "/restart");
  }

  @ParameterizedTest
  @CsvSource({"0, 200", "1, 1200"})
  void aStopIsWaitedForAsLongAsTheContainerMayTake(int grace, int millis) throws Exception {
    answer("/json", 200, "{\"Id\":\"e\",\"Config\":{\"StopTimeout\":" + grace + "}}");
    fake.on(CONTAINER + "/stop", FakeEngine.Exchange::silence);
    try (DockerControl impatient =
        new DockerControl(fake.endpoint(), Map.of(), Duration.ofMillis(200))) {
      assertThat(problem(() -> impatient.stop(ID, null)).happened())
          .contains("no answer within " + millis + " ms");
    }
  }

  @Test
  void anAnswerThatStopsHalfwayIsNotWaitedForForEver() {
    fake.on(
        CONTAINER + "/restart",
        exchange -> {
          exchange.raw("HTTP/1.1 500 Bad\r\nContent-Length: 100\r\n\r\n{");
          exchange.silence();
        });
    try (DockerControl impatient =
        new DockerControl(fake.endpoint(), Map.of(), Duration.ofMillis(200))) {
      assertThat(problem(() -> impatient.restart(ID, Duration.ZERO)).code())
          .isEqualTo("ENGINE-NO-ANSWER");
    }
  }

  @Test
  void anAnswerThatNoEngineGivesIsNotCalledALostConnection() {
    for (String call : List.of("/stop", "/start")) {
      fake.on(CONTAINER + call, exchange -> exchange.raw("SSH-2.0-OpenSSH_9.2\r\n"));
      assertThat(problem(() -> change(call)).code()).isEqualTo("ENGINE-GARBLED");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"No such image: postgres:15", "network web not found", "page not found"})
  void whatIsMissingBesidesTheContainerIsNotCalledTheContainer(String words) {
    fake.on(
        "/containers/create", exchange -> exchange.json(404, "{\"message\":\"" + words + "\"}"));

    Problem problem =
        problem(() ->
            control.create(
                new CreateRequest("capture-1", "postgres:15", List.of(), List.of(), Map.of())));

    assertThat(problem.code()).isEqualTo("PART-MISSING");
    assertThat(problem.happened()).contains(words);
  }

  @Test
  void aNamedGraceIsSentInWholeSeconds() throws Exception {
    answer("/stop", 204, "");

    control.stop(ID, Duration.ofMillis(90_900));

    assertThat(fake.requests()).contains("POST /v1.50" + CONTAINER + "/stop?t=90");
  }

  @Test
  void aStateThatHoldsAlreadyIsNoError() throws Exception {
    answer("/stop", 304, "");
    answer("/start", 304, "");

    control.stop(ID, null);
    control.start(ID);
  }

  @Test
  void whatTheEngineRefusesIsToldInItsWords() throws Exception {
    for (String call : List.of("/stop", "/start")) {
      answer(call, 404, "{\"message\":\"no such container\"}");
      assertThat(problem(() -> change(call)))
          .satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("CONTAINER-GONE");
            assertThat(problem.happened()).contains("no such container");
          });
      answer(call, 409, "{\"message\":\"it is being removed\"}");
      assertThat(problem(() -> change(call)))
          .satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("CONTAINER-CONFLICT");
            assertThat(problem.happened()).contains("it is being removed");
          });
      answer(call, 500, "{\"message\":\"driver failed\"}");
      assertThat(problem(() -> change(call)))
          .satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("ENGINE-REFUSED");
            assertThat(problem.happened()).contains("500", "driver failed");
          });
    }
  }

  @Test
  void aConnectionThatIsCutIsALostEngineAndTheNextCallFindsItAgain() throws Exception {
    for (String call : List.of("/stop", "/start")) {
      fake.on(
          CONTAINER + call,
          exchange -> {
            throw new IOException("cut");
          });
      assertThat(problem(() -> change(call)).code()).isEqualTo("ENGINE-LOST");
      answer(call, 204, "");
      change(call);
    }
  }

  @Test
  void pausingWhatIsPausedIsNoError() throws Exception {
    answer("/pause", 409, "{\"message\":\"already paused\"}");
    answer(
        "/json",
        200,
        "{\"Id\":\"" + ID.value() + "\",\"State\":{\"Status\":\"paused\",\"Pid\":7}}");

    control.pause(ID);
    assertThat(problem(() -> control.unpause(ID)).code()).isEqualTo("CONTAINER-GONE");
  }

  @Test
  void anonymousVolumesGoOnlyWhereTheyAreNotToBeKept() throws Exception {
    answer("", 204, "");

    control.remove(ID, true);
    control.remove(ID, false);

    assertThat(fake.requests().stream().filter(request -> request.startsWith("DELETE")))
        .satisfiesExactly(
            kept -> assertThat(kept).doesNotContain("v=true"),
            gone -> assertThat(gone).contains("v=true"));
  }

  @Test
  void aContainerIsCreatedWithoutNetworkAndWithItsMounts() throws Exception {
    CompletableFuture<String> body = new CompletableFuture<>();
    fake.on(
        "/containers/create",
        exchange -> {
          body.complete(new String(exchange.body(), StandardCharsets.UTF_8));
          exchange.json(201, "{\"Id\":\"" + ID.value() + "\",\"Warnings\":[]}");
        });
    ContainerInspection.Mount mount =
        new ContainerInspection.Mount("volume", "pgdata", "/data", false);

    ContainerId id =
        control.create(
            new CreateRequest("capture-1", "busybox", List.of(), List.of(mount), Map.of("k", "v")));

    assertThat(id).isEqualTo(ID);
    assertThat(body.join())
        .contains("\"NetworkMode\":\"none\"", "\"pgdata\"", "\"/data\"", "\"k\":\"v\"")
        .containsPattern("\"ReadOnly\"\\s*:\\s*true");
  }

  @Test
  void anArchiveIsSentWithOwnersKept() throws Exception {
    answer("/archive", 200, "");

    control.uploadArchive(ID, "/data", new ByteArrayInputStream(new byte[0]));

    assertThat(fake.requests())
        .anySatisfy(request ->
            assertThat(request)
                .startsWith("PUT ")
                .contains("path=")
                .doesNotContain("copyUIDGID=true"));
  }

  private void change(String call) throws ProblemException {
    if (call.equals("/stop")) {
      control.stop(ID, null);
    } else {
      control.start(ID);
    }
  }

  private void answer(String rest, int status, String body) {
    fake.on(CONTAINER + rest, exchange -> exchange.json(status, body));
  }

  private static Problem problem(ThrowingCallable call) {
    CompletableFuture<Problem> found = new CompletableFuture<>();
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(ProblemException.class, e -> found.complete(e.problem()));
    return found.join();
  }
}
