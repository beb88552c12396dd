package dev.quayside.engine.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quayside.engine.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
