package dev.quayside.app;

import dev.quayside.common.Feed;
import dev.quayside.common.Messages;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Subscription;
import dev.quayside.engine.Connection;
import dev.quayside.engine.EngineSnapshot;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits until an engine has told what runs on it, or cannot be reached. */
final class FirstList {

  private static final long PATIENCE_SECONDS = 30;

  private FirstList() {}

  static EngineSnapshot await(Feed<EngineSnapshot> feed) throws ProblemException {
    CompletableFuture<EngineSnapshot> decided = new CompletableFuture<>();
    try (Subscription _ = feed.observe(snapshot -> decide(snapshot, decided))) {
      EngineSnapshot snapshot = decided.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return switch (snapshot.connection()) {
        case Connection.Lost lost -> throw new ProblemException(lost.problem());
        case Connection.Connected _, Connection.Connecting _ -> snapshot;
      };
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new ProblemException(silent(), interrupted);
    } catch (ExecutionException | TimeoutException e) {
      throw new ProblemException(silent(), e);
    }
  }

  private static void decide(EngineSnapshot snapshot, CompletableFuture<EngineSnapshot> decided) {
    boolean known = snapshot.complete() && snapshot.connection() instanceof Connection.Connected;
    if (known || snapshot.connection() instanceof Connection.Lost) {
      decided.complete(snapshot);
    }
  }

  private static Problem silent() {
    Messages messages = Messages.of("app");
    return new Problem(
        "ENGINE-SILENT",
        messages.get("silent.title"),
        messages.get("silent.happened", PATIENCE_SECONDS),
        messages.get("silent.unchanged"),
        messages.get("silent.next"),
        null,
        "");
  }
}
