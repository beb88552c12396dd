package dev.quayside.backup.landing;

import dev.quayside.backup.PartStaging;
import dev.quayside.backup.PartStaging.Refusal;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.engine.Engine;
import dev.quayside.journal.Intent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts the old set back, or removes it for good. Every step looks at what is there first, so that
 * all of it may be cut off anywhere and begun again.
 */
final class PuttingBack {

  private final LandingParts parts;
  private final LiveStack live;
  private final SiblingSwap folders;

  PuttingBack(LandingParts parts) {
    this.parts = parts;
    this.live = new LiveStack(parts);
    this.folders = new SiblingSwap(parts.steps());
  }

  /**
   * Adds to those who stand still for it who runs now: somebody may have started the stack since,
   * and what runs keeps its data from being moved. What keeps it for good is said before anything
   * is stopped.
   *
   * @throws ProblemException also if somebody of another stack uses any of it
   */
  LandingRecord asItRuns(LandingRecord record, Intent intent) throws ProblemException {
    if (record.phase() == LandingRecord.Phase.STAGING) {
      return record;
    }
    sweep(record, intent); // its helpers have the places mounted, too
    try {
      Users before = new Users(record.consumers(), record.servers());
      return record.by(before.and(Users.of(record, live.running(record.stack()))));
    } catch (Refusal e) {
      throw new ProblemException(e.problem());
    }
  }

  /**
   * Puts everything back in its place; the new set stays beside it until {@link #clear}. Services
   * that were ill before may stay so.
   */
  PutBack run(LandingRecord record, Intent intent) throws ProblemException, IOException {
    if (record.phase() == LandingRecord.Phase.STAGING) {
      return new PutBack(List.of(), List.of(), Remains.NONE);
    }
    live.stop(record.stack(), record.consumers(), Progress.none());
    live.stop(record.stack(), record.servers(), Progress.none());
    // In the order opposite to that in which they were exchanged.
    List<String> gone = new ArrayList<>(mountsBack(record, intent));
    for (LandingRecord.FolderSwap each : record.folders()) {
      live.requireStill(record.stack(), each.livePath());
      if (!folders.back(each)) {
        gone.add(each.livePath().toString());
      }
    }
    List<String> unready =
        new ArrayList<>(live.startAgain(record.stack(), record.servers(), intent));
    for (LandingRecord.DatabaseSwap each : record.databases()) {
      if (!database(record, each, intent).back(each)) {
        gone.add(each.service() + "/" + each.name());
      }
    }
    unready.addAll(live.startAgain(record.stack(), record.consumers(), intent));
    return new PutBack(gone, unready, Remains.NONE);
  }

  /**
   * Removes the new set, which nobody uses.
   *
   * @return what of it is left
   */
  Remains clear(LandingRecord record, Intent intent) throws ProblemException, IOException {
    sweep(record, intent);
    List<String> databases = new ArrayList<>();
    for (LandingRecord.DatabaseSwap each : record.databases()) {
      if (live.containerless(record.stack(), each.service())) {
        databases.add(each.service() + "/" + each.fresh());
      } else {
        database(record, each, intent).clear(each);
      }
    }
    for (LandingRecord.MountSwap each : record.mounts()) {
      if (each.touched()) {
        new MountLanding(parts, record, intent).clear(each);
      }
    }
    List<Path> remains = new ArrayList<>();
    for (LandingRecord.FolderSwap each : record.folders()) {
      if (!PartStaging.removeMost(each.stagedPath())) {
        remains.add(each.stagedPath());
      }
    }
    PartStaging.remove(record.dumpsPath());
    return new Remains(remains, databases);
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

  /**
   * Returns the first server that has to run so that its old databases can be removed; null if none
   * is missing. One that has no container is not waited for.
   */
  @Nullable String away(LandingRecord record) throws ProblemException {
    for (LandingRecord.DatabaseSwap each : record.databases()) {
      if (!live.containerless(record.stack(), each.service())
          && !live.serves(record.stack(), each.service())) {
        return each.service();
      }
    }
    return null;
  }

  /**
   * Removes the old set.
   *
   * @return what of it is left
   */
  Remains removeKept(LandingRecord record, Intent intent) throws ProblemException, IOException {
    List<Path> remains = new ArrayList<>();
    List<String> databases = new ArrayList<>();
    for (LandingRecord.FolderSwap each : record.folders()) {
      if (!PartStaging.removeMost(each.keptPath())) {
        remains.add(each.keptPath());
      }
      parts.reached(LandingStep.OLD_REMOVED);
    }
    for (LandingRecord.DatabaseSwap each : record.databases()) {
      if (live.containerless(record.stack(), each.service())) {
        databases.add(each.service() + "/" + each.kept());
      } else {
        database(record, each, intent).removeKept(each);
      }
    }
    for (LandingRecord.MountSwap each : record.mounts()) {
      new MountLanding(parts, record, intent).removeKept(each);
      parts.reached(LandingStep.OLD_REMOVED);
    }
    return new Remains(remains, databases);
  }

  DatabaseLanding database(LandingRecord record, LandingRecord.DatabaseSwap swap, Intent intent)
      throws ProblemException, IOException {
    return DatabaseLanding.on(
        parts.control().get(), intent, live.server(record.stack(), swap.service()));
  }
}
