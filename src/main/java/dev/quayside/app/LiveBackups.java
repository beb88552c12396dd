package dev.quayside.app;

import dev.quayside.backup.ArchiveRemoval;
import dev.quayside.backup.BackupCreation;
import dev.quayside.backup.BackupScope;
import dev.quayside.backup.BackupScopes;
import dev.quayside.backup.BackupShelf;
import dev.quayside.backup.BackupVerification;
import dev.quayside.backup.ForeignArchives;
import dev.quayside.backup.Preview;
import dev.quayside.backup.Restore;
import dev.quayside.backup.SecondCopy;
import dev.quayside.backup.SecretFingerprint;
import dev.quayside.backup.ShelvedArchive;
import dev.quayside.backup.drill.Drill;
import dev.quayside.backup.drill.DrillHistory;
import dev.quayside.backup.keys.KeyOperations;
import dev.quayside.backup.keys.KeyShelf;
import dev.quayside.backup.landing.LandingParts;
import dev.quayside.backup.landing.StackRestore;
import dev.quayside.backup.schedule.BuiltInTimer;
import dev.quayside.backup.schedule.ScheduledBackup;
import dev.quayside.backup.schedule.Schedules;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.common.StepBoundary;
import dev.quayside.engine.Engine;
import dev.quayside.stack.Stack;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wires the operations on backups; a part of {@link LiveParts}, from which the rest comes. */
final class LiveBackups {

  private static final Logger LOG = LoggerFactory.getLogger(LiveBackups.class);

  private final LiveParts parts;

  LiveBackups(LiveParts parts) {
    this.parts = parts;
  }

  /** Returns what a backup of {@code stack} takes in, asking the engine for its mounts. */
  BackupScope backupScope(Stack stack, List<Path> folders) throws ProblemException {
    try (Engine connected = parts.engine().connect()) {
      return new BackupScopes(connected, parts.compose()).of(stack, folders);
    }
  }

  BackupCreation backupCreation() throws ProblemException {
    return new BackupCreation(
        parts.home(),
        parts.journal(),
        parts.control(),
        parts.engine(),
        parts.clock(),
        StepBoundary.ofProcess(),
        this::fingerprints);
  }

  /** A backup without them is worth as much: whoever compares later finds none, and says so. */
  private List<SecretFingerprint> fingerprints(String stack, byte[] salt) {
    try {
      Stack found = parts.stacks().find(FirstList.await(parts.registry().feed()), stack);
      return parts.secrets().marks(found, salt).stream()
          .map(mark -> new SecretFingerprint(mark.getKey(), mark.getValue()))
          .toList();
    } catch (ProblemException e) {
      LOG.warn("no fingerprints of the secrets of {}: {}", stack, e.problem().code());
      return List.of();
    }
  }

  BackupVerification backupVerification() {
    return new BackupVerification(shelf(), parts.clock());
  }

  Preview preview() {
    return new Preview(parts.home());
  }

  /** Returns the operation that restores archives over stacks; connects to nothing yet. */
  StackRestore stackRestore() throws ProblemException {
    return new StackRestore(landingParts());
  }

  LandingParts landingParts() throws ProblemException {
    return new LandingParts(
        parts.engine(),
        parts::control,
        parts::restoring,
        parts::probes,
        name -> parts.stacks().find(FirstList.await(parts.registry().feed()), name),
        parts.journal(),
        parts.home(),
        parts.clock(),
        StepBoundary.ofProcess(),
        LiveParts.PATIENCE);
  }

  ForeignArchives foreignArchives() throws ProblemException {
    return new ForeignArchives(
        parts.home(), parts.journal(), parts.clock(), StepBoundary.ofProcess());
  }

  Restore restore() throws ProblemException {
    return new Restore(parts.home(), parts.journal(), parts.clock(), StepBoundary.ofProcess());
  }

  Drill drill() throws ProblemException {
    return new Drill(
        parts.home(),
        parts.journal(),
        parts.engine(),
        parts.control(),
        parts.clock(),
        StepBoundary.ofProcess());
  }

  DrillHistory drills() {
    return new DrillHistory(parts.home());
  }

  Schedules schedules() {
    return new Schedules(
        parts.home(), parts::journal, parts.environment(), parts.clock(), ZoneId.systemDefault());
  }

  ScheduledBackup scheduledBackup() throws ProblemException {
    return new ScheduledBackup(
        parts.home(),
        new ScheduledBackup.Operations(
            this::scopeOf,
            backupCreation(),
            new SecondCopy(parts.home(), parts.journal(), StepBoundary.ofProcess()),
            new ArchiveRemoval(parts.home(), parts.journal(), StepBoundary.ofProcess())),
        ShelvedArchive::proven,
        parts.clock(),
        ZoneId.systemDefault());
  }

  private BackupScope scopeOf(String stack, List<Path> folders) throws ProblemException {
    return backupScope(
        parts.stacks().find(FirstList.await(parts.registry().feed()), stack), folders);
  }

  /** Returns what starts plans where there is no systemd. */
  BuiltInTimer backupTimer() {
    return new BuiltInTimer(
        schedules(),
        stack -> {
          try {
            var _ = scheduledBackup().run(stack, Progress.none());
          } catch (ProblemException e) {
            LOG.warn("the planned backup of {} could not begin: {}", stack, e.toString());
          }
        });
  }

  List<String> timerCommand(String stack) throws ProblemException {
    return parts.ownCommand(List.of("backup", "schedule", "run", stack));
  }

  KeyShelf keyShelf() {
    return new KeyShelf(parts.home());
  }

  KeyOperations keys() throws ProblemException {
    return new KeyOperations(parts.home(), parts.journal(), parts.clock());
  }

  BackupShelf shelf() {
    return new BackupShelf(parts.home());
  }
}
