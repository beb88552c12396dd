package dev.quayside.app;

import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.engine.Connection;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerInspection;
import dev.quayside.engine.Engine;
import dev.quayside.engine.EngineSnapshot;
import dev.quayside.stack.LifecycleReceipt;
import dev.quayside.stack.LifecycleRequest;
import dev.quayside.stack.Stack;
import dev.quayside.ui.services.ServicesBackend;
import java.util.List;
import java.util.function.Consumer;

/** Serves the Services page of a real engine. */
final class LiveServices implements ServicesBackend {

  private final LiveParts parts;
  private final Consumer<String> browser;

  LiveServices(LiveParts parts, Consumer<String> browser) {
    this.parts = parts;
    this.browser = browser;
  }

  @Override
  public ContainerInspection inspect(ContainerId id) throws ProblemException {
    Engine engine = parts.registry().engine();
    if (engine == null) {
      throw new ProblemException(whyNot(parts.registry().feed().latest()));
    }
    return engine.inspect(id);
  }

  private static Problem whyNot(EngineSnapshot snapshot) {
    return snapshot.connection() instanceof Connection.Lost lost
        ? lost.problem()
        : NotConnected.problem();
  }

  @Override
  public Outcome<LifecycleReceipt> change(
      LifecycleRequest.Action action, String stack, List<String> services, Progress progress)
      throws ProblemException {
    Stack found = parts.stacks().group(parts.registry().feed().latest(), stack);
    return parts.lifecycle().run(new LifecycleRequest(action, found, services), progress);
  }

  @Override
  public void browse(String url) {
    browser.accept(url);
  }
}
