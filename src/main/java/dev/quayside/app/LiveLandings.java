package dev.quayside.app;

import dev.quayside.backup.landing.ForeignLanding;
import dev.quayside.backup.landing.LandingPlan;
import dev.quayside.backup.landing.LandingReceipt;
import dev.quayside.backup.landing.LandingRequest;
import dev.quayside.backup.landing.PendingLandings;
import dev.quayside.backup.landing.StackDatabases;
import dev.quayside.backup.landing.StackRestore;
import dev.quayside.common.Outcome;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.stack.Stack;
import dev.quayside.ui.backups.LandingDesk;
import dev.quayside.ui.backups.LandingOrder;
import java.util.List;

/** Restores archives and dumps over the stacks of the real engine. */
final class LiveLandings implements LandingDesk {

  private final LiveParts parts;

  LiveLandings(LiveParts parts) {
    this.parts = parts;
  }

  @Override
  public List<StackDatabases.Held> databases(String stack) throws ProblemException {
    return new StackDatabases(parts.backups().landingParts()).of(stack(stack));
  }

  @Override
  public Outcome<LandingPlan> plan(LandingOrder order) throws ProblemException {
    StackRestore restore = parts.backups().stackRestore();
    return switch (order) {
      case LandingOrder.Parts some -> restore.plan(request(some));
      case LandingOrder.Dump dump -> restore.plan(landing(dump), dump.report());
    };
  }

  @Override
  public Outcome<LandingReceipt> land(LandingOrder order, Progress progress)
      throws ProblemException {
    StackRestore restore = parts.backups().stackRestore();
    return switch (order) {
      case LandingOrder.Parts some -> restore.run(request(some), progress);
      case LandingOrder.Dump dump -> restore.run(landing(dump), progress);
    };
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

  private LandingRequest request(LandingOrder.Parts order) throws ProblemException {
    return new LandingRequest(
        order.archive(),
        order.unlocking(),
        stack(order.stack()),
        order.parts(),
        order.into(),
        order.unknownOrigin());
  }

  /** The stack's name was typed, which is the yes. */
  private ForeignLanding landing(LandingOrder.Dump order) throws ProblemException {
    return new ForeignLanding(
        order.archive(),
        order.unlocking(),
        stack(order.stack()),
        order.service(),
        order.database(),
        true,
        order.functions());
  }

  private Stack stack(String name) throws ProblemException {
    return parts.stacks().find(FirstList.await(parts.registry().feed()), name);
  }
}
