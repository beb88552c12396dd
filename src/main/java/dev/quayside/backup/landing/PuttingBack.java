package dev.quayside.backup.landing;

import dev.quayside.backup.PartStaging;
import dev.quayside.common.Messages;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.engine.Engine;
import dev.quayside.journal.Intent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts the old set back, or removes it for good. Every step looks at what is there first, so that
 * all of it may be cut off anywhere and begun again.
 */
final class PuttingBack {

  private static final Messages MESSAGES = Messages.of("landing");

  private final LandingParts parts;
  private final LiveStack live;
  private final SiblingSwap folders;

  PuttingBack(LandingParts parts) {
    this.parts = parts;
    this.live = new LiveStack(parts);
    this.folders = new SiblingSwap(parts.steps());
  }

  /** Says what could not be put back because somebody else removed it. */
  static Problem lost(String stack, List<String> gone) {
    return MESSAGES.problem("LANDING-KEPT-LOST", stack, String.join(", ", gone));
  }

  /**
   * Puts everything back in its place; the new set stays beside it until {@link #clear}.
   *
   * @return where the old set is not kept any more; everything else is back
   */
  List<String> run(LandingRecord record, Intent intent) throws ProblemException, IOException {
    List<String> gone = new ArrayList<>();
    if (record.phase() != LandingRecord.Phase.STAGING) {
      live.stop(record.stack(), record.consumers(), Progress.none());
      live.stop(record.stack(), record.servers(), Progress.none());
      for (LandingRecord.FolderSwap each : record.folders()) {
        if (!folders.back(each)) {
          gone.add(each.livePath().toString());
        }
      }
      gone.addAll(mountsBack(record, intent));
      live.start(record.stack(), record.servers(), Progress.none());
      for (LandingRecord.DatabaseSwap each : record.databases()) {
        if (!database(record, each, intent).back(each)) {
          gone.add(each.service() + "/" + each.name());
        }
      }
      live.start(record.stack(), record.consumers(), Progress.none());
    }
    return List.copyOf(gone);
  }

  /** Removes the new set, which nobody uses. */
  void clear(LandingRecord record, Intent intent) throws ProblemException, IOException {
    sweep(record, intent);
    for (LandingRecord.DatabaseSwap each : record.databases()) {
      database(record, each, intent).clear(each);
    }
    for (LandingRecord.MountSwap each : record.mounts()) {
      if (each.touched()) {
        new MountLanding(parts, record, intent).clear(each);
      }
    }
    for (LandingRecord.FolderSwap each : record.folders()) {
      SiblingSwap.removeStaged(each);
    }
    PartStaging.remove(record.dumpsPath());
  }

  /** Services come first: what is gone in one place keeps nothing else from being put back. */
  private List<String> mountsBack(LandingRecord record, Intent intent) throws ProblemException {
    sweep(record, intent);
    List<String> gone = new ArrayList<>();
    for (LandingRecord.MountSwap each : record.mounts()) {
      if (each.touched() && !new MountLanding(parts, record, intent).back(each)) {
        gone.add(each.source());
      }
    }
    return gone;
  }

  private void sweep(LandingRecord record, Intent intent) throws ProblemException {
    if (!record.mounts().isEmpty()) {
      try (Engine reader = parts.engines().connect()) {
        Hands.sweep(reader, parts.control().get(), intent, record.id());
      }
    }
  }

  /**
   * Returns the first folder or database of which the old one is not kept any more; null if all
   * are. What is inside of places is asked there.
   */
  @Nullable String missing(LandingRecord record, Intent intent)
      throws ProblemException, IOException {
    for (LandingRecord.FolderSwap each : record.folders()) {
      if (!SiblingSwap.keeps(each)) {
        return each.livePath().toString();
      }
    }
    for (LandingRecord.DatabaseSwap each : record.databases()) {
      if (!database(record, each, intent).keeps(each)) {
        return each.service() + "/" + each.name();
      }
    }
    return null;
  }

  /** Removes the old set. */
  void removeKept(LandingRecord record, Intent intent) throws ProblemException, IOException {
    for (LandingRecord.FolderSwap each : record.folders()) {
      SiblingSwap.removeKept(each);
      parts.reached(LandingStep.OLD_REMOVED);
    }
    for (LandingRecord.DatabaseSwap each : record.databases()) {
      database(record, each, intent).removeKept(each);
    }
    for (LandingRecord.MountSwap each : record.mounts()) {
      new MountLanding(parts, record, intent).removeKept(each);
      parts.reached(LandingStep.OLD_REMOVED);
    }
  }

  DatabaseLanding database(LandingRecord record, LandingRecord.DatabaseSwap swap, Intent intent)
      throws ProblemException, IOException {
    return DatabaseLanding.on(
        parts.control().get(), intent, live.server(record.stack(), swap.service()));
  }
}
