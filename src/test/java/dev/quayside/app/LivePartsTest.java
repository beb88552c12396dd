package dev.quayside.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.backup.StackHold;
import dev.quayside.common.Outcome;
import dev.quayside.common.Progress;
import dev.quayside.common.Settings;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.FakeEngine;
import dev.quayside.stack.LifecycleRequest;
import dev.quayside.stack.LifecycleRequest.Action;
import dev.quayside.stack.Stack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
  void nothingOfAStackIsStartedWhileItIsRestored() throws Exception {
    Stack shop = new Stack("shop", "generic", "", null, List.of());
    try (FakeEngine engine = new FakeEngine(folder.resolve("engine.sock"));
        LiveParts parts =
            new LiveParts(engine.endpoint().address(), null, folder, _ -> Settings.usual())) {
      Path record = StackHold.folder(parts.home()).resolve(StackHold.name("shop") + ".json");
      Files.createDirectories(record.getParent());
      Files.writeString(record, "{\"phase\":\"SWAPPING\"}");
      LifecycleRequest start = new LifecycleRequest(Action.START, shop, List.of());

      assertThat(parts.lifecycle().run(start, Progress.none()))
          .isInstanceOfSatisfying(
              Outcome.Refused.class,
              refused -> assertThat(refused.problem().code()).isEqualTo("STACK-RESTORING"));
      for (String inUse : List.of("LANDED", "ACCEPTING", "CLEARING")) {
        Files.writeString(record, "{\"phase\":\"" + inUse + "\"}");
        assertThat(parts.lifecycle().run(start, Progress.none()))
            .isNotInstanceOf(Outcome.Refused.class);
      }
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
