package dev.quayside.secrets;

import dev.quayside.common.ProblemException;
import java.io.IOException;
import java.util.Map;

/**
 * Completes a run whose effect is proven: receipt, destruction of the copy, outcome. May be called
 * again after a kill.
 */
final class Completion {

  private final RotationSession session;

  Completion(RotationSession session) {
    this.session = session;
  }

  void run(RotationRecord record, String stack) throws ProblemException, IOException {
    RotationStore store = session.store();
    store.publishReceipt(record.id());
    session.reached(RotationSteps.RECEIPT_WRITTEN);
    store.destroyCopies(record.id());
    session.reached(RotationSteps.COPY_DESTROYED);
    session
        .intent()
        .done(
            Map.of(
                "secrets",
                String.join(" ", record.names()),
                "stack",
                stack,
                "receipt",
                store.receiptPath(record.id()).toString(),
                "receiptHash",
                store.receiptHash(record.id())));
    session.reached(RotationSteps.OUTCOME_RECORDED);
    store.remove(record.id());
  }
}
