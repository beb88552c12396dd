package dev.quayside.secrets;

import dev.quayside.common.ProblemException;
import dev.quayside.stack.Stack;
import java.util.List;

/** Lists the secrets of a stack; reads only. */
@SuppressWarnings("DoNotCallSuggester")
public final class SecretInventory {

  /** Lists the secrets of {@code stack} in the order of their names. */
  public List<SecretStatus> list(Stack stack) throws ProblemException {
    throw new UnsupportedOperationException();
  }
}
