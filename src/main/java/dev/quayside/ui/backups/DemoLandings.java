package dev.quayside.ui.backups;

import dev.quayside.backup.landing.LandingPlan;
import dev.quayside.backup.landing.LandingReceipt;
import dev.quayside.backup.landing.StackDatabases;
import dev.quayside.common.Outcome;
import dev.quayside.common.Progress;
import java.util.List;

/** Stands in for restores over stacks in the demo: none waits, and none is made. */
final class DemoLandings implements LandingDesk {

  @Override
  public List<StackDatabases.Held> databases(String stack) {
    return List.of();
  }

  @Override
  public Outcome<LandingPlan> plan(LandingOrder order) {
    return new Outcome.Refused<>(DemoBackupDesk.demo());
  }

  @Override
  public Outcome<LandingReceipt> land(LandingOrder order, Progress progress) {
    return new Outcome.Refused<>(DemoBackupDesk.demo());
  }

  @Override
  public Outcome<LandingReceipt> undo(String stack) {
    return new Outcome.Refused<>(DemoBackupDesk.demo());
  }

  @Override
  public Outcome<LandingReceipt> accept(String stack) {
    return new Outcome.Refused<>(DemoBackupDesk.demo());
  }

  @Override
  public List<LandingReceipt> pending() {
    return List.of();
  }
}
