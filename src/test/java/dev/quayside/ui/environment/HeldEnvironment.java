package dev.quayside.ui.environment;

import dev.quayside.common.Outcome;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.common.Secret;
import dev.quayside.stack.LifecycleReceipt;
import dev.quayside.stack.LifecycleRequest;
import dev.quayside.stack.ServiceResult;
import dev.quayside.stack.settings.EnvDifference;
import dev.quayside.stack.settings.EnvHistory;
import dev.quayside.stack.settings.EnvImpact;
import dev.quayside.stack.settings.EnvReceipt;
import dev.quayside.stack.settings.EnvTarget;
import dev.quayside.stack.settings.EnvVersion;
import dev.quayside.stack.settings.EnvView;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** Applies as a script says, and stops in the first step until it may go on. */
public final class HeldEnvironment implements EnvironmentDesk {

  private static final List<String> SERVICES = List.of("litellm", "open-webui");

  private final EnvironmentDesk desk;
  private final CountDownLatch goOn = new CountDownLatch(1);
  private final List<String> applied = new CopyOnWriteArrayList<>();

  /** Answers everything else as {@code desk} does. */
  public HeldEnvironment(EnvironmentDesk desk) {
    this.desk = desk;
  }

  /** Lets the apply go on. */
  public void goOn() {
    goOn.countDown();
  }

  /** Returns the stacks that were applied to. */
  public List<String> applied() {
    return applied;
  }

  @Override
  public EnvImpact impactNow(String stack) {
    return new EnvImpact(
        SERVICES, List.of("open-webui"), List.of("n8n"), List.of(), List.of("qdrant"), null);
  }

  @Override
  public Outcome<LifecycleReceipt> apply(String stack, List<String> confirmed, Progress progress) {
    progress.step(1, 2, "litellm");
    try {
      goOn.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    applied.add(stack + " " + confirmed);
    return new Outcome.Done<>(
        new LifecycleReceipt(
            LifecycleRequest.Action.RECREATE,
            stack,
            SERVICES.stream()
                .map(one ->
                    new ServiceResult(
                        one, ServiceResult.Reached.HEALTHY, "", Duration.ofSeconds(3)))
                .toList(),
            List.of(),
            ""));
  }

  @Override
  public EnvListing list(String stack) throws ProblemException {
    return desk.list(stack);
  }

  @Override
  public EnvView view(EnvTarget target) throws ProblemException {
    return desk.view(target);
  }

  @Override
  public boolean secret(EnvTarget target, String name) throws ProblemException {
    return desk.secret(target, name);
  }

  @Override
  public Secret reveal(EnvTarget target, String name) throws ProblemException {
    return desk.reveal(target, name);
  }

  @Override
  public Outcome<EnvPreview> preview(EnvWish wish) throws ProblemException {
    return desk.preview(wish);
  }

  @Override
  public EnvImpact impact(EnvWish wish) throws ProblemException {
    return desk.impact(wish);
  }

  @Override
  public Outcome<EnvReceipt> save(EnvWish wish, EnvPreview shown) throws ProblemException {
    return desk.save(wish, shown);
  }

  @Override
  public EnvHistory.Found history(EnvTarget target) throws ProblemException {
    return desk.history(target);
  }

  @Override
  public List<EnvDifference> diff(EnvTarget target, EnvVersion older) throws ProblemException {
    return desk.diff(target, older);
  }
}
