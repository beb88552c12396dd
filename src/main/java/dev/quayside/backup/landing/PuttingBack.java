package dev.quayside.backup.landing;

import dev.quayside.backup.BackupScope;
import dev.quayside.backup.PartStaging;
import dev.quayside.backup.PartStaging.Refusal;
import dev.quayside.backup.PostgresServer;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.common.Waiting;
import dev.quayside.engine.Engine;
import dev.quayside.journal.Intent;
import dev.quayside.journal.JournaledEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts the old set back, or removes it for good. Every step looks at what is there first, so that
 * all of it may be cut off anywhere and begun again.
 */
final class PuttingBack {

  private static final Duration PAUSE = Duration.ofMillis(500);

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
    Users before = new Users(record.consumers(), record.servers());
    List<Consumers> running = live.running(record.stack());
    Users now;
    try {
      now = Users.of(record, running);
    } catch (Refusal shared) {
      now = ofMoved(record, running, intent);
    }
    return record.by(before.and(now));
  }

  /** Who uses a place in which the old set still is keeps nothing from being put back. */
  private Users ofMoved(LandingRecord record, List<Consumers> running, Intent intent)
      throws ProblemException {
    List<LandingRecord.MountSwap> mounts = new ArrayList<>();
    for (LandingRecord.MountSwap each : record.mounts()) {
      if (each.touched() && !untouched(record, each, intent)) {
        mounts.add(each);
      }
    }
    try {
      return Users.of(
          record, record.folders().stream().filter(SiblingSwap::keeps).toList(), mounts, running);
    } catch (Refusal e) {
      throw new ProblemException(e.problem());
    }
  }

  private boolean untouched(LandingRecord record, LandingRecord.MountSwap swap, Intent intent)
      throws ProblemException {
    return record.phase() != LandingRecord.Phase.UNDOING
        && new MountLanding(parts, record, intent).found(swap) == MountScripts.Found.UNTOUCHED;
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
      if (SiblingSwap.keeps(each)) {
        live.requireStill(record.stack(), each.livePath());
      }
      if (!folders.back(each)) {
        gone.add(each.livePath().toString());
      }
    }
    Set<String> services = Users.services(record);
    live.wake(record.stack(), services, intent);
    for (LandingRecord.DatabaseSwap each : record.databases()) {
      if (!awaited(record, each, intent).back(each)) {
        gone.add(each.service() + "/" + each.name());
      }
    }
    services.addAll(record.consumers());
    return new PutBack(gone, live.startAgain(record.stack(), services, intent), Remains.NONE);
  }

  /**
   * Removes the new set, which nobody uses.
   *
   * @return what of it is left
   */
  Remains clear(LandingRecord record, Intent intent) throws ProblemException, IOException {
    sweep(record, intent);
    live.wake(record.stack(), Users.services(record), intent);
    List<String> databases = new ArrayList<>();
    for (LandingRecord.DatabaseSwap each : record.databases()) {
      if (live.containerless(record.stack(), each.service())) {
        databases.add(each.service() + "/" + each.fresh());
      } else {
        awaited(record, each, intent).clear(each);
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
      boolean leave =
          !each.touched()
              || (live.user(record.stack(), each.source()) != null
                  && untouched(record, each, intent));
      if (!leave && !new MountLanding(parts, record, intent).back(each)) {
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
    live.wake(record.stack(), Users.services(record), intent);
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
        awaited(record, each, intent).removeKept(each);
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
        parts.control().get(), intent, live.server(record.stack(), swap.service()), swap);
  }

  /** A server that was started just now, or mends what a power cut left, lets nobody in yet. */
  private DatabaseLanding awaited(
      LandingRecord record, LandingRecord.DatabaseSwap swap, Intent intent)
      throws ProblemException, IOException {
    BackupScope.Postgres server = live.server(record.stack(), swap.service());
    var _ = Waiting.until(() -> answers(server, intent), parts.patience(), PAUSE);
    return DatabaseLanding.on(parts.control().get(), intent, server, swap);
  }

  private boolean answers(BackupScope.Postgres server, Intent intent) throws ProblemException {
    JournaledEngine control = parts.control().get();
    try {
      return !PostgresServer.databases(control, intent, server, Progress.none()).isEmpty();
    } catch (ProblemException | IOException notYet) {
      return false;
    }
  }
}
