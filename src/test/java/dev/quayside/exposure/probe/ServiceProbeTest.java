package dev.quayside.exposure.probe;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.catalogue.KeyProbe;
import dev.quayside.common.Home;
import dev.quayside.common.Secret;
import dev.quayside.engine.EngineControl;
import dev.quayside.exposure.probe.ProbeAnswer.Credential;
import dev.quayside.journal.Intent;
import dev.quayside.journal.Journal;
import dev.quayside.journal.JournaledEngine;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each answer says of a service, how often it is asked at most, and what it costs. */
class ServiceProbeTest {

  private static final String RIGHT = "sk-dream-0123456789abcdef0123456789abcdef";
  private static final Duration ATTEMPT = Duration.ofMillis(1000);

  @TempDir private Path folder;
  private final List<String> shown = new CopyOnWriteArrayList<>();
  private Intent intent;

  @BeforeEach
  void setUp() throws Exception {
    Home home = new Home(folder.resolve("c"), folder.resolve("s"), folder.resolve("h"));
    intent = Journal.open(home, InstantSource.system()).begin("probe", "demo", Map.of());
  }

  private ServiceProbe probe() {
    EngineControl none =
        (EngineControl)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {EngineControl.class},
                (proxy, method, arguments) -> {
                  throw new UnsupportedOperationException(method.getName());
                });
    KeyProber prober =
        new KeyProber(
            PlayedEngine.with("web", "/x", true), new JournaledEngine(none), "demo", ATTEMPT);
    return new ServiceProbe(prober, InstantSource.system());
  }

  private ProbeFinding run(ProbeTarget target, String right) throws Exception {
    if (right == null) {
      return probe().run(intent, target, null);
    }
    try (Secret key = Secret.owning(right.toCharArray())) {
      return probe().run(intent, target, key);
    }
  }

  private static ProbeTarget http(int port) {
    return new ProbeTarget.Http(
        new KeyProbe(
            "web",
            port,
            "/v1/models",
            "Authorization",
            "Bearer ",
            Set.of(200),
            Set.of(400, 401, 403),
            "test"));
  }

  @Test
  void aPathThatIsOpenOnPurposeSaysNothingOfProtection() throws Exception {
    try (ScriptedServer server = web(key -> 200)) {
      KeyProbe health =
          new KeyProbe(
              "web",
              server.port(),
              "",
              List.of(),
              "/health",
              "",
              "",
              "",
              Set.of(200),
              Set.of(),
              KeyProbe.OpenMeans.HARMLESS,
              "test",
              false,
              "");
      ProbeFinding finding = run(new ProbeTarget.Http(health), RIGHT);
      assertThat(finding.guard()).isEqualTo(Guard.HARMLESS);
      assertThat(shown).containsExactly("null");
    }
  }

  @Test
  void aPasswordOfANameIsSentWithIt() throws Exception {
    List<String> credentials = new CopyOnWriteArrayList<>();
    try (ScriptedServer server =
        new ScriptedServer((in, out) -> {
          String credential = "";
          for (String line = line(in); !line.isEmpty(); line = line(in)) {
            if (line.startsWith("Authorization: ")) {
              credential = line.substring("Authorization: ".length());
            }
          }
          credentials.add(credential);
          boolean right = credential.equals("Basic YWRtaW46aHVudGVyMg==");
          out.write(
              ("HTTP/1.1 " + (right ? 200 : 401) + " X\r\nConnection: close\r\n\r\n")
                  .getBytes(US_ASCII));
        })) {
      KeyProbe basic =
          new KeyProbe(
              "web",
              server.port(),
              "",
              List.of(),
              "/api/org",
              "Authorization",
              "Basic ",
              "admin",
              Set.of(200),
              Set.of(401),
              KeyProbe.OpenMeans.UNPROTECTED,
              "test",
              false,
              "");
      // admin:hunter2, encoded by another program.
      assertThat(run(new ProbeTarget.Http(basic), "hunter2").guard()).isEqualTo(Guard.GUARDED);
      assertThat(credentials).hasSize(3);
    }
  }

  /** Answers by the key that is shown; without one it is null. */
  private ScriptedServer web(Function<String, Integer> status) throws IOException {
    return new ScriptedServer((in, out) -> {
      String key = null;
      for (String line = line(in); !line.isEmpty(); line = line(in)) {
        if (line.toLowerCase(Locale.ROOT).startsWith("authorization: bearer ")) {
          key = line.substring("authorization: bearer ".length());
        }
      }
      shown.add(String.valueOf(key));
      out.write(
          ("HTTP/1.1 " + status.apply(key) + " X\r\nConnection: close\r\n\r\n{\"a\":1}")
              .getBytes(US_ASCII));
    });
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      line.append((char) next);
    }
    return line.toString().strip();
  }

  private static int enforcing(String key, String wanted, int without, int wrong) {
    return key == null ? without : key.equals(wanted) ? 200 : wrong;
  }

  @ParameterizedTest(name = "{0}: {1} without a key, {2} with a wrong one")
  @CsvSource({
    "LiteLLM, 401, 400",
    "Qdrant and Meilisearch and the dashboard, 401, 403",
    "the router and vLLM, 401, 401"
  })
  void aServiceThatEnforcesItsKeyIsGuarded(String which, int without, int wrong) throws Exception {
    try (ScriptedServer server = web(key -> enforcing(key, RIGHT, without, wrong))) {
      ProbeFinding finding = run(http(server.port()), RIGHT);
      assertThat(finding.guard()).as(which).isEqualTo(Guard.GUARDED);
      assertThat(finding.answers())
          .extracting(ProbeAnswer::credential)
          .containsExactly(Credential.NONE, Credential.WRONG, Credential.RIGHT);
      assertThat(finding.answers())
          .extracting(ProbeAnswer::code)
          .containsExactly("" + without, "" + wrong, "200");
      assertThat(finding.answers())
          .allSatisfy(answer -> assertThat(answer.from()).isEqualTo("this host"));
      assertThat(server.connections()).isEqualTo(3);
    }
  }

  @Test
  void theWrongKeyLooksLikeTheRightOneAndIsAnother() throws Exception {
    try (ScriptedServer server = web(key -> enforcing(key, RIGHT, 401, 401))) {
      run(http(server.port()), RIGHT);
      assertThat(shown).hasSize(3);
      assertThat(shown.get(1)).isNotEqualTo(RIGHT).matches("sk-dream-[0-9a-f]{32}");
      assertThat(shown.get(2)).isEqualTo(RIGHT);
    }
  }

  @Test
  void withoutTheRightKeyItIsUnconfirmed() throws Exception {
    try (ScriptedServer server = web(key -> enforcing(key, RIGHT, 401, 403))) {
      assertThat(run(http(server.port()), null).guard()).isEqualTo(Guard.GUARDED_UNCONFIRMED);
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void anOpenServiceIsShownNoKey() throws Exception {
    try (ScriptedServer server = web(key -> 200)) {
      assertThat(run(http(server.port()), RIGHT).guard()).isEqualTo(Guard.OPEN);
      assertThat(shown).containsExactly("null");
    }
  }

  @Test
  void aServiceThatTakesAnyKeyIsNotShownTheRightOne() throws Exception {
    try (ScriptedServer server = web(key -> key == null ? 401 : 200)) {
      assertThat(run(http(server.port()), RIGHT).guard()).isEqualTo(Guard.KEY_IGNORED);
      assertThat(shown).hasSize(2).doesNotContain(RIGHT);
    }
  }

  @Test
  void aServiceWithAnotherKeyRefusesOurs() throws Exception {
    try (ScriptedServer server = web(key -> enforcing(key, "its-older-key-value", 401, 401))) {
      assertThat(run(http(server.port()), RIGHT).guard()).isEqualTo(Guard.KEY_REFUSED);
      assertThat(server.connections()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 302, 404, 429, 500, 503})
  void aCodeThatNobodyExplainedIsUnknown(int status) throws Exception {
    try (ScriptedServer server = web(key -> status)) {
      ProbeFinding finding = run(http(server.port()), RIGHT);
      assertThat(finding.guard()).isEqualTo(Guard.UNKNOWN);
      assertThat(finding.answers().getFirst().code()).isEqualTo("" + status);
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void anUnclearAnswerToTheRightKeyConfirmsNothing() throws Exception {
    try (ScriptedServer server = web(key -> key == null ? 401 : key.equals(RIGHT) ? 500 : 403)) {
      assertThat(run(http(server.port()), RIGHT).guard()).isEqualTo(Guard.GUARDED_UNCONFIRMED);
    }
  }

  @Test
  @Timeout(5)
  void aServerThatNeverAnswersIsSilentAndAskedOnce() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer((in, out) -> in.transferTo(OutputStream.nullOutputStream()))) {
      assertThat(run(http(server.port()), RIGHT).guard()).isEqualTo(Guard.SILENT);
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void nobodyListeningIsSilent() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    assertThat(run(http(port), RIGHT).guard()).isEqualTo(Guard.SILENT);
  }

  @Test
  @Timeout(5)
  void anAnswerInDropsEndsAtTheDeadline() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer((in, out) -> {
          while (true) {
            out.write('H');
            out.flush();
            java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
          }
        })) {
      assertThat(run(http(server.port()), RIGHT).guard()).isEqualTo(Guard.SILENT);
    }
  }

  @Test
  @Timeout(5)
  void anEndlessAnswerIsReadToItsLimitOnly() throws Exception {
    byte[] flood = new byte[64 * 1024];
    Arrays.fill(flood, (byte) 'x');
    try (ScriptedServer server =
        new ScriptedServer((in, out) -> {
          while (true) {
            out.write(flood);
          }
        })) {
      ProbeFinding finding = run(http(server.port()), RIGHT);
      assertThat(finding.guard()).isEqualTo(Guard.UNKNOWN);
      assertThat(finding.answers().getFirst().code()).isEqualTo("no HTTP");
    }
  }

  @Test
  @Timeout(5)
  void whatTheBodyHoldsChangesNothing() throws Exception {
    byte[] hostile = "[".repeat(200_000).getBytes(US_ASCII);
    try (ScriptedServer server =
        new ScriptedServer((in, out) -> {
          for (String line = line(in); !line.isEmpty(); line = line(in)) {
            // Heads only.
          }
          out.write("HTTP/1.1 401 X\r\nContent-Length: 999999999999\r\n\r\n".getBytes(US_ASCII));
          out.write(hostile);
        })) {
      assertThat(run(http(server.port()), null).guard()).isEqualTo(Guard.GUARDED_UNCONFIRMED);
    }
  }

  @Test
  void noKeyStandsInTheJournalOrInTheFinding() throws Exception {
    try (ScriptedServer server = web(key -> enforcing(key, RIGHT, 401, 401))) {
      ProbeFinding finding = run(http(server.port()), RIGHT);
      intent.done(Map.of());
      assertThat(finding.toString()).doesNotContain(RIGHT).doesNotContain(shown.get(1));
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          assertThat(Files.readString(file, ISO_8859_1))
              .doesNotContain(RIGHT)
              .doesNotContain(shown.get(1));
        }
      }
    }
  }

  @ParameterizedTest(name = "{0} then {1} then {2} is {3}")
  @CsvSource({
    "-NOAUTH Authentication required.,-WRONGPASS no,+OK,GUARDED",
    "-NOAUTH Authentication required.,-ERR invalid password,+OK,GUARDED",
    "-NOAUTH Authentication required.,-WRONGPASS no,-WRONGPASS no,KEY_REFUSED",
    "-NOAUTH Authentication required.,+OK,+OK,KEY_IGNORED",
    "+PONG,+OK,+OK,OPEN",
    "-DENIED protected mode,-DENIED protected mode,-DENIED protected mode,GUARDED_UNCONFIRMED",
    "-LOADING dataset,+OK,+OK,UNKNOWN",
    "garbage,+OK,+OK,UNKNOWN"
  })
  void redisIsJudgedByTheWordOfItsError(String none, String wrong, String right, Guard guard)
      throws Exception {
    try (ScriptedServer server =
        new ScriptedServer((in, out) -> {
          String parts = line(in);
          line(in);
          boolean ping = line(in).equals("PING");
          String password = "";
          if (!ping) {
            assertThat(parts).isEqualTo("*2");
            line(in);
            password = line(in);
          }
          String answer = ping ? none : password.equals(RIGHT) ? right : wrong;
          out.write((answer + "\r\n").getBytes(US_ASCII));
        })) {
      assertThat(run(new ProbeTarget.Redis("web", server.port()), RIGHT).guard()).isEqualTo(guard);
      assertThat(server.connections()).isLessThanOrEqualTo(3);
    }
  }
}
