package dev.quayside.engine.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Problem;
import dev.quayside.common.Subscription;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.EngineEvent;
import dev.quayside.engine.FakeEngine;
import dev.quayside.engine.Health;
import dev.quayside.engine.Network;
import dev.quayside.engine.RawStats;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SocketEngineTest extends SocketEngineFixture {

  @Test
  void theEngineTellsWhereItKeepsItsData() throws Exception {
    try (SocketEngine silent = connect()) {
      assertThat(silent.info().dataFolder()).isEmpty();
    }
    fake.on(
        "/info",
        exchange -> exchange.json(200, "{\"Name\":\"x\",\"DockerRootDir\":\"/srv/docker\"}"));
    try (SocketEngine engine = connect()) {
      assertThat(engine.info().dataFolder()).isEqualTo("/srv/docker");
    }
  }

  @ParameterizedTest
  @CsvSource({"1.41, 1.41", "1.45, 1.45", "1.52, 1.52", "1.60, 1.52"})
  void speaksTheLowerOfBothVersions(String theirs, String spoken) throws Exception {
    version("{\"Version\":\"x\",\"ApiVersion\":\"" + theirs + "\",\"MinAPIVersion\":\"1.24\"}");

    try (SocketEngine engine = connect()) {
      assertThat(engine.info().apiVersion()).isEqualTo(spoken);
      engine.list();
    }
    assertThat(fake.requests().getFirst())
        .as("the first question names no version")
        .isEqualTo("GET /version");
    assertThat(fake.requests()).contains("GET /v" + spoken + "/containers/json?all=1");
  }

  @ParameterizedTest
  @CsvSource({
    "1.40, 1.12, ENGINE-TOO-OLD",
    "1.99, 1.60, ENGINE-TOO-NEW",
    "one, 1.12, ENGINE-GARBLED"
  })
  void aVersionThatWeDoNotSpeakIsAProblemOfItsOwn(String newest, String oldest, String code) {
    version(
        "{\"Version\":\"18.9\",\"ApiVersion\":\""
            + newest
            + "\",\"MinAPIVersion\":\""
            + oldest
            + "\"}");

    assertThat(problem(this::connect).code()).isEqualTo(code);
  }

  private void version(String json) {
    fake.on("/version", exchange -> exchange.json(200, json));
  }

  @Test
  void twoVersionsOfAnEngineAtOnceAreSpokenToEachInItsOwn() throws Exception {
    try (FakeEngine older = new FakeEngine(folder.resolve("older.sock"))) {
      older.on(
          "/version",
          exchange -> exchange.json(200, "{\"Version\":\"20.10\",\"ApiVersion\":\"1.41\"}"));
      try (SocketEngine one = connect();
          SocketEngine two = new SocketConnector(Map.of()).connect(older.endpoint())) {
        one.list();
        two.list();
      }
      assertThat(older.requests()).contains("GET /v1.41/containers/json?all=1");
      assertThat(fake.requests()).contains("GET /v1.50/containers/json?all=1");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "404, CONTAINER-GONE",
    "409, CONTAINER-CONFLICT",
    "500, ENGINE-REFUSED",
    "503, ENGINE-REFUSED"
  })
  void aRefusalIsWordedByItsStatus(int status, String code) throws Exception {
    fake.on(
        "/containers/" + ID.value() + "/json",
        exchange -> exchange.json(status, "{\"message\":\"the words\"}"));

    try (SocketEngine engine = connect()) {
      Problem problem = problem(() -> engine.read(ID));
      assertThat(problem.code()).isEqualTo(code);
      assertThat(problem.happened()).contains("the words");
    }
  }

  @Test
  void garbageIsSaidToBeNoEngine() {
    fake.on("/version", exchange -> exchange.raw("SSH-2.0-OpenSSH_9.2\r\n"));

    assertThat(problem(this::connect).code()).isEqualTo("ENGINE-GARBLED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.41", "1.47", "1.52"})
  void theNetworksAreReadWithWhatDecidesWhoReachesTheirContainers(String api) throws Exception {
    version("{\"Version\":\"x\",\"ApiVersion\":\"" + api + "\",\"MinAPIVersion\":\"1.24\"}");
    fake.on(
        "/networks",
        exchange ->
            exchange.json(
                200,
                """
                [{"Name":"plain","Id":"1","Driver":"bridge","EnableIPv6":false,"Options":{}},
                 {"Name":"routed","Id":"2","Driver":"bridge","EnableIPv4":true,"EnableIPv6":true,"Options":{
                  "com.docker.network.bridge.gateway_mode_ipv4":"nat",
                  "com.docker.network.bridge.gateway_mode_ipv6":"routed"}},
                 {"Name":"off","Id":"3","Driver":"bridge","EnableIPv6":false,"Options":{
                  "com.docker.network.bridge.gateway_mode_ipv6":"routed"}},
                 {"Name":"lan","Id":"4","Driver":"macvlan","Options":{"parent":"eth0"},"ConfigFrom":{"Network":""}},
                 {"Name":"alone","Id":"5","Driver":"ipvlan","Options":null},
                 {"Name":"made","Id":"6","Driver":"macvlan","Options":{},"ConfigFrom":{"Network":"base"}},
                 {"Name":"none","Id":"7","Driver":"null","Options":{}},
                 {}]
                """));
    try (SocketEngine engine = connect()) {
      assertThat(engine.networks())
          .containsExactly(
              new Network("1", "plain", "bridge", "", "", false),
              new Network("2", "routed", "bridge", "nat", "routed", false),
              new Network("3", "off", "bridge", "", "", false),
              new Network("4", "lan", "macvlan", "", "", false),
              new Network("5", "alone", "ipvlan", "", "", true),
              new Network("6", "made", "macvlan", "", "", false),
              new Network("7", "none", "null", "", "", false),
              new Network("", "", "", "", "", false));
    }
    assertThat(fake.requests()).contains("GET /v" + api + "/networks");
  }

  @Test
  void theVolumesOfAProjectAreReadByTheNamesOfItsFiles() throws Exception {
    fake.on(
        "/volumes",
        exchange ->
            exchange.json(
                200,
                """
                {"Volumes":[
                 {"Name":"p_data","Labels":{"com.docker.compose.project":"p","com.docker.compose.volume":"data"}},
                 {"Name":"q_data","Labels":{"com.docker.compose.project":"q","com.docker.compose.volume":"other"}},
                 {"Name":"bare","Labels":null}],"Warnings":null}
                """));
    try (SocketEngine engine = connect()) {
      assertThat(engine.volumes("p")).containsExactly("data");
    }
    fake.on("/volumes", exchange -> exchange.json(200, "{\"Volumes\":null}"));
    try (SocketEngine engine = connect()) {
      assertThat(engine.volumes("p")).isEmpty();
    }
  }

  @Test
  void theFoldersOfVolumesAreThoseOfTheHost() throws Exception {
    fake.on(
        "/volumes",
        exchange ->
            exchange.json(
                200,
                """
                {"Volumes":[
                 {"Name":"plain","Mountpoint":"/var/lib/docker/volumes/plain/_data","Options":null},
                 {"Name":"bound","Mountpoint":"/v/bound/_data",
                  "Options":{"type":"none","o":"bind","device":"/srv/data"}},
                 {"Name":"memory","Mountpoint":"/v/memory/_data",
                  "Options":{"type":"tmpfs","device":"tmpfs"}},
                 {"Name":"plugin","Mountpoint":""}]}
                """));
    try (SocketEngine engine = connect()) {
      assertThat(engine.volumeFolders())
          .isEqualTo(
              Map.of(
                  "plain", Set.of("/var/lib/docker/volumes/plain/_data"),
                  "bound", Set.of("/v/bound/_data", "/srv/data"),
                  "memory", Set.of("/v/memory/_data"),
                  "plugin", Set.of()));
    }
  }

  @Test
  void aListOfNetworksThatIsNoneIsGarbled() throws Exception {
    fake.on("/networks", exchange -> exchange.json(200, "{}"));
    try (SocketEngine engine = connect()) {
      assertThat(problem(engine::networks).code()).isEqualTo("ENGINE-GARBLED");
    }
  }

  @Test
  void aCutAnswerIsNotTakenForAShortOne() throws Exception {
    fake.on(
        "/containers/json",
        exchange -> {
          exchange.raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[");
          throw new IOException("cut");
        });

    try (SocketEngine engine = connect()) {
      assertThat(problem(engine::list).code()).isEqualTo("ENGINE-GARBLED");
    }
  }

  @Test
  void anEngineThatDoesNotAnswerIsGivenUpInTime() throws Exception {
    try (SocketEngine engine = connect()) {
      fake.freeze();

      assertThat(problem(engine::ping).code()).isEqualTo("ENGINE-NO-ANSWER");
      assertThat(engine.openLines()).as("nothing is left behind").isZero();
    }
  }

  @Test
  void anIdleConnectionThatTheEngineClosedIsReplacedUnseen() throws Exception {
    try (SocketEngine engine = connect()) {
      engine.list();
      fake.cutAll();

      assertThat(engine.list()).isEmpty();
    }
  }

  @Test
  void connectionsAreUsedAgainAndNoneLeaks() throws Exception {
    try (SocketEngine engine = connect()) {
      for (int i = 0; i < 50; i++) {
        engine.list();
        problem(() -> engine.read(ID));
      }

      assertThat(engine.openLines()).isEqualTo(1);
    }
  }

  @Test
  void twentyStreamsLeaveNothingBehind() throws Exception {
    try (SocketEngine engine = connect()) {
      List<Subscription> streams = new java.util.ArrayList<>();
      for (int i = 0; i < 20; i++) {
        streams.add(engine.events(event -> {}, problem -> {}));
      }
      assertThat(engine.openLines()).isGreaterThanOrEqualTo(20);

      streams.forEach(Subscription::close);

      assertThat(engine.openLines()).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void eventsAreReadAndAnEndIsToldOnce() throws Exception {
    LinkedBlockingQueue<EngineEvent> events = new LinkedBlockingQueue<>();
    LinkedBlockingQueue<Problem> ends = new LinkedBlockingQueue<>();
    fake.on(
        "/events",
        exchange -> {
          exchange.startChunks();
          exchange.chunk(
              "{\"Type\":\"container\",\"Action\":\"health_status:"
                  + " unhealthy\",\"Actor\":{\"ID\":\"x\"");
          exchange.chunk(
              ",\"Attributes\":{\"name\":\"\\u001b[1m\",\"n\":1}},\"timeNano\":1,\"new\":[{}]}\n\n"
                  + "{\"Type\":\"image\"}\n");
          exchange.raw("0\r\n\r\n");
        });
    try (SocketEngine engine = connect()) {
      Subscription stream = engine.events(events::add, end -> ends.add(end.problem()));

      EngineEvent event = events.poll(20, TimeUnit.SECONDS);
      assertThat(event.kind()).isEqualTo(EngineEvent.Kind.HEALTH);
      assertThat(event.health()).isEqualTo(Health.UNHEALTHY);
      assertThat(event.attributes()).containsExactly(Map.entry("name", "\u001b[1m"));
      assertThat(ends.poll(20, TimeUnit.SECONDS).code()).isEqualTo("ENGINE-LOST");
      stream.close();
      assertThat(ends).isEmpty();
    }
  }

  @Test
  void closingAStreamIsNoEndOfIt() throws Exception {
    LinkedBlockingQueue<Problem> ends = new LinkedBlockingQueue<>();
    SocketEngine engine = connect();
    engine.events(event -> {}, end -> ends.add(end.problem())).close();
    engine.close();

    assertThat(ends).isEmpty();
  }

  @Test
  void whatIsMissingOrOfAnotherKindIsUnknown() throws Exception {
    fake.on(
        "/containers/json",
        exchange ->
            exchange.json(
                200,
                "[{\"Id\":\"a\"},{\"Id\":\"b\",\"Names\":null,"
                    + "\"State\":7,\"Ports\":{},\"Labels\":[],\"Created\":\"soon\",\"Surprise\":{\"x\":[1,2.5,1e400,null]}},{}]"));

    try (SocketEngine engine = connect()) {
      assertThat(engine.list())
          .hasSize(2)
          .allSatisfy(container -> assertThat(container.ports()).isEmpty());
    }
  }

  @Test
  void namesFullOfControlCharactersSurvive() throws Exception {
    fake.on(
        "/containers/json",
        exchange ->
            exchange.json(
                200,
                "[{\"Id\":\"a\",\"Names\":[\"/other/alias\",\"/a\\u0000\\u001b]0;x\\u0007\\u202e\"],"
                    + "\"Labels\":{\"k\\n\":\"v\\r\"}}]"));

    try (SocketEngine engine = connect()) {
      Container container = engine.list().getFirst();
      assertThat(container.name()).isEqualTo("a\u0000\u001b]0;x\u0007\u202e");
      assertThat(container.labels()).containsEntry("k\n", "v\r");
    }
  }

  @Test
  void anIdIsNeverMoreThanOnePartOfThePath() throws Exception {
    try (SocketEngine engine = connect()) {
      problem(() -> engine.read(new ContainerId("../../info?x=\r\nHost: evil")));
    }

    assertThat(fake.requests().getLast())
        .isEqualTo("GET /v1.50/containers/..%2F..%2Finfo%3Fx%3D%0D%0AHost%3A+evil/json");
  }

  @Test
  void countersThatTheEngineLeavesOutAreUnknown() throws Exception {
    fake.on(
        "/containers/" + ID.value() + "/stats",
        exchange ->
            exchange.json(
                200,
                "{\"read\":\"2026-11-22T12:00:00Z\",\"cpu_stats\":{\"cpu_usage\":{\"total_usage\":5}},"
                    + "\"memory_stats\":{\"usage\":100,\"stats\":{\"inactive_file\":30}},\"blkio_stats\":{\"io_service_bytes_recursive\":null}}"));

    try (SocketEngine engine = connect()) {
      RawStats stats = engine.stats(ID);
      assertThat(stats.cpuNanos()).hasValue(5);
      assertThat(stats.memoryCache()).hasValue(30);
      assertThat(stats.networkReceived()).isEmpty();
      assertThat(stats.blockRead()).isEmpty();
    }
    assertThat(fake.requests().getLast()).contains("stream=0&one-shot=1");
  }
}
