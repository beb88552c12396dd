package dev.quayside.stack.settings;

import dev.quayside.common.Messages;
import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.Engine;
import dev.quayside.journal.Intent;
import dev.quayside.stack.env.EnvFile;
import dev.quayside.stack.env.EnvFileWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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
    // Nobody of ours writes while we hold the lock; an editor may have, a moment ago.
    conflict = conflict();
    if (conflict != null) {
      store.remove(record.id());
      intent.failed(Map.of("refused", conflict.code(), "changed", "nothing"));
      return new Outcome.Refused<>(conflict);
    }
    try {
      EnvFileWriter.write(file, plan.after(), inPlace);
      reached(EnvSteps.WRITTEN);
      verify(mode);
      reached(EnvSteps.VERIFIED);
    } catch (IOException | ProblemException failure) {
      return putBack(record, intent, failure);
    }
    return conclude(record, intent);
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
  private @org.jspecify.annotations.Nullable Problem conflict() throws IOException {
    byte[] present = EnvSettling.present(file);
    try {
      if (Files.exists(file) == plan.existed() && EnvFile.hash(present).equals(plan.oldHash())) {
        return null;
      }
      String changed =
          new EnvDiff(parts.judge(plan.target()))
              .between(plan.before(), present).stream()
                  .map(EnvWords::difference)
                  .limit(NAMES_NOTED)
                  .collect(Collectors.joining("; "));
      return MESSAGES.problem("ENV-CONFLICT", plan.target().name(), changed);
    } finally {
      Arrays.fill(present, (byte) 0);
    }
  }

  /** Where it cannot be known who has mounted the file, the same file is written over. */
  private boolean inPlace() throws IOException {
    try (Engine engine = parts.engines().connect()) {
      return EnvFileWriter.inPlace(engine, plan.target().stack().name(), file);
    } catch (ProblemException away) {
      return true;
    }
  }

  /** Reads the file again: it must be what was meant, and open to nobody new. */
  private void verify(Set<PosixFilePermission> before) throws IOException, ProblemException {
    byte[] present = EnvSettling.present(file);
    boolean same = EnvFile.hash(present).equals(plan.newHash());
    Arrays.fill(present, (byte) 0);
    Set<PosixFilePermission> now = Files.getPosixFilePermissions(file);
    if (!same || !before.containsAll(now)) {
      throw new ProblemException(
          MESSAGES.problem(
              "ENV-NOT-AS-WRITTEN", plan.target().name(), PosixFilePermissions.toString(now)));
    }
  }

  private Outcome<EnvReceipt> putBack(EnvRecord record, Intent intent, Exception failure)
      throws ProblemException, IOException {
    LOG.warn("saving {} failed", file, failure);
    EnvRecovery.Ended ended = new EnvSettling(state).putBack(record, plan.before(), plan.after());
    store.remove(record.id());
    if (ended == EnvRecovery.Ended.LEFT) {
      intent.attention(Map.of("file", "changed by others while it was saved"));
      return new Outcome.Attention<>(receipt(record, ""), MESSAGES.problem("ENV-LEFT", file));
    }
    intent.failed(Map.of("problem", failure.getClass().getSimpleName(), "putBack", "yes"));
    if (failure instanceof ProblemException told) {
      return new Outcome.Failed<>(told.problem());
    }
    return new Outcome.Failed<>(
        MESSAGES.problem(
            "ENV-NOT-WRITTEN", plan.target().name(), String.valueOf(failure.getMessage())));
  }

  private Outcome<EnvReceipt> conclude(EnvRecord record, Intent intent) throws ProblemException {
    String version = "";
    try {
      if (plan.existed()) {
        version = state.history().keep(record, plan.before(), parts.time().instant());
      }
      reached(EnvSteps.KEPT);
      intent.done(Map.of("hash", plan.newHash(), "inPlace", Boolean.toString(record.inPlace())));
      reached(EnvSteps.CONCLUDED);
      store.remove(record.id());
      reached(EnvSteps.CLEARED);
    } catch (IOException unfinished) {
      // The file is saved; what is missing is done at the next start, from the record.
      return new Outcome.Attention<>(
          receipt(record, version),
          MESSAGES.problem(
              "ENV-TIDYING-LEFT", plan.target().name(), String.valueOf(unfinished.getMessage())));
    }
    return new Outcome.Done<>(receipt(record, version));
  }

  private EnvReceipt receipt(EnvRecord record, String version) {
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
