package dev.quayside.engine.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.common.Secret;
import dev.quayside.engine.Bed;
import dev.quayside.engine.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("bed")
class ComposeBedTest {

  private static final Duration LONG = Duration.ofSeconds(120);

  @TempDir Path folder;
  private Compose compose;
  private ComposeInvocation invocation;

  @BeforeEach
  void write() throws Exception {
    Map<String, String> session = new HashMap<>(System.getenv());
    session.put("KEY", "from-the-session");
    session.put("COMPOSE_PROJECT_NAME", "other");
    session.put("COMPOSE_FILE", "/nonexistent");
    compose = Compose.on(Bed.endpoint(), session);
    Files.writeString(
        folder.resolve("compose.yml"),
        """
        services:
          web:
            image: %s
            environment:
              KEY: ${KEY}
              PASSWORD_FOR_IT: ${KEY:?set it}
        """
            .formatted(Bed.image()));
    Files.writeString(folder.resolve(".env"), "KEY=from-the-file\n");
    invocation =
        new ComposeInvocation(
            "engine-compose-test",
            folder,
            List.of(folder.resolve("compose.yml")),
            List.of(folder.resolve(".env")),
            List.of());
  }

  @AfterEach
  void down() throws Exception {
    Bed.remove("engine-compose-test-web-1");
    compose.run(invocation, List.of("down", "-t", "0"), List.of(), LONG, Progress.none());
  }

  @Test
  void knowsItsVersion() throws Exception {
    assertThat(compose.version().sufficient()).isTrue();
  }

  @Test
  void variablesOfTheSessionDoNotBeatTheEnvFile() throws Exception {
    try (Secret config = compose.config(invocation)) {
      Json json = config.withUtf8(ComposeBedTest::parse);
      assertThat(json.at("name").text()).isEqualTo("engine-compose-test");
      assertThat(json.at("services", "web", "environment", "KEY").text())
          .isEqualTo("from-the-file");
    }
  }

  @Test
  void theStructureHoldsNoValues() throws Exception {
    Files.writeString(folder.resolve("more.env"), "OTHER=out-of-a-file\n");
    Files.writeString(
        folder.resolve("extra.yml"), "services: {web: {env_file: [" + folder + "/more.env]}}\n");
    List<Path> files = new ArrayList<>(invocation.files());
    files.add(folder.resolve("extra.yml"));
    String structure =
        compose.structure(
            new ComposeInvocation(
                invocation.project(), folder, files, invocation.envFiles(), List.of()));
    Json json = parse(structure.getBytes(StandardCharsets.UTF_8));

    assertThat(json.at("services", "web", "environment", "KEY").text()).isEqualTo("${KEY}");
    assertThat(structure).doesNotContain("out-of-a-file", "from-the-file");
  }

  private static Json parse(byte[] text) {
    try {
      return Json.parse(text);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void startsAServiceAndHandsOnItsLines() throws Exception {
    List<String> lines = new CopyOnWriteArrayList<>();

    ComposeRun run =
        compose.run(invocation, List.of("up", "-d", "web"), List.of(), LONG, listening(lines));

    assertThat(run.succeeded()).as(run.lastLines()).isTrue();
    assertThat(lines).anyMatch(line -> line.contains("engine-compose-test-web-1"));
    assertThat(
            Bed.docker("inspect", "-f", "{{.State.Running}}", "engine-compose-test-web-1").strip())
        .isEqualTo("true");
  }

  @Test
  void anErrorIsToldWithoutTheSecretsInIt() throws Exception {
    Files.writeString(folder.resolve(".env"), "KEY=fine\nhun!ter2-value=x\n");

    assertThatThrownBy(() -> compose.config(invocation))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.problem().code()).isEqualTo("COMPOSE-FAILED");
              assertThat(e.problem().toString()).doesNotContain("hun!ter2");
            });
  }

  @Test
  void knownValuesAreMaskedInTheOutput() throws Exception {
    List<String> lines = new CopyOnWriteArrayList<>();
    try (Secret secret = Secret.owning("from-the-file".toCharArray())) {
      ComposeRun run =
          compose.run(invocation, List.of("config"), List.of(secret), LONG, listening(lines));
      assertThat(run.succeeded()).isTrue();
    }

    assertThat(String.join("\n", lines)).contains("KEY: ••••").doesNotContain("from-the-file");
  }

  @Test
  void nothingOfAnotherMachineIsFetchedWhileFilesAreRead() throws Exception {
    Path called = folder.resolve("git-was-called");
    Path git = Files.createDirectory(folder.resolve("bin")).resolve("git");
    Files.writeString(git, "#!/bin/sh\necho called >> '" + called + "'\nexit 1\n");
    assertThat(git.toFile().setExecutable(true)).isTrue();
    Map<String, String> session = new HashMap<>(System.getenv());
    session.put("PATH", git.getParent() + ":" + session.get("PATH"));
    // An env file of the stack may not switch them on either.
    Files.writeString(
        folder.resolve(".env"),
        "KEY=x\nCOMPOSE_EXPERIMENTAL_GIT_REMOTE=1\nCOMPOSE_EXPERIMENTAL_OCI_REMOTE=1\n");
    try (ServerSocket registry = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
      List<String> remotes =
          List.of(
              "https://127.0.0.1:" + registry.getLocalPort() + "/x.git",
              "oci://127.0.0.1:" + registry.getLocalPort() + "/x:latest");
      AtomicInteger connections = new AtomicInteger();
      Thread.ofVirtual().start(() -> count(registry, connections));
      for (String remote : remotes) {
        ComposeInvocation including = including(remote);
        assertThatThrownBy(() -> Compose.on(Bed.endpoint(), session).structure(including))
            .as(remote)
            .isInstanceOfSatisfying(
                ProblemException.class,
                e -> assertThat(e.problem().happened()).contains("remote resource is disabled"));
        assertThat(connections).as(remote).hasValue(0);
        assertThat(called).as(remote).doesNotExist();
        // Or else the question above would have had no chance to be answered otherwise.
        Map<String, String> open = new HashMap<>(session);
        open.putAll(Bed.endpoint().environment());
        assertThatThrownBy(() -> new Compose(open, null).structure(including))
            .isInstanceOf(ProblemException.class);
        assertThat(connections.get() > 0 || Files.exists(called)).as(remote).isTrue();
        connections.set(0);
        Files.deleteIfExists(called);
      }
    }
  }

  private ComposeInvocation including(String remote) throws Exception {
    Path file = folder.resolve("including.yml");
    Files.writeString(
        file, "include: ['" + remote + "']\nservices: {web: {image: " + Bed.image() + "}}\n");
    return new ComposeInvocation(
        "engine-compose-test", folder, List.of(file), List.of(), List.of());
  }

  private static void count(ServerSocket registry, AtomicInteger connections) {
    try {
      while (true) {
        Socket caller = registry.accept();
        connections.incrementAndGet();
        caller.close();
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  @Test
  void cancellingEndsCompose() throws Exception {
    ComposeRun run =
        compose.run(
            invocation,
            List.of("up", "web"),
            List.of(),
            LONG,
            new Listening(new CopyOnWriteArrayList<>()) {
              @Override
              public boolean cancelled() {
                return true;
              }
            });

    assertThat(run.cancelled()).isTrue();
  }

  private static Progress listening(List<String> lines) {
    return new Listening(lines);
  }

  private static class Listening implements Progress {
    private final List<String> lines;

    Listening(List<String> lines) {
      this.lines = lines;
    }

    @Override
    public void step(int number, int total, String text) {}

    @Override
    public void bytes(long done, long total) {}

    @Override
    public void line(String text) {
      lines.add(text);
    }

    @Override
    public boolean cancelled() {
      return false;
    }
  }
}
