package dev.quayside.engine.socket;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.FakeEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Holds an engine that answers as a test says, and the way to it. */
abstract class SocketEngineFixture {

  static final ContainerId ID = new ContainerId("e".repeat(64));

  @TempDir Path folder;
  FakeEngine fake;

  @BeforeEach
  void start() throws IOException {
    fake = new FakeEngine(folder.resolve("engine.sock"));
  }

  @AfterEach
  void stop() throws IOException {
    fake.close();
  }

  SocketEngine connect() throws ProblemException {
    return new SocketConnector(Map.of("USER", "somebody", "PATH", "/nonexistent"))
        .connect(fake.endpoint());
  }

  static Problem problem(ThrowingCallable call) {
    CompletableFuture<Problem> found = new CompletableFuture<>();
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(ProblemException.class, e -> found.complete(e.problem()));
    return found.join();
  }
}
