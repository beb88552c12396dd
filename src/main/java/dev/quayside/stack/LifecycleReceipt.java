package dev.quayside.stack;

import java.util.List;

/**
 * Proves what a change of state did.
 *
 * @param action what was asked
 * @param stack its name
 * @param services one result per service, in the order of the request
 * @param notes what the operator should know besides, for people: whether a model fits its GPU
 * @param journalHead hash of the newest journal entry when the work ended; empty where the journal
 *     could not be read any more
 */
public record LifecycleReceipt(
    LifecycleRequest.Action action,
    String stack,
    List<ServiceResult> services,
    List<String> notes,
    String journalHead) {

  /** Makes the lists immutable. */
  public LifecycleReceipt {
    services = List.copyOf(services);
    notes = List.copyOf(notes);
  }
}
