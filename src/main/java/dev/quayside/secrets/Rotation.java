package dev.quayside.secrets;

import dev.quayside.common.Outcome;
import dev.quayside.common.Progress;
import dev.quayside.stack.Stack;
import java.util.List;

/** Changes secrets with proof, or puts everything back. */
@SuppressWarnings("DoNotCallSuggester")
public final class Rotation {

  /** Plans a change of {@code names}; changes nothing. */
  public Outcome<RotationPlan> plan(Stack stack, List<String> names) {
    throw new UnsupportedOperationException();
  }

  /** Carries out {@code plan}. */
  public Outcome<RotationReceipt> run(RotationPlan plan, Progress progress) {
    throw new UnsupportedOperationException();
  }

  /** Finishes or puts back what a kill cut off; to be called at start. */
  public List<Recovery> recover(Progress progress) {
    throw new UnsupportedOperationException();
  }
}
