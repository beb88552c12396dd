package dev.quayside.app;

import dev.quayside.common.Outcome;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.common.Secret;
import dev.quayside.stack.LifecycleReceipt;
import dev.quayside.stack.settings.EnvDifference;
import dev.quayside.stack.settings.EnvHistory;
import dev.quayside.stack.settings.EnvImpact;
import dev.quayside.stack.settings.EnvReceipt;
import dev.quayside.stack.settings.EnvTarget;
import dev.quayside.stack.settings.EnvVersion;
import dev.quayside.stack.settings.EnvView;
import dev.quayside.ui.environment.EnvListing;
import dev.quayside.ui.environment.EnvPreview;
import dev.quayside.ui.environment.EnvWish;
import dev.quayside.ui.environment.EnvironmentDesk;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts off making the operations until one is asked for: making them looks for the engine and reads
 * the catalogue.
 */
final class LazyEnvironmentDesk implements EnvironmentDesk {

  private final Lazy<EnvironmentDesk> desk;

  LazyEnvironmentDesk(Lazy<EnvironmentDesk> desk) {
    this.desk = desk;
  }

  @Override
  public EnvListing list(String stack) throws ProblemException {
    return desk.get().list(stack);
  }

  @Override
  public EnvView view(EnvTarget target) throws ProblemException {
    return desk.get().view(target);
  }

  @Override
  public boolean secret(EnvTarget target, String name) throws ProblemException {
    return desk.get().secret(target, name);
  }

  @Override
  public @Nullable Secret reveal(EnvTarget target, String name) throws ProblemException {
    return desk.get().reveal(target, name);
  }

  @Override
  public Outcome<EnvPreview> preview(EnvWish wish) throws ProblemException {
    return desk.get().preview(wish);
  }

  @Override
  public EnvImpact impact(EnvWish wish) throws ProblemException {
    return desk.get().impact(wish);
  }

  @Override
  public Outcome<EnvReceipt> save(EnvWish wish, EnvPreview shown) throws ProblemException {
    return desk.get().save(wish, shown);
  }

  @Override
  public EnvImpact impactNow(String stack) throws ProblemException {
    return desk.get().impactNow(stack);
  }

  @Override
  public Outcome<LifecycleReceipt> apply(String stack, List<String> confirmed, Progress progress)
      throws ProblemException {
    return desk.get().apply(stack, confirmed, progress);
  }

  @Override
  public EnvHistory.Found history(EnvTarget target) throws ProblemException {
    return desk.get().history(target);
  }

  @Override
  public List<EnvDifference> diff(EnvTarget target, EnvVersion older) throws ProblemException {
    return desk.get().diff(target, older);
  }
}
