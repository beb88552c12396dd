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
import dev.quayside.secrets.GenerationReceipt;
import dev.quayside.stack.LifecycleReceipt;
import dev.quayside.stack.LifecycleRequest;
import dev.quayside.stack.ProfileSet;
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
      LifecycleRequest.Action action,
      String stack,
      List<String> services,
      ServicesBackend.Extras extras,
      Progress progress)
      throws ProblemException {
    Stack found = found(stack);
    if (extras.generate()) {
      switch (parts.generation().run(found, services)) {
        case Outcome.Failed<GenerationReceipt>(Problem why) -> {
          return new Outcome.Failed<>(why);
        }
        case Outcome.Refused<GenerationReceipt>(Problem why) -> {
          return new Outcome.Refused<>(why);
        }
        case Outcome.Attention<GenerationReceipt>(GenerationReceipt receipt, Problem why) -> {
          // Nothing is started on a file that is not as it was meant.
          return new Outcome.Attention<>(
              new LifecycleReceipt(
                  action, found.name(), List.of(), List.of(), receipt.journalHead()),
              why);
        }
        case Outcome.Done<GenerationReceipt> _, Outcome.Found<GenerationReceipt> _ -> {
          // Whether anything is still missing is asked again below.
        }
      }
    }
    LifecycleRequest request = new LifecycleRequest(action, found, services);
    return parts.lifecycle().run(extras.swap() ? request.swapping() : request, progress);
  }

  @Override
  public List<ProfileSet.Profile> profiles(String stack) throws ProblemException {
    return parts.lifecycle().profiles(found(stack));
  }

  /** Returns the stack of the project, or for an empty one the containers without a stack. */
  private Stack found(String project) throws ProblemException {
    EngineSnapshot now = parts.registry().feed().latest();
    return project.isEmpty()
        ? parts.stacks().group(now, project)
        : parts.stacks().ofProject(now, project);
  }

  @Override
  public void browse(String url) {
    browser.accept(url);
  }
}
