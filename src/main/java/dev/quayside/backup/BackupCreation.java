package dev.quayside.backup;

import dev.quayside.backup.keys.OwnKey;
import dev.quayside.common.Home;
import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.common.ProcessLock;
import dev.quayside.common.Progress;
import dev.quayside.common.StepBoundary;
import dev.quayside.engine.Engine;
import dev.quayside.engine.EngineSource;
import dev.quayside.journal.Intent;
import dev.quayside.journal.Journal;
import dev.quayside.journal.JournaledEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes an encrypted archive of a stack's databases and folders. */
public final class BackupCreation {

  static final String ACTION = "backup.create";

  private final Home home;
  private final Journal journal;
  private final Unfinished unfinished;
  private final BackupShelf shelf;
  private final OwnKey own;
  private final @Nullable JournaledEngine engine;
  private final @Nullable EngineSource reading;
  private final StandstillStore standing;
  private final InstantSource time;
  private final StepBoundary steps;
  private final SecretFingerprint.Source fingerprints;

  /**
   * Makes the operation.
   *
   * @param engine runs the dumps, and stops and starts what writes; null without an engine, when
   *     only folders can be saved
   * @param reading reads volumes and folders of others, and tells what runs; null without an engine
   * @param steps marks each named step
   */
  public BackupCreation(
      Home home,
      Journal journal,
      @Nullable JournaledEngine engine,
      @Nullable EngineSource reading,
      InstantSource time,
      StepBoundary steps) {
    this(home, journal, engine, reading, time, steps, SecretFingerprint.Source.none());
  }

  /**
   * Makes the operation.
   *
   * @param engine runs the dumps, and stops and starts what writes; null without an engine, when
   *     only folders can be saved
   * @param reading reads volumes and folders of others, and tells what runs; null without an engine
   * @param steps marks each named step
   * @param fingerprints of the stack's secrets, for the manifest
   */
  public BackupCreation(
      Home home,
      Journal journal,
      @Nullable JournaledEngine engine,
      @Nullable EngineSource reading,
      InstantSource time,
      StepBoundary steps,
      SecretFingerprint.Source fingerprints) {
    this.fingerprints = fingerprints;
    this.home = home;
    this.reading = reading;
    this.standing = new StandstillStore(home);
    this.journal = journal;
    this.unfinished = new Unfinished(home);
    this.shelf = new BackupShelf(home);
    this.own = new OwnKey(home, time);
    this.engine = engine;
    this.time = time;
    this.steps = steps;
  }

  /** Makes the operation without an engine: only folders can be saved. */
  public BackupCreation(Home home, Journal journal, InstantSource time, StepBoundary steps) {
    this(home, journal, null, null, time, steps);
  }

  /**
   * Makes the archive. Blocks; not for the window's thread. The final name appears only when
   * everything is on disk; a cancel or a failure leaves nothing behind.
   *
   * @return done; attention if something could not be read or changed meanwhile, with the list;
   *     refused if the target exists or is short of room; failed otherwise
   */
  public Outcome<BackupReceipt> run(BackupRequest request, Progress progress) {
    Instant created = time.instant();
    Path target = request.target();
    try (ProcessLock held = StackHold.take(home, request.scope().stack())) {
      CreationGuards.free(home, request.scope().stack(), held);
      target = CreationGuards.target(request, created);
      CreationGuards.check(request.scope(), target);
      try (Engine connected = connected(request.scope());
          Lock lock = Lock.of(request.protection(), own)) {
        return announced(request, target, connected, lock, created, progress);
      }
    } catch (RefusedException e) {
      return new Outcome.Refused<>(e.problem());
    } catch (ProblemException e) {
      return new Outcome.Failed<>(e.problem());
    } catch (IOException e) {
      return new Outcome.Failed<>(ArchiveProblems.of(e, target));
    }
  }

  private @Nullable Engine connected(BackupScope scope) throws ProblemException {
    // Whoever has a folder mounted for writing is asked for, too.
    boolean needed =
        !(scope.mounted().isEmpty()
            && scope.writing().isEmpty()
            && scope.folders().isEmpty()
            && scope.files().isEmpty());
    return reading == null || !needed ? null : reading.connect();
  }

  private Outcome<BackupReceipt> announced(
      BackupRequest request,
      Path target,
      @Nullable Engine connected,
      Lock lock,
      Instant created,
      Progress progress)
      throws IOException, ProblemException {
    String id = UUID.randomUUID().toString();
    try (Unfinished.Claim _ = unfinished.begin(id)) {
      Intent intent =
          journal.begin(
              ACTION, request.scope().stack(), Map.of("archive", target.toString(), "id", id));
      Creation creation =
          new Creation(
              request,
              target,
              id,
              created,
              intent,
              new BackupEngines(engine, connected),
              standing,
              steps,
              progress,
              fingerprints);
      Made made;
      try {
        creation.reached(CreationStep.ANNOUNCED);
        creation.survey(journal.head());
        made = make(creation, lock);
      } catch (Throwable e) {
        undo(creation, intent, e);
        throw e;
      }
      return noted(creation, made, intent);
    }
  }

  private record Made(BackupReceipt receipt, Unfinished.Entry record) {}

  private Made make(Creation creation, Lock lock) throws IOException, ProblemException {
    Unfinished.Entry record = creation.record();
    unfinished.write(record);
    creation.reached(CreationStep.RECORDED);
    Seal seal = creation.write(lock);
    BackupReceipt receipt = receipt(creation, seal);
    unfinished.write(record.with(StoredArchive.of(shelved(creation, receipt))));
    creation.publish();
    return new Made(receipt, record);
  }

  /**
   * Removes what was made so far, whatever made it fail. What cannot be removed or written down now
   * has its record still, so that the next start does it.
   */
  private void undo(Creation creation, Intent intent, Throwable failure) {
    Undoing undoing = new Undoing(failure);
    if (creation.begun()) {
      // Without it a foreign file that took the name meanwhile would pass for ours.
      undoing.attempt(() -> unfinished.write(creation.record()));
    }
    boolean gone = undoing.attempt(creation::discard);
    boolean told =
        undoing.attempt(() -> intent.failed(Map.of("problem", code(failure, creation.target()))));
    if (gone && told) {
      undoing.attempt(() -> unfinished.remove(creation.id()));
      creation.reached(CreationStep.RECORD_REMOVED);
    }
    undoing.end();
  }

  private static String code(Throwable failure, Path target) {
    return switch (failure) {
      case IOException io -> ArchiveProblems.of(io, target).code();
      case ProblemException known -> known.problem().code();
      default -> "INTERNAL";
    };
  }

  /** From here on the archive is there, so nothing that fails may be reported as no archive. */
  private Outcome<BackupReceipt> noted(Creation creation, Made made, Intent intent) {
    BackupReceipt receipt = made.receipt();
    try {
      creation.publishManifest();
      creation.discard();
      creation.writeCard();
      shelf.put(shelved(creation, receipt));
      creation.reached(CreationStep.SHELVED);
      Outcome<BackupReceipt> outcome = outcome(receipt, problem(creation, receipt), intent);
      creation.reached(CreationStep.OUTCOME_RECORDED);
      unfinished.remove(made.record().id());
      creation.reached(CreationStep.RECORD_REMOVED);
      return outcome;
    } catch (IOException e) {
      return unnoted(receipt, Reasons.of(e));
    } catch (ProblemException e) {
      return unnoted(receipt, e.problem().title());
    }
  }

  private static Outcome<BackupReceipt> unnoted(BackupReceipt receipt, String why) {
    return new Outcome.Attention<>(
        receipt, ArchiveProblems.of("BACKUP-UNNOTED", receipt.archive(), why));
  }

  private BackupReceipt receipt(Creation creation, Seal seal) {
    return new BackupReceipt(
        creation.plan().id(),
        creation.target(),
        creation.plan().created(),
        creation.size(),
        seal.contentBytes(),
        seal.entryCount(),
        Duration.between(creation.plan().created(), time.instant()),
        seal.unread(),
        creation.plan().leftOut(),
        seal.changed(),
        seal.skipped(),
        creation.plan().unsure());
  }

  private static ShelvedArchive shelved(Creation creation, BackupReceipt receipt) {
    return new ShelvedArchive(
        receipt.id(),
        creation.plan().stack(),
        receipt.archive(),
        receipt.created(),
        receipt.bytes(),
        receipt.contentBytes(),
        receipt.entries(),
        receipt.complete(),
        null,
        null,
        null,
        creation.plan().holds());
  }

  /** Words what is to be looked at; null if nothing is. */
  private static @Nullable Problem problem(Creation creation, BackupReceipt receipt)
      throws ProblemException {
    List<String> lacking = creation.lacking();
    Problem incomplete =
        receipt.complete()
            ? null
            : lacking.isEmpty()
                ? CreationGuards.incomplete(receipt)
                : ArchiveProblems.of(
                    "BACKUP-NO-KEY", receipt.archive(), String.join(", ", lacking));
    List<String> ended = creation.endedAgain();
    if (ended.isEmpty()) {
      return incomplete;
    }
    String stack = creation.plan().stack();
    Problem down =
        ArchiveProblems.of(
            "BACKUP-ENDED-AGAIN", receipt.archive(), String.join(", ", ended), stack);
    return incomplete == null
        ? down
        : down.withDetail(incomplete.title() + ". " + incomplete.happened());
  }

  private static Outcome<BackupReceipt> outcome(
      BackupReceipt receipt, @Nullable Problem problem, Intent intent) throws ProblemException {
    if (problem == null) {
      intent.done(Map.of("bytes", Long.toString(receipt.bytes())));
      return new Outcome.Done<>(receipt);
    }
    intent.attention(
        Map.of(
            "problem",
            problem.code(),
            "unread",
            Integer.toString(receipt.unread().size()),
            "changed",
            Integer.toString(receipt.changed().size())));
    return new Outcome.Attention<>(receipt, problem);
  }
}
