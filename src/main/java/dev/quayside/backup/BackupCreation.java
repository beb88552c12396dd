package dev.quayside.backup;

import dev.quayside.common.Home;
import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.common.StepBoundary;
import dev.quayside.journal.Intent;
import dev.quayside.journal.Journal;
import dev.quayside.journal.JournaledEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes an encrypted archive of a stack's databases and folders. */
public final class BackupCreation {

  static final String ACTION = "backup.create";

  private final Journal journal;
  private final Unfinished unfinished;
  private final BackupShelf shelf;
  private final @Nullable JournaledEngine engine;
  private final InstantSource time;
  private final StepBoundary steps;

  /**
   * Makes the operation.
   *
   * @param engine runs the dumps; null without an engine, when only folders can be saved
   * @param steps marks each named step
   */
  public BackupCreation(
      Home home,
      Journal journal,
      @Nullable JournaledEngine engine,
      InstantSource time,
      StepBoundary steps) {
    this.journal = journal;
    this.unfinished = new Unfinished(home);
    this.shelf = new BackupShelf(home);
    this.engine = engine;
    this.time = time;
    this.steps = steps;
  }

  /**
   * Makes the archive. Blocks; not for the window's thread. The final name appears only when
   * everything is on disk; a cancel or a failure leaves nothing behind.
   *
   * @return done; attention if something could not be read, with the list; refused if the target
   *     exists or is short of room; failed otherwise
   */
  public Outcome<BackupReceipt> run(BackupRequest request, Progress progress) {
    Instant created = time.instant();
    Path target = request.target();
    try {
      target = CreationGuards.target(request, created);
      CreationGuards.check(request.scope(), target);
      try (Lock lock = Lock.of(request.protection())) {
        return announced(request, target, lock, created, progress);
      }
    } catch (RefusedException e) {
      return new Outcome.Refused<>(e.problem());
    } catch (ProblemException e) {
      return new Outcome.Failed<>(e.problem());
    } catch (IOException e) {
      return new Outcome.Failed<>(ArchiveProblems.of(e, target));
    }
  }

  private Outcome<BackupReceipt> announced(
      BackupRequest request, Path target, Lock lock, Instant created, Progress progress)
      throws IOException, ProblemException {
    String id = UUID.randomUUID().toString();
    Intent intent =
        journal.begin(
            ACTION, request.scope().stack(), Map.of("archive", target.toString(), "id", id));
    try {
      Creation creation =
          new Creation(request, target, id, created, intent, engine, steps, progress);
      creation.survey(journal.head());
      return written(creation, lock, intent);
    } catch (IOException e) {
      intent.failed(Map.of("problem", ArchiveProblems.of(e, target).code()));
      throw e;
    } catch (ProblemException e) {
      intent.failed(Map.of("problem", e.problem().code()));
      throw e;
    } catch (RuntimeException e) {
      intent.failed(Map.of("problem", "INTERNAL"));
      throw e;
    }
  }

  private Outcome<BackupReceipt> written(Creation creation, Lock lock, Intent intent)
      throws IOException, ProblemException {
    Unfinished.Entry record = creation.record();
    unfinished.write(record);
    creation.reached(CreationStep.RECORDED);
    BackupReceipt receipt;
    try {
      Seal seal = creation.write(lock);
      receipt = receipt(creation, seal);
      unfinished.write(record.with(StoredArchive.of(shelved(creation, receipt))));
      creation.publish();
    } catch (IOException | ProblemException | RuntimeException e) {
      creation.discard();
      unfinished.remove(record);
      creation.reached(CreationStep.RECORD_REMOVED);
      throw e;
    }
    return noted(creation, record, receipt, intent);
  }

  /** From here on the archive is there, so nothing that fails may be reported as no archive. */
  private Outcome<BackupReceipt> noted(
      Creation creation, Unfinished.Entry record, BackupReceipt receipt, Intent intent) {
    try {
      creation.discard();
      creation.writeCard();
      shelf.put(shelved(creation, receipt));
      creation.reached(CreationStep.SHELVED);
      unfinished.remove(record);
      creation.reached(CreationStep.RECORD_REMOVED);
      return outcome(receipt, intent);
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
        seal.skipped());
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
        null);
  }

  private static Outcome<BackupReceipt> outcome(BackupReceipt receipt, Intent intent)
      throws ProblemException {
    Map<String, String> details = Map.of("bytes", Long.toString(receipt.bytes()));
    if (receipt.complete()) {
      intent.done(details);
      return new Outcome.Done<>(receipt);
    }
    Problem incomplete = CreationGuards.incomplete(receipt);
    intent.attention(
        Map.of("problem", incomplete.code(), "unread", Integer.toString(receipt.unread().size())));
    return new Outcome.Attention<>(receipt, incomplete);
  }
}
