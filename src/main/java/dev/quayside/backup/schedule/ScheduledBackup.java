package dev.quayside.backup.schedule;

import dev.quayside.backup.ArchiveRemoval;
import dev.quayside.backup.BackupCreation;
import dev.quayside.backup.BackupReceipt;
import dev.quayside.backup.BackupRequest;
import dev.quayside.backup.BackupScope;
import dev.quayside.backup.BackupShelf;
import dev.quayside.backup.CopyReceipt;
import dev.quayside.backup.Protection;
import dev.quayside.backup.SecondCopy;
import dev.quayside.backup.ShelvedArchive;
import dev.quayside.common.Home;
import dev.quayside.common.Messages;
import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.common.ProcessLock;
import dev.quayside.common.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Carries out a plan once: makes the archive, copies it, removes old ones, and notes the end. */
public final class ScheduledBackup {

  private static final Messages MESSAGES = Messages.of("schedule");

  private final PlanStore plans;
  private final BackupShelf shelf;
  private final Operations operations;
  private final Predicate<ShelvedArchive> proven;
  private final InstantSource time;
  private final ZoneId zone;

  /**
   * Holds what a plan is carried out with.
   *
   * @param scopes finds what there is to save
   * @param creation makes archives
   * @param copying copies them
   * @param removal removes old ones
   */
  public record Operations(
      Scopes scopes, BackupCreation creation, SecondCopy copying, ArchiveRemoval removal) {}

  /** Finds what a stack has to save. */
  @FunctionalInterface
  public interface Scopes {
    /** Asks the engine. */
    BackupScope of(String stack, List<Path> folders) throws ProblemException;
  }

  /**
   * Makes the operation.
   *
   * @param proven tells which archives were brought back to life in a drill; the newest of them
   *     always stays
   * @param zone whose days count when old archives are removed
   */
  public ScheduledBackup(
      Home home,
      Operations operations,
      Predicate<ShelvedArchive> proven,
      InstantSource time,
      ZoneId zone) {
    this.plans = new PlanStore(home);
    this.shelf = new BackupShelf(home);
    this.operations = operations;
    this.proven = proven;
    this.time = time;
    this.zone = zone;
  }

  /**
   * Carries out the plan of {@code stack}. Blocks, asks nobody, and keeps how it ended.
   *
   * @return done; attention if the target is not plugged in, something of the set is missing, or
   *     the copy or the removal of old archives did not succeed; refused if there is no plan or it
   *     runs already; failed if there is no archive
   */
  public Outcome<ScheduleReceipt> run(String stack, Progress progress) {
    try {
      SchedulePlan plan = plans.plan(stack);
      if (plan == null) {
        return new Outcome.Refused<>(Schedules.none(stack));
      }
      try (ProcessLock lock = plans.lock(stack)) {
        if (lock == null) {
          return new Outcome.Refused<>(MESSAGES.problem("SCHEDULE-RUNS", stack));
        }
        ScheduleRun begun = ScheduleRun.begun(time.instant());
        plans.note(stack, begun);
        Outcome<ScheduleReceipt> outcome = carriedOut(plan, progress);
        plans.note(stack, begun.ended(time.instant(), outcome));
        return outcome;
      }
    } catch (ProblemException e) {
      return new Outcome.Failed<>(e.problem());
    } catch (IOException e) {
      return new Outcome.Failed<>(
          MESSAGES.problem("SCHEDULE-UNNOTED", stack).withDetail(String.valueOf(e.getMessage())));
    }
  }

  private Outcome<ScheduleReceipt> carriedOut(SchedulePlan plan, Progress progress)
      throws ProblemException {
    Path target = plan.target().folder();
    if (!plan.target().present()) {
      return new Outcome.Attention<>(
          new ScheduleReceipt(plan.stack(), null, null, List.of()),
          MESSAGES.problem("SCHEDULE-TARGET-AWAY", target, plan.stack()));
    }
    BackupScope scope;
    try {
      scope = operations.scopes().of(plan.stack(), plan.folders());
    } catch (ProblemException e) {
      return new Outcome.Failed<>(e.problem());
    }
    BackupRequest request =
        new BackupRequest(
            scope,
            target,
            new Protection.Recipients(plan.recipients()),
            plan.compression(),
            plan.mayStop());
    return switch (operations.creation().run(request, progress)) {
      case Outcome.Done<BackupReceipt> done -> made(plan, done.receipt(), null, progress);
      case Outcome.Found<BackupReceipt> found -> made(plan, found.receipt(), null, progress);
      case Outcome.Attention<BackupReceipt> attention ->
          made(plan, attention.receipt(), attention.problem(), progress);
      case Outcome.Failed<BackupReceipt> failed -> new Outcome.Failed<>(failed.problem());
      case Outcome.Refused<BackupReceipt> refused -> new Outcome.Refused<>(refused.problem());
    };
  }

  /** From here on there is an archive, so whatever fails only needs attention. */
  private Outcome<ScheduleReceipt> made(
      SchedulePlan plan, BackupReceipt backup, @Nullable Problem gaps, Progress progress)
      throws ProblemException {
    List<Problem> problems = new ArrayList<>();
    if (gaps != null) {
      problems.add(gaps);
    }
    SchedulePlan.Target second = plan.second();
    CopyReceipt copy = second == null ? null : copied(backup, second, problems, progress);
    List<Path> removed = new ArrayList<>(removed(plan, plan.target(), backup, problems));
    if (second != null && second.present()) {
      removed.addAll(removed(plan, second, backup, problems));
    }
    ScheduleReceipt receipt = new ScheduleReceipt(plan.stack(), backup, copy, removed);
    return problems.isEmpty()
        ? new Outcome.Done<>(receipt)
        : new Outcome.Attention<>(receipt, joined(problems));
  }

  private static Problem joined(List<Problem> problems) {
    Problem first = problems.getFirst();
    if (problems.size() == 1) {
      return first;
    }
    String others =
        problems.stream()
            .skip(1)
            .map(each -> each.title() + ". " + each.happened())
            .collect(Collectors.joining(" "));
    return first.withDetail((first.detail() + " " + others).strip());
  }

  private @Nullable CopyReceipt copied(
      BackupReceipt backup, SchedulePlan.Target second, List<Problem> problems, Progress progress)
      throws ProblemException {
    if (!second.present()) {
      problems.add(MESSAGES.problem("SCHEDULE-SECOND-AWAY", second.folder()));
      return null;
    }
    ShelvedArchive archive =
        shelf.list().stream()
            .filter(each -> each.id().equals(backup.id()))
            .findFirst()
            .orElse(null);
    if (archive == null) {
      problems.add(second(second, MESSAGES.get("second.unshelved")));
      return null;
    }
    return switch (operations.copying().run(archive, second.folder(), progress)) {
      case Outcome.Done<CopyReceipt> done -> done.receipt();
      case Outcome.Found<CopyReceipt> found -> found.receipt();
      case Outcome.Attention<CopyReceipt> attention -> {
        problems.add(attention.problem());
        yield attention.receipt();
      }
      case Outcome.Failed<CopyReceipt> failed -> {
        problems.add(second(second, failed.problem().title()));
        yield null;
      }
      case Outcome.Refused<CopyReceipt> refused -> {
        problems.add(second(second, refused.problem().title()));
        yield null;
      }
    };
  }

  private static Problem second(SchedulePlan.Target second, String why) {
    return MESSAGES.problem("SCHEDULE-SECOND-FAILED", second.folder(), why);
  }

  private List<Path> removed(
      SchedulePlan plan, SchedulePlan.Target target, BackupReceipt made, List<Problem> problems)
      throws ProblemException {
    List<ShelvedArchive> there = archives(plan, target);
    ShelvedArchive later = later(there, made);
    if (later != null) {
      problems.add(MESSAGES.problem("SCHEDULE-DATES", later.archive(), later.created()));
      return List.of();
    }
    List<ShelvedArchive> old =
        plan.keep().removable(there, proven, zone).stream()
            .filter(each -> !is(each, made.id()) && !each.archive().equals(made.archive()))
            .toList();
    if (old.isEmpty()) {
      return List.of();
    }
    return switch (operations.removal().run(old)) {
      case Outcome.Done<List<Path>> done -> done.receipt();
      case Outcome.Found<List<Path>> found -> found.receipt();
      case Outcome.Attention<List<Path>> attention -> {
        problems.add(attention.problem());
        yield attention.receipt();
      }
      case Outcome.Failed<List<Path>> failed -> {
        problems.add(failed.problem());
        yield List.of();
      }
      case Outcome.Refused<List<Path>> refused -> {
        problems.add(refused.problem());
        yield List.of();
      }
    };
  }

  /** Lists what the plan's rules are about; nothing where all is kept. */
  private List<ShelvedArchive> archives(SchedulePlan plan, SchedulePlan.Target target)
      throws ProblemException {
    return plan.keep().keepsAll()
        ? List.of()
        : operations.removal().own(plan.stack(), target.folder());
  }

  /**
   * Finds an archive that says it was made after now. Either its date is wrong or the clock is, and
   * what is old cannot be told by dates. One that somebody made during the second copy is none.
   */
  private @Nullable ShelvedArchive later(List<ShelvedArchive> archives, BackupReceipt made) {
    Instant now = time.instant();
    return archives.stream()
        .filter(each -> !is(each, made.id()) && each.created().isAfter(now))
        .findFirst()
        .orElse(null);
  }

  /** Returns whether it is the archive {@code id} or a copy of it. */
  private static boolean is(ShelvedArchive archive, String id) {
    return archive.id().startsWith(id);
  }

  /**
   * Lists the old archives that the next run would remove, if it made none; changes nothing.
   *
   * @throws ProblemException if there is no plan, or nothing can be known
   */
  public List<Path> wouldRemove(String stack) throws ProblemException {
    SchedulePlan plan = plans.plan(stack);
    if (plan == null) {
      throw new ProblemException(Schedules.none(stack));
    }
    List<Path> old = new ArrayList<>();
    SchedulePlan.Target second = plan.second();
    for (SchedulePlan.Target target :
        second == null ? List.of(plan.target()) : List.of(plan.target(), second)) {
      List<ShelvedArchive> there = archives(plan, target);
      if (there.stream().noneMatch(each -> each.created().isAfter(time.instant()))) {
        plan.keep().removable(there, proven, zone).forEach(each -> old.add(each.archive()));
      }
    }
    return List.copyOf(old);
  }
}
