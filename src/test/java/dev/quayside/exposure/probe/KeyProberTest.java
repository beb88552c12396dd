package dev.quayside.exposure.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.catalogue.KeyProbe;
import dev.quayside.common.Home;
import dev.quayside.common.Secret;
import dev.quayside.engine.EngineControl;
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
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
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
  void aLocalEnginesAddressIs() throws Exception {
    assertThat(ask(true).verdict()).isEqualTo(Verdict.ACCEPTED);
    assertThat(asked).hasValue(1);
  }
}
