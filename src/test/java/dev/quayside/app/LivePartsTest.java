package dev.quayside.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Settings;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.FakeEngine;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LivePartsTest {

  private static final ContainerId ID = new ContainerId("e".repeat(64));

  @TempDir Path folder;

  @Test
  void closingGivesUpTheConnectionsOfTheChangesToo() throws Exception {
    CompletableFuture<Boolean> gone = new CompletableFuture<>();
    try (FakeEngine engine = new FakeEngine(folder.resolve("engine.sock"))) {
      engine.on(
          "/containers/" + ID.value() + "/start",
          exchange -> {
            exchange.raw("HTTP/1.1 204 No Content\r\n\r\n");
            try {
              exchange.silence();
            } finally {
              gone.complete(true);
            }
          });
      LiveParts parts =
          new LiveParts(engine.endpoint().address(), null, folder, _ -> Settings.usual());
      parts.docker().start(ID);
      assertThat(gone).isNotDone();
      parts.close();

      assertThat(gone.get(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void theSavedEngineIsUsedByTheCommandLineToo() throws Exception {
    try (FakeEngine engine = new FakeEngine(folder.resolve("engine.sock"));
        LiveParts parts =
            new LiveParts(
                null,
                null,
                folder,
                _ -> Settings.usual().withEngine(engine.endpoint().address()),
                Map.of("HOME", folder.toString()))) {
      assertThat(parts.compose()).isNotNull();

      assertThat(engine.requests()).contains("GET /version");
    }
  }
}
