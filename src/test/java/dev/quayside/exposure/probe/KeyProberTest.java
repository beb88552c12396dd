package dev.quayside.exposure.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.catalogue.KeyProbe;
import dev.quayside.common.Home;
import dev.quayside.common.Secret;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerInspection;
import dev.quayside.engine.ContainerState;
import dev.quayside.engine.Engine;
import dev.quayside.engine.EngineControl;
import dev.quayside.engine.EngineInfo;
import dev.quayside.engine.ExecRequest;
import dev.quayside.engine.Health;
import dev.quayside.exposure.probe.ProbeAnswer.Credential;
import dev.quayside.exposure.probe.ProbeAnswer.Verdict;
import dev.quayside.journal.Intent;
import dev.quayside.journal.Journal;
import dev.quayside.journal.JournaledEngine;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** This host sends a key to a bridge address only where that bridge is its own. */
class KeyProberTest {

  @TempDir private Path folder;
  private final AtomicInteger asked = new AtomicInteger();
  private ServerSocket stranger;
  private Intent intent;

  @BeforeEach
  void setUp() throws Exception {
    stranger = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::answer);
    Home home = new Home(folder.resolve("c"), folder.resolve("s"), folder.resolve("h"));
    intent = Journal.open(home, InstantSource.system()).begin("rotate", "demo", Map.of());
  }

  @AfterEach
  void tearDown() throws IOException {
    stranger.close();
  }

  private void answer() {
    while (!stranger.isClosed()) {
      try (Socket socket = stranger.accept()) {
        asked.incrementAndGet();
        InputStream in = socket.getInputStream();
        in.read();
        OutputStream out = socket.getOutputStream();
        out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      } catch (IOException closed) {
        // The test is over.
      }
    }
  }

  private ProbeAnswer ask(boolean local) throws Exception {
    EngineControl none =
        (EngineControl)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {EngineControl.class},
                (proxy, method, arguments) -> {
                  throw new UnsupportedOperationException(method.getName());
                });
    KeyProber prober =
        new KeyProber(PlayedEngine.with("web", "/x", local), new JournaledEngine(none), "demo");
    KeyProbe probe =
        new KeyProbe(
            "web", stranger.getLocalPort(), "/", "K", "", Set.of(200), Set.of(401), "test");
    try (Secret key = Secret.owning("key".toCharArray())) {
      return prober.ask(intent, probe, Credential.OLD, key);
    }
  }

  @Test
  void aRemoteEnginesAddressIsNotAskedFromHere() throws Exception {
    ProbeAnswer answer = ask(false);
    assertThat(answer.verdict()).isEqualTo(Verdict.UNCLEAR);
    assertThat(answer.from()).contains("another machine");
    assertThat(asked).hasValue(0);
  }

  @Test
  void aPeerConnectsToTheVeryContainerAndNeverToAName() throws Exception {
    Container once = container("run", "web", Map.of("com.docker.compose.oneoff", "True"));
    Container web = container("web-1", "web", Map.of());
    Container peer = container("peer-1", "client", Map.of());
    List<List<String>> commands = new CopyOnWriteArrayList<>();
    EngineControl control =
        (EngineControl)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {EngineControl.class},
                (proxy, method, arguments) -> {
                  commands.add(((ExecRequest) arguments[0]).command());
                  throw new IllegalStateException("no such program");
                });
    Engine engine =
        (Engine)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Engine.class},
                (proxy, method, arguments) ->
                    switch (method.getName()) {
                      case "info" ->
                          new EngineInfo("x", "1", "1", "linux", "x", "2", "", false, false, "");
                      case "list" -> List.of(once, web, peer);
                      case "inspect" -> inspection(arguments[0].equals(web.id()) ? web : once);
                      default -> throw new UnsupportedOperationException(method.getName());
                    });
    KeyProber prober = new KeyProber(engine, new JournaledEngine(control), "demo");
    KeyProbe probe = new KeyProbe("web", 8000, "/", "K", "", Set.of(200), Set.of(401), "test");

    assertThat(prober.ask(intent, probe, Credential.NONE, null).verdict())
        .isEqualTo(Verdict.UNCLEAR);

    assertThat(commands)
        .isNotEmpty()
        .allSatisfy(words ->
            assertThat(words.subList(words.size() - 2, words.size()))
                .containsExactly("172.30.0.9", "8000"));
  }

  private static Container container(String name, String service, Map<String, String> more) {
    Map<String, String> labels = new HashMap<>(more);
    labels.put(Container.PROJECT, "demo");
    labels.put(Container.SERVICE, service);
    return new Container(
        new ContainerId(name),
        name,
        "image",
        "sha256:1",
        ContainerState.RUNNING,
        Health.NONE,
        Instant.EPOCH,
        List.of(),
        labels,
        List.of("shared"),
        null);
  }

  private static ContainerInspection inspection(Container of) {
    String address = of.name().equals("web-1") ? "172.30.0.9" : "172.30.0.66";
    return new ContainerInspection(
        of,
        List.of(),
        "",
        "no",
        false,
        false,
        List.of(),
        List.of(),
        List.of(
            new ContainerInspection.Attachment("private", "172.31.0.9", "", List.of()),
            new ContainerInspection.Attachment("shared", address, "", List.of())),
        List.of());
  }

  @Test
  void aLocalEnginesAddressIs() throws Exception {
    assertThat(ask(true).verdict()).isEqualTo(Verdict.ACCEPTED);
    assertThat(asked).hasValue(1);
  }
}
