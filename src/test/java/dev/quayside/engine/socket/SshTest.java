package dev.quayside.engine.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quayside.common.ProblemException;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.Endpoint;
import dev.quayside.engine.ExecRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SshTest {

  private static final Endpoint.Ssh HOST = new Endpoint.Ssh("host", "me", OptionalInt.of(2222));

  @TempDir Path folder;

  private SocketClient client(String script) throws IOException {
    Path program = folder.resolve("ssh");
    Files.writeString(program, "#!/bin/sh\n" + script + "\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    return new SocketClient(
        new Dialer(HOST, System.getenv(), program.toString()), System::nanoTime);
  }

  @Test
  void neverAsksAQuestionAndTakesNoHostForAnOption() {
    assertThat(new Dialer(HOST, Map.of()).sshArguments(HOST))
        .containsExactly(
            "ssh",
            "-T",
            "-o",
            "BatchMode=yes",
            "-o",
            "ConnectTimeout=10",
            "-l",
            "me",
            "-p",
            "2222",
            "--",
            "host",
            "docker",
            "system",
            "dial-stdio");
  }

  @Test
  void saysWhatSshSaid() throws Exception {
    try (SocketClient client =
        client("echo 'me@host: Permission denied (publickey).' >&2; exit 255")) {
      assertThatThrownBy(() -> client.fetch(Call.get("/version"), Duration.ofSeconds(30), 1000))
          .isInstanceOf(IOException.class)
          .satisfies(e ->
              assertThat(
                      new Failures(HOST, Map.of()).connecting((IOException) e).problem().happened())
                  .contains("Permission denied (publickey)"));
    }
  }

  @Test
  void anSshThatHangsIsGivenUp() throws Exception {
    try (SocketClient client = client("sleep 1000")) {
      assertThatThrownBy(() -> client.fetch(Call.get("/version"), Duration.ofMillis(300), 1000))
          .isInstanceOf(DeadlineException.class);
    }
  }

  /** Plays an engine behind a login that takes its time, and writes down each login. */
  private String slowLogin() {
    return """
    echo login >> '%s'
    sleep 1.2
    while IFS= read -r line; do
      [ "$line" = "$(printf '\\r')" ] || continue
      printf 'HTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\n\\r\\nOK'
    done\
    """
        .formatted(logins());
  }

  private Path logins() {
    return folder.resolve("logins");
  }

  @Test
  void manyCallsAtOnceDoNotMakeAStormOfLogins() throws Exception {
    try (SocketClient client = client(slowLogin());
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<byte[]>> answers = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        answers.add(
            callers.submit(() -> client.fetch(Call.get("/stats"), Duration.ofSeconds(60), 100)));
      }
      for (Future<byte[]> answer : answers) {
        assertThat(answer.get()).asString().isEqualTo("OK");
      }

      assertThat(Files.readAllLines(logins())).hasSizeLessThanOrEqualTo(3);
    }
  }

  @Test
  void whoWaitsForATurnLearnsOfTheEnd() throws Exception {
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<byte[]>> answers = new ArrayList<>();
      try (SocketClient client = client("exec sleep 1000")) {
        for (int i = 0; i < 20; i++) {
          answers.add(
              callers.submit(() -> client.fetch(Call.get("/stats"), Duration.ofDays(1), 100)));
        }
      }
      for (Future<byte[]> answer : answers) {
        assertThatThrownBy(answer::get).hasCauseInstanceOf(IOException.class);
      }
    }
  }

  @Test
  void aSignOfLifeThatNeedsALoginFirstIsNoLoss() throws Exception {
    try (SocketClient client = client(slowLogin())) {
      client.ping(Duration.ofMillis(100));

      assertThat(Files.readAllLines(logins())).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"exit 255", "kill -9 $$"})
  void anExecThatIsCutBetweenTwoFramesHasNotEnded(String cut) throws Exception {
    SocketClient client =
        client(
            """
            while IFS= read -r line; do
              case "$line" in
                *'POST '*/start*) what=start;;
                *'POST '*) what=create;;
                *'GET '*) what=status;;
                "$(printf '\\r')") case $what in
                  start)
                    printf 'HTTP/1.1 101 UPGRADED\\r\\n\\r\\n\\001\\000\\000\\000\\000\\000\\000\\004half'
                    %s;;
                  create)
                    printf 'HTTP/1.1 201 Created\\r\\nContent-Length: 10\\r\\n\\r\\n{"Id":"x"}';;
                  status)
                    printf 'HTTP/1.1 200 OK\\r\\nContent-Length: 30\\r\\n\\r\\n{"Running":false,"ExitCode":0}';;
                esac;;
              esac
            done\
            """
                .formatted(cut));
    try (Session session =
        new Session(client, new Failures(HOST, Map.of()), ApiVersion.NEWEST_KNOWN)) {
      ExecRequest request =
          new ExecRequest(
              new ContainerId("a"),
              List.of("pg_dump"),
              Map.of(),
              null,
              null,
              new ByteArrayOutputStream(),
              Duration.ofSeconds(60));

      assertThatThrownBy(() -> new Exec(session, request).run())
          .isInstanceOfSatisfying(
              ProblemException.class, e -> assertThat(e.problem().code()).isEqualTo("ENGINE-LOST"));
    }
  }

  @Test
  @Tag("bed")
  void theEngineIsReadThroughAChildProcess() throws Exception {
    try (SocketClient client = client("exec docker system dial-stdio")) {
      assertThat(new String(client.fetch(Call.get("/version"), Duration.ofSeconds(60), 100_000)))
          .contains("ApiVersion");
      assertThat(new String(client.fetch(Call.get("/_ping"), Duration.ofSeconds(60), 100_000)))
          .isEqualTo("OK");
      assertThat(client.openLines()).isEqualTo(1);
    }
  }
}
