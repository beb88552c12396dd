package dev.quayside.stack.settings;

import dev.quayside.common.AtomicFiles;
import dev.quayside.common.Messages;
import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.Engine;
import dev.quayside.journal.Intent;
import dev.quayside.stack.env.EnvFileWriter;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out one save under the lock of its file. */
final class EnvSave {

  private static final Logger LOG = LoggerFactory.getLogger(EnvSave.class);
  private static final int NAMES_NOTED = 30;
  private static final Messages MESSAGES = Messages.of("env");

  private final EnvParts parts;
  private final EnvState state;
  private final EnvStore store;
  private final EnvPlan plan;
  private final Path file;

  EnvSave(EnvParts parts, EnvState state, EnvPlan plan) {
    this.parts = parts;
    this.state = state;
    this.store = state.store();
    this.plan = plan;
    this.file = plan.target().file();
  }

  Outcome<EnvReceipt> run() throws ProblemException, IOException {
    Problem conflict = conflict();
    if (conflict != null) {
      return new Outcome.Refused<>(conflict);
    }
    boolean inPlace = plan.existed() && inPlace();
    Set<PosixFilePermission> mode = plan.existed() ? Files.getPosixFilePermissions(file) : PRIVATE;
    List<String> names =
        plan.diff().stream().map(EnvDifference::name).filter(name -> !name.isEmpty()).toList();
    Intent intent =
        parts.journal().begin(EnvEditing.ACTION, plan.target().stack().name(), details(names));
    reached(EnvSteps.ANNOUNCED);
    EnvRecord record =
        new EnvRecord(
            intent.id(),
            plan.target().stack().name(),
            file,
            plan.existed(),
            plan.oldHash(),
            plan.newHash(),
            inPlace,
            plan.reason(),
            names);
    try {
      store.create(record, plan.before(), plan.after());
    } catch (IOException unprepared) {
      forget(record);
      intent.failed(Map.of("problem", "UNPREPARED", "changed", "nothing"));
      throw unprepared;
    }
    reached(EnvSteps.RECORDED);
    boolean interrupted = Thread.interrupted();
    try (Displaced displaced = Displaced.of(plan.existed() && !inPlace ? file : null)) {
      try {
        EnvFileWriter.write(file, plan.after(), inPlace, this::watch);
        reached(EnvSteps.WRITTEN);
        verify(mode);
        reached(EnvSteps.VERIFIED);
      } catch (ChangedException | FileAlreadyExistsException changed) {
        return refused(record, intent, changed);
      } catch (IOException | ProblemException | RuntimeException failure) {
        // What is put back must not fail for the reason that the write did.
        interrupted |= Thread.interrupted();
        return putBack(record, intent, mode, failure);
      }
      interrupted |= Thread.interrupted();
      return conclude(record, intent, displaced);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Looks once more just before the file is changed: an editor may have been quicker. */
  private void watch(AtomicFiles.Moment moment) throws IOException {
    reached(EnvSteps.of(moment));
    Problem conflict = moment == AtomicFiles.Moment.PREPARED ? conflict() : null;
    if (conflict != null) {
      throw new ChangedException(conflict);
    }
  }

  private Outcome<EnvReceipt> refused(EnvRecord record, Intent intent, IOException changed)
      throws ProblemException, IOException {
    Problem problem =
        changed instanceof ChangedException told
            ? told.problem
            : MESSAGES.problem("ENV-CHANGED-SINCE", plan.target().name());
    intent.failed(Map.of("refused", problem.code(), "changed", "nothing"));
    store.remove(record.id());
    return new Outcome.Refused<>(problem);
  }

  /** Tells that the file is not what it was when the change was planned; nothing was written. */
  private static final class ChangedException extends IOException {
    private static final long serialVersionUID = 1;
    private final transient Problem problem;

    ChangedException(Problem problem) {
      super(problem.code());
      this.problem = problem;
    }
  }

  private static final Set<PosixFilePermission> PRIVATE =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private void reached(String step) {
    parts.boundary().reached(step);
  }

  private Map<String, String> details(List<String> names) {
    List<String> noted = names.subList(0, Math.min(NAMES_NOTED, names.size()));
    String more = noted.size() < names.size() ? " …" : "";
    return Map.of(
        "file", file.toString(), "settings", String.join(" ", noted) + more, "why", plan.reason());
  }

  /**
   * Returns a problem that names what changed since the file was opened; null where nothing did.
   */
  private @Nullable Problem conflict() throws IOException {
    try (PresentFile present = PresentFile.of(file)) {
      if (present.is(plan.existed(), plan.oldHash())) {
        return null;
      }
      String changed =
          present.usable()
              ? new EnvDiff(parts.judge(plan.target()))
                  .between(plan.before(), present.bytes()).stream()
                      .map(EnvWords::difference)
                      .limit(NAMES_NOTED)
                      .collect(Collectors.joining("; "))
              : MESSAGES.get("conflict.unusable");
      return MESSAGES.problem("ENV-CONFLICT", plan.target().name(), changed);
    }
  }

  /** Where it cannot be known who has mounted the file, the same file is written over. */
  private boolean inPlace() throws IOException {
    try (Engine engine = parts.engines().connect()) {
      return EnvFileWriter.inPlace(engine, file);
    } catch (ProblemException away) {
      return true;
    }
  }

  /** Reads the file again: it must be what was meant, and open to nobody new. */
  private void verify(Set<PosixFilePermission> before) throws IOException, ProblemException {
    boolean same;
    try (PresentFile present = PresentFile.of(file)) {
      same = present.is(true, plan.newHash());
    }
    Set<PosixFilePermission> now = Files.getPosixFilePermissions(file);
    if (!same || !before.containsAll(now)) {
      throw new ProblemException(
          MESSAGES.problem(
              "ENV-NOT-AS-WRITTEN", plan.target().name(), PosixFilePermissions.toString(now)));
    }
  }

  private Outcome<EnvReceipt> putBack(
      EnvRecord record, Intent intent, Set<PosixFilePermission> mode, Exception failure) {
    LOG.warn("saving {} failed", file, failure);
    EnvRecovery.Ended ended;
    try {
      if (record.existed() && !mode.containsAll(Files.getPosixFilePermissions(file))) {
        Files.setPosixFilePermissions(file, mode);
      }
      ended = new EnvSettling(state).putBack(record, plan.before(), plan.after());
    } catch (IOException | RuntimeException again) {
      LOG.warn("putting {} back failed too", file, again);
      // Its record stays, by which the next start tries again.
      return new Outcome.Attention<>(
          receipt(record, EnvReceipt.Result.NOT_SAVED, ""),
          MESSAGES.problem(
              "ENV-NOT-PUT-BACK", plan.target().name(), why(failure), why(again), presentState()));
    }
    boolean left = ended == EnvRecovery.Ended.LEFT;
    try {
      if (left) {
        intent.attention(Map.of("file", "changed by others while it was saved"));
      } else {
        intent.failed(Map.of("problem", failure.getClass().getSimpleName(), "putBack", "yes"));
      }
      store.remove(record.id());
    } catch (IOException | ProblemException later) {
      LOG.warn("the end of the save of {} is told at the next start", file, later);
    }
    if (left) {
      return new Outcome.Attention<>(
          receipt(record, EnvReceipt.Result.NOT_SAVED, ""), MESSAGES.problem("ENV-LEFT", file));
    }
    if (failure instanceof ProblemException told) {
      return new Outcome.Failed<>(told.problem());
    }
    return new Outcome.Failed<>(
        MESSAGES.problem("ENV-NOT-WRITTEN", plan.target().name(), why(failure)));
  }

  private static String why(Exception failure) {
    if (failure instanceof ProblemException told) {
      return told.problem().title();
    }
    String message = failure.getMessage();
    return failure.getClass().getSimpleName() + (message == null ? "" : ": " + message);
  }

  /** Says what is in the file, looked at anew. */
  private String presentState() {
    try (PresentFile present = PresentFile.of(file)) {
      if (present.is(plan.existed(), plan.oldHash())) {
        return MESSAGES.get("state.old");
      }
      return MESSAGES.get(present.is(true, plan.newHash()) ? "state.new" : "state.neither");
    } catch (IOException unreadable) {
      return MESSAGES.get("state.unknown");
    }
  }

  private Outcome<EnvReceipt> conclude(EnvRecord record, Intent intent, Displaced displaced) {
    String version = "";
    String others = "";
    EnvReceipt.Result result = plan.existed() ? EnvReceipt.Result.SAVED : EnvReceipt.Result.MADE;
    try {
      if (plan.existed()) {
        Instant now = parts.time().instant();
        version = state.history().keep(record, plan.before(), now);
        byte[] content = displaced.changed(plan.oldHash());
        if (content != null) {
          try {
            others =
                state
                    .history()
                    .keep(record.id() + "-displaced", file, "displaced", List.of(), content, now);
          } finally {
            Arrays.fill(content, (byte) 0);
          }
        }
      }
      reached(EnvSteps.KEPT);
      Map<String, String> details =
          Map.of("hash", plan.newHash(), "inPlace", Boolean.toString(record.inPlace()));
      if (others.isEmpty()) {
        intent.done(details);
      } else {
        intent.attention(details);
      }
      reached(EnvSteps.CONCLUDED);
      store.remove(record.id());
      reached(EnvSteps.CLEARED);
    } catch (IOException | ProblemException unfinished) {
      LOG.warn("the save of {} is concluded at the next start", file, unfinished);
      // The file is saved; what is missing is done at the next start, from the record.
      return new Outcome.Attention<>(
          receipt(record, result, version),
          MESSAGES.problem("ENV-TIDYING-LEFT", plan.target().name(), why(unfinished)));
    }
    return others.isEmpty()
        ? new Outcome.Done<>(receipt(record, result, version))
        : new Outcome.Attention<>(
            receipt(record, result, version),
            MESSAGES.problem("ENV-DISPLACED", plan.target().name(), others));
  }

  private EnvReceipt receipt(EnvRecord record, EnvReceipt.Result result, String version) {
    String head;
    try {
      head = parts.journal().head();
    } catch (ProblemException unreadable) {
      head = "";
    }
    return new EnvReceipt(
        record.id(),
        record.stack(),
        file,
        result,
        plan.diff(),
        plan.oldHash(),
        plan.newHash(),
        record.inPlace(),
        version,
        head);
  }

  private void forget(EnvRecord record) {
    try {
      store.remove(record.id());
    } catch (IOException later) {
      LOG.warn("what was prepared for {} is cleared away at the next start", file, later);
    }
  }
}
