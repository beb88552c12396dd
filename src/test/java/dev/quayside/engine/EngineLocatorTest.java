package dev.quayside.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.socket.SocketConnector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EngineLocatorTest {

  @TempDir Path folder;
  private Path home;
  private Path systemSocket;

  @BeforeEach
  void makeHome() throws IOException {
    home = Files.createDirectories(folder.resolve("home"));
    systemSocket = folder.resolve("system.sock");
  }

  private EngineLocator locator(
      @Nullable String engine, @Nullable String context, Map<String, String> environment) {
    return new EngineLocator(
        new EngineLocator.Wishes(engine, context, environment, home),
        new SocketConnector(Map.of("PATH", folder.toString(), "USER", "somebody")),
        systemSocket);
  }

  private static Problem problem(EngineLocator locator) {
    CompletableFuture<Problem> found = new CompletableFuture<>();
    assertThatThrownBy(locator::locate)
        .isInstanceOfSatisfying(ProblemException.class, e -> found.complete(e.problem()));
    return found.join();
  }

  private void install() throws IOException {
    Path dockerd = Files.createFile(folder.resolve("dockerd"));
    assertThat(dockerd.toFile().setExecutable(true)).isTrue();
  }

  @Test
  void takesTheFirstThatAnswersAndKeepsWhatFailedBefore() throws Exception {
    Path runtime = Files.createDirectories(folder.resolve("runtime"));
    try (FakeEngine system = new FakeEngine(systemSocket)) {
      Located located = locator(null, null, Map.of("XDG_RUNTIME_DIR", runtime.toString())).locate();
      located.engine().close();

      assertThat(located.way()).isEqualTo("system socket");
      assertThat(located.failed())
          .extracting(Located.Attempt::way)
          .containsExactly("rootless socket", "Docker Desktop socket", "Docker Desktop socket");
      try (FakeEngine rootless = new FakeEngine(runtime.resolve("docker.sock"))) {
        Located other = locator(null, null, Map.of("XDG_RUNTIME_DIR", runtime.toString())).locate();
        other.engine().close();
        assertThat(other.endpoint()).isEqualTo(rootless.endpoint());
      }
      assertThat(system.requests()).isNotEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"flag", "variable", "context"})
  void anEngineThatWasNamedIsNotReplacedByAnother(String how) throws Exception {
    String address = "unix://" + folder.resolve("gone.sock");
    context("named", "{\"Endpoints\":{\"docker\":{\"Host\":\"" + address + "\"}}}");
    install();
    try (FakeEngine system = new FakeEngine(systemSocket)) {
      EngineLocator locator =
          switch (how) {
            case "flag" -> locator(address, null, Map.of());
            case "variable" -> locator(null, null, Map.of("DOCKER_HOST", address));
            default -> locator(null, "named", Map.of());
          };
      assertThat(problem(locator).code()).isEqualTo("ENGINE-NOT-RUNNING");
      assertThat(system.requests()).isEmpty();
    }
  }

  @Test
  void aFlagBeatsTheVariableAndTheVariableBeatsTheContext() throws Exception {
    try (FakeEngine one = new FakeEngine(folder.resolve("1.sock"));
        FakeEngine two = new FakeEngine(folder.resolve("2.sock"))) {
      current("three");
      Map<String, String> environment = Map.of("DOCKER_HOST", two.endpoint().address());
      Located byFlag = locator(one.endpoint().address(), null, environment).locate();
      Located byVariable = locator(null, null, environment).locate();
      byFlag.engine().close();
      byVariable.engine().close();

      assertThat(byFlag.endpoint()).isEqualTo(one.endpoint());
      assertThat(byVariable.endpoint()).isEqualTo(two.endpoint());
      assertThat(byVariable.way()).isEqualTo("DOCKER_HOST");
    }
  }

  @Test
  void theSavedSettingIsNamedAsSuchAndGivesWayToWhatIsSaidForThisRun() throws Exception {
    try (FakeEngine saved = new FakeEngine(folder.resolve("saved.sock"));
        FakeEngine said = new FakeEngine(folder.resolve("said.sock"));
        FakeEngine system = new FakeEngine(systemSocket)) {
      Located bySetting = saved(saved.endpoint().address(), Map.of()).locate();
      bySetting.engine().close();
      Located byVariable =
          saved(saved.endpoint().address(), Map.of("DOCKER_HOST", said.endpoint().address()))
              .locate();
      byVariable.engine().close();

      assertThat(bySetting.endpoint()).isEqualTo(saved.endpoint());
      assertThat(bySetting.way()).isEqualTo("the saved setting");
      assertThat(byVariable.endpoint()).isEqualTo(said.endpoint());
      assertThat(problem(saved("nonsense", Map.of())).happened())
          .contains("the saved setting")
          .doesNotContain("--engine");
      assertThat(system.requests()).isEmpty();
    }
  }

  private EngineLocator saved(String address, Map<String, String> environment) {
    return new EngineLocator(
        new EngineLocator.Wishes(null, null, address, environment, home),
        new SocketConnector(Map.of()),
        systemSocket);
  }

  @Test
  void findsTheCurrentContext() throws Exception {
    try (FakeEngine engine = new FakeEngine(folder.resolve("context.sock"))) {
      context(
          "mine",
          "{\"Name\":\"mine\",\"Endpoints\":{\"docker\":{\"Host\":\""
              + engine.endpoint().address()
              + "\"}}}");
      current("mine");

      Located located = locator(null, null, Map.of()).locate();
      located.engine().close();

      assertThat(located.way()).isEqualTo("context mine");
    }
  }

  @Test
  void saysThatDockerIsNotInstalledAndHowToInstallIt() {
    Problem problem = problem(locator(null, null, Map.of()));

    // The machine that runs this test has dockerd in a folder that is always searched.
    assertThat(problem.code()).isIn("ENGINE-NOT-INSTALLED", "ENGINE-NOT-RUNNING");
    assertThat(problem.command()).startsWith("sudo ");
    assertThat(problem.detail()).contains("Docker Desktop socket", systemSocket.toString());
  }

  @Test
  void saysThatTheEngineIsNotRunning() throws Exception {
    install();
    Files.createFile(systemSocket);

    Problem problem = problem(locator(null, null, Map.of()));

    assertThat(problem.code()).isEqualTo("ENGINE-NOT-RUNNING");
    assertThat(problem.command()).isEqualTo("sudo systemctl start docker");
  }

  @Test
  void theFailureThatSaysMostIsTheOneThatIsShown() throws Exception {
    Path runtime = Files.createDirectories(folder.resolve("runtime"));
    try (FakeEngine old = new FakeEngine(runtime.resolve("docker.sock"))) {
      old.on(
          "/version",
          exchange -> exchange.json(200, "{\"Version\":\"18.9\",\"ApiVersion\":\"1.39\"}"));

      Problem problem = problem(locator(null, null, Map.of("XDG_RUNTIME_DIR", runtime.toString())));

      assertThat(problem.code()).isEqualTo("ENGINE-TOO-OLD");
      assertThat(problem.detail()).contains("system socket");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "docker",
        "unix://relative",
        "npipe:////./pipe/docker",
        "ssh://-oProxyCommand=x",
        "tcp://",
        "ssh://u:p@h",
        "tcp://a b",
        "https://host:2376",
        "fd://3"
      })
  void anAddressThatIsNoneIsRefused(String address) {
    assertThat(problem(locator(address, null, Map.of())).code())
        .isEqualTo("ENGINE-ADDRESS-INVALID");
  }

  @Test
  void aPasswordInARefusedAddressIsNotRepeated() {
    for (String address : List.of("ssh://u:hunter2@h", "ssh://u:hun@ter2@h", "ftp://:hunter2@h")) {
      assertThat(problem(locator(address, null, Map.of())).toString())
          .doesNotContain("hun", "ter2")
          .contains("@h");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "unix:///run/x.sock, unix:///run/x.sock",
    "tcp://host, tcp://host:2375",
    "tcp://[fd00::1]:99, tcp://[fd00::1]:99",
    "ssh://me@host:22, ssh://me@host:22",
    "ssh://alias, ssh://alias"
  })
  void anAddressIsReadAndWrittenAlike(String text, String written) throws Exception {
    assertThat(Addresses.read("here", text, null).address()).isEqualTo(written);
  }

  @Test
  void whatAsksForEncryptionIsNeverSpokenToWithoutIt() throws Exception {
    assertThatThrownBy(() -> Addresses.read("here", "https://host:2376", null))
        .hasMessageContaining("ENGINE-ADDRESS-INVALID");
    assertThat(Addresses.read("here", "https://host:99", Path.of("/certificates")))
        .isEqualTo(new Endpoint.Tcp("host", 99, Path.of("/certificates")));
  }

  @Test
  void tcpIsEncryptedWhereTheEnvironmentSaysSo() throws Exception {
    Endpoint endpoint = Addresses.read("here", "tcp://host", Path.of("/certificates"));

    assertThat(endpoint).isEqualTo(new Endpoint.Tcp("host", 2376, Path.of("/certificates")));
    assertThat(endpoint.environment())
        .containsEntry("DOCKER_TLS_VERIFY", "1")
        .containsEntry("DOCKER_CERT_PATH", "/certificates");
  }

  @Test
  void anUnknownContextIsNamed() {
    Problem problem = problem(locator(null, "nowhere", Map.of()));

    assertThat(problem.code()).isEqualTo("ENGINE-CONTEXT-UNKNOWN");
    assertThat(problem.happened()).contains("nowhere");
  }

  @Test
  void brokenConfigurationDoesNotHideTheSystemSocket() throws Exception {
    Files.createDirectories(home.resolve(".docker"));
    Files.writeString(home.resolve(".docker/config.json"), "{broken");
    try (FakeEngine system = new FakeEngine(systemSocket)) {
      Located located = locator(null, null, Map.of()).locate();
      located.engine().close();

      assertThat(located.endpoint()).isEqualTo(system.endpoint());
      assertThat(located.failed().getFirst().problem().code())
          .isEqualTo("ENGINE-CONFIGURATION-UNREADABLE");
    }
  }

  private void context(String name, String meta) throws Exception {
    byte[] digest = java.security.MessageDigest.getInstance("SHA-256").digest(name.getBytes());
    Path file =
        home.resolve(
            ".docker/contexts/meta/" + java.util.HexFormat.of().formatHex(digest) + "/meta.json");
    Files.createDirectories(file.getParent());
    Files.writeString(file, meta);
  }

  private void current(String name) throws IOException {
    Files.createDirectories(home.resolve(".docker"));
    Files.writeString(
        home.resolve(".docker/config.json"), "{\"auths\":{},\"currentContext\":\"" + name + "\"}");
  }
}
