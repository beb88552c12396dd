package dev.quayside.backup.drill;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Asks a server by each of the tools that an image may bring: no more than one is there. */
class ServerScriptTest {

  @TempDir private Path folder;
  private HttpServer server;

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] answer = "{\"line\":\n\"and\\\\another\"}\n".getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/good",
        exchange -> {
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"curl", "busybox", "bash"})
  void eachToolPrintsWhatIsAnsweredAndFailsOnAnErrorOfTheServer(String tool) throws Exception {
    for (String program : List.of(tool, "cat", "sh")) {
      String name = program.equals("busybox") ? "wget" : program;
      Files.createSymbolicLink(folder.resolve(name), found(program));
    }

    assertThat(got("/good")).isEqualTo("0 {\"line\":\n\"and\\\\another\"}\n");
    assertThat(got("/none")).doesNotStartWith("0 ");
  }

  private String got(String path) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
                "/bin/sh",
                "-c",
                Server.GET + "get \"$0\" \"$1\"",
                Integer.toString(server.getAddress().getPort()),
                path)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("PATH", folder.toString());
    Process shell = builder.start();
    String printed = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return shell.exitValue() + " " + printed;
  }

  private static Path found(String program) {
    return List.of("/usr/bin/", "/bin/").stream()
        .map(place -> Path.of(place + program))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow();
  }
}
