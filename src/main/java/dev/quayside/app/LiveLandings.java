package dev.quayside.app;

import dev.quayside.backup.landing.LandingPlan;
import dev.quayside.backup.landing.LandingReceipt;
import dev.quayside.backup.landing.LandingRequest;
import dev.quayside.backup.landing.PendingLandings;
import dev.quayside.common.Outcome;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.ui.backups.LandingDesk;
import dev.quayside.ui.backups.LandingOrder;
import java.util.List;

/** Restores archives over the stacks of the real engine. */
final class LiveLandings implements LandingDesk {

  private final LiveParts parts;

  LiveLandings(LiveParts parts) {
    this.parts = parts;
  }

  @Override
  public Outcome<LandingPlan> plan(LandingOrder order) throws ProblemException {
    return parts.backups().stackRestore().plan(request(order));
  }

  @Override
  public Outcome<LandingReceipt> land(LandingOrder order, Progress progress)
      throws ProblemException {
    return parts.backups().stackRestore().run(request(order), progress);
  }

  @Override
  public Outcome<LandingReceipt> undo(String stack) throws ProblemException {
    return parts.backups().stackRestore().undo(stack);
  }

  @Override
  public Outcome<LandingReceipt> accept(String stack) throws ProblemException {
    return parts.backups().stackRestore().accept(stack);
  }

  @Override
  public List<LandingReceipt> pending() throws ProblemException {
    return new PendingLandings(parts.home()).list();
  }

  private LandingRequest request(LandingOrder order) throws ProblemException {
    return new LandingRequest(
        order.archive(),
        order.unlocking(),
        parts.stacks().find(FirstList.await(parts.registry().feed()), order.stack()),
        order.parts(),
        order.into(),
        order.unknownOrigin());
  }
}
