package dev.quayside.app;

import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.common.Waiting;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerInspection;
import dev.quayside.stack.LifecycleReceipt;
import dev.quayside.stack.LifecycleRequest;
import dev.quayside.stack.ProfileSet;
import dev.quayside.ui.services.ServicesBackend;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Notes what is asked of services; each change goes on until it is cancelled, then says so. */
final class HeldServices implements ServicesBackend {

  static final Problem CANCELLED =
      new Problem(
          "CANCELLED", "Cancelled at a step", "You asked.", "Nothing was changed.", "", null, "");

  private final List<String> changes = new CopyOnWriteArrayList<>();
  private final ServicesBackend others;

  HeldServices(ServicesBackend others) {
    this.others = others;
  }

  /** Returns what was asked, for example {@code STOP vllm}. */
  List<String> changes() {
    return changes;
  }

  @Override
  public ContainerInspection inspect(ContainerId id) throws ProblemException {
    return others.inspect(id);
  }

  @Override
  public Outcome<LifecycleReceipt> change(
      LifecycleRequest.Action action,
      String stack,
      List<String> services,
      ServicesBackend.Extras extras,
      Progress progress)
      throws ProblemException {
    changes.add(action + " " + String.join(",", services));
    progress.step(1, 2, String.join(",", services));
    Waiting.until(progress::cancelled, Duration.ofMinutes(2), Duration.ofMillis(5));
    return new Outcome.Failed<>(CANCELLED);
  }

  @Override
  public List<ProfileSet.Profile> profiles(String stack) {
    return List.of();
  }

  @Override
  public void browse(String url) {}
}
