package dev.quayside.app;

import dev.quayside.common.Messages;
import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerInspection;
import dev.quayside.engine.demo.DemoEngine;
import dev.quayside.journal.Intent;
import dev.quayside.journal.Journal;
import dev.quayside.journal.JournaledEngine;
import dev.quayside.stack.LifecycleReceipt;
import dev.quayside.stack.LifecycleRequest.Action;
import dev.quayside.stack.ProfileSet;
import dev.quayside.stack.ServiceResult;
import dev.quayside.ui.services.ServicesBackend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Serves the Services page of the demo: starts and stops the containers of the play, with a journal
 * of its own. What would need Compose is refused and says so.
 */
final class DemoServices implements ServicesBackend {

  private static final Duration GRACE = Duration.ofSeconds(1);

  private final DemoEngine engine;
  private final Consumer<String> browser;
  private final Lazy<Journal> journal;

  DemoServices(DemoEngine engine, Lazy<Journal> journal, Consumer<String> browser) {
    this.engine = engine;
    this.journal = journal;
    this.browser = browser;
  }

  @Override
  public ContainerInspection inspect(ContainerId id) throws ProblemException {
    return engine.inspect(id);
  }

  @Override
  public List<ProfileSet.Profile> profiles(String stack) {
    return List.of();
  }

  @Override
  public void browse(String url) {
    browser.accept(url);
  }

  @Override
  public Outcome<LifecycleReceipt> change(
      Action action,
      String stack,
      List<String> services,
      ServicesBackend.Extras extras,
      Progress progress)
      throws ProblemException {
    Messages messages = Messages.of("window");
    if (action == Action.RECREATE || action == Action.UP) {
      return new Outcome.Refused<>(
          new Problem(
              "DEMO-ONLY",
              messages.get("demo.refused.title"),
              messages.get("demo.refused.happened"),
              messages.get("demo.refused.unchanged"),
              messages.get("demo.refused.next"),
              "./quayside",
              ""));
    }
    List<ServiceResult> results = new ArrayList<>();
    int number = 1;
    for (String service : services) {
      progress.step(number++, services.size(), service);
      results.add(change(action, stack, service));
    }
    return new Outcome.Done<>(
        new LifecycleReceipt(action, stack, results, List.of(), journal.get().head()));
  }

  private ServiceResult change(Action action, String stack, String service)
      throws ProblemException {
    JournaledEngine control = new JournaledEngine(engine.control());
    ServiceResult.Reached reached = ServiceResult.Reached.LEFT_ALONE;
    for (Container container : engine.list()) {
      if (!service.equals(container.service()) || !stack.equals(project(container))) {
        continue;
      }
      Intent intent = journal.get().begin("demo", service, Map.of());
      switch (action) {
        case STOP -> control.stop(intent, container.id(), GRACE);
        case RESTART -> control.restart(intent, container.id(), GRACE);
        case START, UP, RECREATE -> control.start(intent, container.id());
      }
      intent.done(Map.of());
      reached =
          action == Action.STOP ? ServiceResult.Reached.STOPPED : ServiceResult.Reached.RUNNING;
    }
    return new ServiceResult(service, reached, "", Duration.ZERO);
  }

  private static String project(Container container) {
    String project = container.project();
    return project == null ? "" : project;
  }
}
