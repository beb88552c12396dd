package dev.quayside.ui.secrets;

import dev.quayside.common.Outcome;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.secrets.RotationPlan;
import dev.quayside.secrets.RotationReceipt;
import dev.quayside.secrets.SecretStatus;
import java.util.List;

/**
 * Offers the operations on the secrets of a stack that the page needs: on the real engine, or
 * scripted for the demo. All methods may block.
 */
public interface SecretsDesk {

  /** Lists the secrets of the stack called {@code stack}. */
  List<SecretStatus> list(String stack) throws ProblemException;

  /** Plans a change of the secret {@code name}; changes nothing. */
  Outcome<RotationPlan> plan(String stack, String name) throws ProblemException;

  /** Carries out {@code plan}. */
  Outcome<RotationReceipt> run(RotationPlan plan, Progress progress) throws ProblemException;

  /** Lists the receipts of the stack called {@code stack}, newest first. */
  List<RotationReceipt> receipts(String stack) throws ProblemException;
}
