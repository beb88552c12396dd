package dev.quayside.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.ProblemException;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.FakeEngine;
import dev.quayside.engine.socket.SocketConnector;
import dev.quayside.engine.socket.SocketEngine;
import dev.quayside.stack.ServiceResult.Reached;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerWatchTest {

  private static final ContainerId ID = new ContainerId("a".repeat(64));

  @TempDir Path folder;
  private FakeEngine fake;
  private SocketEngine engine;
  private ContainerWatch watch;
  private long nanos;

  @BeforeEach
  void start() throws Exception {
    fake = new FakeEngine(folder.resolve("engine.sock"));
    engine = new SocketConnector(Map.of()).connect(fake.endpoint());
    watch = new ContainerWatch(engine, () -> nanos);
  }

  @AfterEach
  void stop() throws Exception {
    engine.close();
    fake.close();
  }

  @Test
  void aServiceWithoutHealthCheckRunsOnceItHasRunForASecond() throws Exception {
    runs("2026-01-01T00:00:00Z", 0);
    assertThat(look()).isNull();
    pass(Duration.ofMillis(999));
    assertThat(look()).isNull();
    pass(Duration.ofMillis(1));
    assertThat(look()).isEqualTo(Reached.RUNNING);
  }

  @Test
  void aServiceThatWasRestartedBetweenTwoLooksIsNotYetCalledRunning() throws Exception {
    runs("2026-01-01T00:00:00Z", 0);
    assertThat(look()).isNull();
    pass(Duration.ofMillis(1_100));
    runs("2026-01-01T00:00:01Z", 1);
    assertThat(look()).as("seen running twice, but it is another run").isNull();
    assertThat(look()).isNull();
    pass(Duration.ofMillis(1_100));
    assertThat(look()).isEqualTo(Reached.RUNNING);
  }

  @Test
  void aServiceThatKeepsEndingIsGivenUp() throws Exception {
    runs("2026-01-01T00:00:00Z", 0);
    assertThat(look()).isNull();
    pass(Duration.ofMillis(1_100));
    runs("2026-01-01T00:00:01Z", 3);
    assertThat(look()).isEqualTo(Reached.EXITED);
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
  }

  private void runs(String since, int restarts) {
    fake.on(
        "/containers/" + ID.value() + "/json",
        exchange ->
            exchange.json(
                200,
                """
                {"Id":"%s","Name":"/web","RestartCount":%d,
                 "State":{"Status":"running","Pid":7,"StartedAt":"%s"}}
                """
                    .formatted(ID.value(), restarts, since)));
  }

  private Reached look() throws ProblemException {
    Container container = engine.read(ID);
    ContainerWatch.Sight sight = watch.look(container, false);
    return sight == null ? null : sight.reached();
  }
}
