package dev.quayside.cli;

import dev.quayside.backup.BackupCreation;
import dev.quayside.backup.BackupScope;
import dev.quayside.backup.BackupShelf;
import dev.quayside.backup.BackupVerification;
import dev.quayside.backup.ForeignArchives;
import dev.quayside.backup.Preview;
import dev.quayside.backup.Restore;
import dev.quayside.backup.drill.Drill;
import dev.quayside.backup.drill.DrillHistory;
import dev.quayside.backup.keys.KeyOperations;
import dev.quayside.backup.keys.KeyShelf;
import dev.quayside.backup.landing.StackRestore;
import dev.quayside.backup.schedule.BuiltInTimer;
import dev.quayside.backup.schedule.ScheduledBackup;
import dev.quayside.backup.schedule.Schedules;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.EngineSnapshot;
import dev.quayside.exposure.StackExposure;
import dev.quayside.exposure.probe.StackProbes;
import dev.quayside.exposure.status.StatusFeed;
import dev.quayside.journal.Journal;
import dev.quayside.secrets.Generation;
import dev.quayside.secrets.Rotation;
import dev.quayside.secrets.SecretInventory;
import dev.quayside.setup.Doctor;
import dev.quayside.stack.Lifecycle;
import dev.quayside.stack.Stack;
import dev.quayside.stack.Stacks;
import dev.quayside.stack.adopt.Adoption;
import dev.quayside.stack.logs.LogLine;
import dev.quayside.stack.logs.LogQuery;
import dev.quayside.stack.logs.MergedLog;
import dev.quayside.stack.picture.StackPictures;
import dev.quayside.stack.settings.StackSettings;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/**
 * Gives the verbs the operations of one run of the program, made when first asked for. Two kinds
 * exist: on the real engine, and on the scripted demo.
 */
public interface Session extends AutoCloseable {

  /**
   * Waits until the engine's containers are known.
   *
   * @throws ProblemException if the engine cannot be reached
   */
  EngineSnapshot engine() throws ProblemException;

  /** Returns the status feed; also starts the connection to the engine. */
  StatusFeed status();

  /**
   * Finishes or puts back what a kill cut off, and tells in one line each what became of it. Asks
   * the engine only if there is something to look at.
   */
  List<String> recover() throws ProblemException;

  /** Returns the finder of stacks. */
  Stacks stacks() throws ProblemException;

  /** Returns the operation that adopts stacks and forgets them; needs no engine. */
  Adoption adoption() throws ProblemException;

  /** Returns the maker of pictures of stacks; needs no engine. */
  StackPictures pictures() throws ProblemException;

  /** Returns the operation that starts, stops and recreates. */
  Lifecycle lifecycle() throws ProblemException;

  /**
   * Opens the merged log of {@code query}; lines come on other threads, in order. The caller closes
   * it.
   */
  MergedLog log(LogQuery query, Consumer<List<LogLine>> receiver);

  /** Returns the operation that tells who can reach a stack's ports. */
  StackExposure exposure() throws ProblemException;

  /** Returns the operation that asks services whether they are protected. */
  StackProbes probes() throws ProblemException;

  /** Returns the list of secrets. */
  SecretInventory secrets() throws ProblemException;

  /** Returns what makes values for secrets that have none. */
  Generation generation() throws ProblemException;

  /** Returns the operations on environment files. */
  StackSettings settings() throws ProblemException;

  /** Returns the rotation of secrets. */
  Rotation rotation() throws ProblemException;

  /**
   * Returns what a backup of {@code stack} takes in.
   *
   * @param folders folders the operator named; empty for the stack's own
   */
  BackupScope backupScope(Stack stack, List<Path> folders) throws ProblemException;

  /** Returns the maker of archives. */
  BackupCreation backupCreation() throws ProblemException;

  /** Returns the verification of archives; needs no engine. */
  BackupVerification backupVerification() throws ProblemException;

  /** Returns the reader of an archive's head; needs no engine. */
  Preview preview() throws ProblemException;

  /** Returns what looks at and unpacks files that other programs made; needs no engine. */
  ForeignArchives foreignArchives() throws ProblemException;

  /** Returns the restore of archives; needs no engine. */
  Restore restore() throws ProblemException;

  /** Returns the rehearsal of restores. */
  Drill drill() throws ProblemException;

  /** Returns the history of rehearsals; needs no engine. */
  DrillHistory drills() throws ProblemException;

  /** Returns the operation that restores archives over a stack. */
  StackRestore stackRestore() throws ProblemException;

  /** Returns the plans by which backups are made by themselves; needs no engine. */
  Schedules schedules() throws ProblemException;

  /** Returns what starts plans where the user has no systemd, while the program runs. */
  BuiltInTimer backupTimer();

  /** Returns what carries out a plan. */
  ScheduledBackup scheduledBackup() throws ProblemException;

  /** Returns the program and the arguments by which a timer carries out the plan of a stack. */
  List<String> timerCommand(String stack) throws ProblemException;

  /** Returns the record of archives. */
  BackupShelf shelf() throws ProblemException;

  /** Returns the keys that archives are made for; needs no engine. */
  KeyShelf keyShelf() throws ProblemException;

  /** Returns what changes those keys; needs no engine. */
  KeyOperations keys() throws ProblemException;

  /** Returns the journal; needs no engine. */
  Journal journal() throws ProblemException;

  /** Returns the clock that ages are counted by. */
  InstantSource clock();

  /** Returns the check of this machine; needs no engine. */
  Doctor doctor();

  /** Ends connections and child processes. Containers are left as they are. */
  @Override
  void close();

  /** Opens a session for the options of one command line. */
  interface Opener {

    /** Opens the session; does nothing slow. */
    Session open(GlobalOptions options) throws ProblemException;
  }
}
