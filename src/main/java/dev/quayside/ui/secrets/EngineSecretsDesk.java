package dev.quayside.ui.secrets;

import dev.quayside.common.Feed;
import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.engine.EngineSnapshot;
import dev.quayside.secrets.ReceiptShelf;
import dev.quayside.secrets.Rotation;
import dev.quayside.secrets.RotationPlan;
import dev.quayside.secrets.RotationReceipt;
import dev.quayside.secrets.SecretInventory;
import dev.quayside.secrets.SecretStatus;
import dev.quayside.stack.Stacks;
import java.io.IOException;
import java.util.List;

/** Works on the secrets of the stacks on a real engine. */
public final class EngineSecretsDesk implements SecretsDesk {

  private final Feed<EngineSnapshot> model;
  private final Stacks stacks;
  private final SecretInventory inventory;
  private final Rotation rotation;
  private final ReceiptShelf receipts;

  /** Joins the operations; {@code model} tells what runs. */
  public EngineSecretsDesk(
      Feed<EngineSnapshot> model,
      Stacks stacks,
      SecretInventory inventory,
      Rotation rotation,
      ReceiptShelf receipts) {
    this.model = model;
    this.stacks = stacks;
    this.inventory = inventory;
    this.rotation = rotation;
    this.receipts = receipts;
  }

  @Override
  public List<SecretStatus> list(String stack) throws ProblemException {
    return inventory.list(stacks.ofProject(model.latest(), stack));
  }

  @Override
  public Outcome<RotationPlan> plan(String stack, String name) throws ProblemException {
    return rotation.plan(stacks.ofProject(model.latest(), stack), List.of(name));
  }

  @Override
  public Outcome<RotationReceipt> run(RotationPlan plan, Progress progress) {
    return rotation.run(plan, progress);
  }

  @Override
  public List<RotationReceipt> receipts(String stack) throws ProblemException {
    try {
      return receipts.list(stack);
    } catch (IOException e) {
      throw new ProblemException(
          new Problem(
              "RECEIPTS-UNREADABLE",
              SecretsText.of("receipts.problem.title"),
              SecretsText.of("receipts.problem.happened"),
              SecretsText.of("receipts.problem.unchanged"),
              SecretsText.of("receipts.problem.next"),
              null,
              String.valueOf(e.getMessage())),
          e);
    }
  }
}
