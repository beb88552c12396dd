package dev.quayside.app;

import dev.quayside.common.Outcome;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.secrets.RotationPlan;
import dev.quayside.secrets.RotationReceipt;
import dev.quayside.secrets.SecretStatus;
import dev.quayside.ui.secrets.SecretsDesk;
import java.util.List;

/**
 * Puts off making the operations until one is asked for: making them asks the engine and reads the
 * catalogue.
 */
final class LazySecretsDesk implements SecretsDesk {

  private final Lazy<SecretsDesk> desk;

  LazySecretsDesk(Lazy<SecretsDesk> desk) {
    this.desk = desk;
  }

  @Override
  public List<SecretStatus> list(String stack) throws ProblemException {
    return desk.get().list(stack);
  }

  @Override
  public Outcome<RotationPlan> plan(String stack, String name) throws ProblemException {
    return desk.get().plan(stack, name);
  }

  @Override
  public Outcome<RotationReceipt> run(RotationPlan plan, Progress progress)
      throws ProblemException {
    return desk.get().run(plan, progress);
  }

  @Override
  public List<RotationReceipt> receipts(String stack) throws ProblemException {
    return desk.get().receipts(stack);
  }
}
