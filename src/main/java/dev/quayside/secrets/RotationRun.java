package dev.quayside.secrets;

import dev.quayside.catalogue.CataloguedSecret;
import dev.quayside.common.Messages;
import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.common.Secret;
import dev.quayside.engine.Container;
import dev.quayside.engine.Health;
import dev.quayside.exposure.probe.ProbeAnswer;
import dev.quayside.exposure.probe.ProbeAnswer.Credential;
import dev.quayside.exposure.probe.ProbeAnswer.Verdict;
import dev.quayside.stack.ServiceResult;
import dev.quayside.stack.Stack;
import dev.quayside.stack.env.EnvFile;
import dev.quayside.stack.env.EnvFileWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Carries out one plan from the announcement to the receipt, or back. */
final class RotationRun implements AutoCloseable {

  private static final Duration FIRST_ANSWER = Duration.ofSeconds(10);
  private static final int STEPS = 6;
  private static final Messages MESSAGES = Messages.of("secrets");

  private final RotationParts parts;
  private final RotationSession session;
  private final RotationPlan plan;
  private final Progress progress;
  private final EnvFile oldFile;
  private final Instant began;
  private final long beganNanos;
  private final Map<String, Secret> oldValues = new LinkedHashMap<>();
  private final Map<String, Secret> newValues = new LinkedHashMap<>();
  private final Map<String, List<ProbeAnswer>> answers = new LinkedHashMap<>();
  private final List<String> oldWorked = new ArrayList<>();
  private List<ServiceResult> ready = List.of();
  private @Nullable RotationRecord record;

  RotationRun(
      RotationParts parts,
      RotationSession session,
      RotationPlan plan,
      EnvFile oldFile,
      Progress progress) {
    this.parts = parts;
    this.session = session;
    this.plan = plan;
    this.oldFile = oldFile;
    this.progress = progress;
    this.began = parts.time().instant();
    this.beganNanos = parts.nanoClock().getAsLong();
  }

  Outcome<RotationReceipt> run() throws ProblemException, IOException {
    session.reached(RotationSteps.ANNOUNCED);
    Problem refusal;
    try {
      step(1, "step.checking");
      refusal = guards();
      if (refusal == null) {
        prepare();
        refusal = changedMeanwhile();
      }
    } catch (ProblemException | IOException failure) {
      forget();
      session.intent().failed(Map.of("problem", code(failure), "changed", "nothing"));
      throw failure;
    }
    if (refusal != null) {
      session.intent().failed(Map.of("refused", refusal.code(), "changed", "nothing"));
      return new Outcome.Refused<>(refusal);
    }
    RotationReceipt receipt;
    try {
      receipt = change();
    } catch (ProblemException | IOException | RuntimeException failure) {
      return putBack(failure);
    }
    try {
      new Completion(session).run(record(), plan.stack().name());
    } catch (ProblemException | IOException unfinished) {
      boolean published = Files.exists(session.store().receiptPath(record().id()));
      return new Outcome.Attention<>(
          published ? receipt : receipt.notStored(),
          MESSAGES.problem("TIDYING-LEFT", plan.stack().name()));
    }
    return new Outcome.Done<>(receipt);
  }

  /**
   * Looks a last time before the file is written: what somebody wrote since the plan was made must
   * not be lost. Everything is then forgotten, as nothing was changed.
   */
  private @Nullable Problem changedMeanwhile() throws IOException {
    byte[] present = Files.readAllBytes(plan.file());
    boolean same = EnvFile.hash(present).equals(plan.fileHash());
    Arrays.fill(present, (byte) 0);
    if (same) {
      return null;
    }
    session.store().remove(record().id());
    return MESSAGES.problem("ENV-CHANGED", plan.file());
  }

  /** Destroys what was prepared; what cannot be destroyed now is at the next start. */
  private void forget() {
    try {
      session.store().remove(session.intent().id());
    } catch (IOException later) {
      progress.line(MESSAGES.get("left.for-later"));
    }
  }

  private RotationRecord record() {
    return Objects.requireNonNull(record);
  }

  private void step(int number, String key) {
    progress.step(number, STEPS, MESSAGES.get(key));
  }

  /** Looks whether the change may begin and could be proven; changes nothing. */
  private @Nullable Problem guards() throws ProblemException {
    if (!oldFile.hash().equals(plan.fileHash())) {
      return MESSAGES.problem("ENV-CHANGED", plan.file());
    }
    Problem atRisk =
        parts.recreation().dataAtRisk(session.engine(), plan.stack(), plan.recreated());
    if (atRisk != null) {
      return atRisk;
    }
    for (RotationPlan.PlannedSecret secret : plan.secrets()) {
      Problem refusal = guard(secret.name());
      if (refusal != null) {
        return refusal;
      }
    }
    return progress.cancelled()
        ? MESSAGES.problem("ROTATION-CANCELLED", plan.stack().name())
        : null;
  }

  private @Nullable Problem guard(String name) throws ProblemException {
    CataloguedSecret secret = secret(name);
    ProbeAnswer open = session.ask(secret, Credential.NONE, null, FIRST_ANSWER);
    keep(name, open);
    if (open.verdict() == Verdict.ACCEPTED) {
      return MESSAGES.problem("SERVICE-OPEN", open.service(), name, open.request());
    }
    if (open.verdict() == Verdict.UNCLEAR) {
      return MESSAGES.problem("SERVICE-SILENT", open.service(), name, RotationSession.said(open));
    }
    Secret old = Objects.requireNonNull(oldFile.value(name));
    oldValues.put(name, old);
    if (session.ask(secret, Credential.OLD, old, FIRST_ANSWER).verdict() == Verdict.ACCEPTED) {
      oldWorked.add(name);
    }
    return null;
  }

  private CataloguedSecret secret(String name) {
    Stack stack = plan.stack();
    return Objects.requireNonNull(parts.catalogue().kind(stack.kind(), stack.era()).secret(name));
  }

  private void keep(String name, ProbeAnswer answer) {
    answers.computeIfAbsent(name, _ -> new ArrayList<>()).add(answer);
  }

  /** Makes the new values, and records everything that putting back needs. */
  private void prepare() throws ProblemException, IOException {
    ValueGenerator generator = new ValueGenerator(new SecureRandom());
    for (String name : oldValues.keySet()) {
      newValues.put(name, generator.generate(Objects.requireNonNull(secret(name).generator())));
    }
    boolean inPlace = EnvFileWriter.inPlace(session.engine(), plan.stack().name(), plan.file());
    byte[] old = oldFile.content();
    byte[] content = {};
    try (EnvFile changed = changed()) {
      content = changed.content();
      Stack stack = plan.stack();
      RotationRecord fresh =
          new RotationRecord(
              session.intent().id(),
              stack.name(),
              stack.kind(),
              stack.era(),
              Objects.requireNonNull(stack.invocation()),
              plan.file(),
              List.copyOf(newValues.keySet()),
              plan.recreated(),
              oldFile.hash(),
              changed.hash(),
              oldWorked,
              inPlace,
              RotationRecord.Phase.WRITING,
              began);
      session.store().create(fresh, old, content);
      record = fresh;
    } finally {
      Arrays.fill(old, (byte) 0);
      Arrays.fill(content, (byte) 0);
    }
    session.reached(RotationSteps.RECORDED);
  }

  private EnvFile changed() throws ProblemException {
    byte[] content = oldFile.content();
    EnvFile changed = EnvFile.parse(oldFile.path(), content);
    Arrays.fill(content, (byte) 0);
    boolean whole = false;
    try {
      for (Map.Entry<String, Secret> value : newValues.entrySet()) {
        EnvFile next = changed.with(value.getKey(), value.getValue());
        changed.close();
        changed = next;
      }
      whole = true;
      return changed;
    } finally {
      if (!whole) {
        changed.close();
      }
    }
  }

  private RotationReceipt change() throws ProblemException, IOException {
    step(2, "step.writing");
    try (EnvFile changed = changed()) {
      byte[] content = changed.content();
      try {
        EnvFileWriter.write(plan.file(), content, record().inPlace());
      } finally {
        Arrays.fill(content, (byte) 0);
      }
    }
    session.reached(RotationSteps.FILE_WRITTEN);
    advance(RotationRecord.Phase.RECREATING);
    session.reached(RotationSteps.RECREATING);
    List<String> unhealthyBefore = unhealthy();
    step(3, "step.recreating");
    session.recreate(record(), values());
    session.reached(RotationSteps.RECREATED);
    step(4, "step.waiting");
    ready = session.await(plan.stack(), plan.recreated(), unhealthyBefore);
    requireReady();
    session.reached(RotationSteps.READY);
    step(5, "step.asking");
    for (String name : newValues.keySet()) {
      requireAccepted(name);
    }
    session.reached(RotationSteps.NEW_ACCEPTED);
    for (String name : newValues.keySet()) {
      requireRefused(name);
    }
    session.reached(RotationSteps.OLD_REFUSED);
    step(6, "step.recording");
    RotationReceipt receipt = receipt();
    session.store().keepReceipt(record().id(), RotationReceipts.json(receipt));
    session.reached(RotationSteps.RECEIPT_KEPT);
    advance(RotationRecord.Phase.PROVEN);
    session.reached(RotationSteps.PROVEN);
    return receipt;
  }

  private List<Secret> values() {
    List<Secret> all = new ArrayList<>(oldValues.values());
    all.addAll(newValues.values());
    return all;
  }

  private void advance(RotationRecord.Phase phase) throws IOException {
    RotationRecord next = record().at(phase);
    session.store().save(next);
    record = next;
  }

  private List<String> unhealthy() throws ProblemException {
    return session.engine().list().stream()
        .filter(container -> plan.stack().name().equals(container.project()))
        .filter(container -> container.health() == Health.UNHEALTHY)
        .map(Container::service)
        .toList();
  }

  private void requireReady() throws ProblemException {
    List<String> bad =
        ready.stream()
            .filter(result -> !result.asAsked())
            .map(result -> result.service() + " (" + result.text() + ")")
            .toList();
    if (!bad.isEmpty()) {
      throw new ProblemException(MESSAGES.problem("CONSUMER-NOT-READY", String.join(", ", bad)));
    }
  }

  private void requireAccepted(String name) throws ProblemException {
    ProbeAnswer answer =
        session.ask(secret(name), Credential.NEW, newValues.get(name), session.patience());
    keep(name, answer);
    if (answer.verdict() != Verdict.ACCEPTED) {
      throw new ProblemException(
          MESSAGES.problem(
              "NEW-NOT-ACCEPTED", name, answer.service(), RotationSession.said(answer)));
    }
  }

  private void requireRefused(String name) throws ProblemException {
    ProbeAnswer answer =
        session.ask(secret(name), Credential.OLD, oldValues.get(name), FIRST_ANSWER);
    keep(name, answer);
    if (answer.verdict() != Verdict.REFUSED) {
      throw new ProblemException(
          MESSAGES.problem(
              "OLD-NOT-REFUSED", name, answer.service(), RotationSession.said(answer)));
    }
  }

  private RotationReceipt receipt() throws ProblemException {
    Fingerprints fingerprints = Fingerprints.open(parts.home());
    List<RotationReceipt.RotatedSecret> secrets = new ArrayList<>();
    for (Map.Entry<String, Secret> value : newValues.entrySet()) {
      String name = value.getKey();
      secrets.add(
          new RotationReceipt.RotatedSecret(
              name,
              fingerprints.of(Objects.requireNonNull(oldValues.get(name))),
              fingerprints.of(value.getValue()),
              answers.getOrDefault(name, List.of())));
    }
    return receipt(secrets, parts.journal().head())
        .storedAt(session.store().receiptPath(record().id()));
  }

  private RotationReceipt receipt(List<RotationReceipt.RotatedSecret> secrets, String head) {
    return new RotationReceipt(
        record().id(),
        plan.stack().name(),
        plan.file(),
        began,
        Duration.ofNanos(parts.nanoClock().getAsLong() - beganNanos),
        secrets,
        ready,
        head,
        null);
  }

  /** Tells what was answered, where nothing was proven; never fails, so that it hides nothing. */
  private RotationReceipt unproven() {
    List<RotationReceipt.RotatedSecret> secrets = new ArrayList<>();
    answers.forEach(
        (name, told) -> secrets.add(new RotationReceipt.RotatedSecret(name, "", "", told)));
    try {
      return receipt(secrets, parts.journal().head());
    } catch (ProblemException unreadable) {
      return receipt(secrets, "");
    }
  }

  private Outcome<RotationReceipt> putBack(Exception failure) {
    boolean interrupted = Thread.interrupted();
    Problem cause = problem(failure);
    progress.line(MESSAGES.get("back.begins", cause.title()));
    try {
      String proof = proofOfPuttingBack();
      List<String> down = new PuttingBack(session).run(record(), cause.code());
      String happened = cause.title() + ". " + cause.happened();
      if (!down.isEmpty()) {
        Problem told =
            MESSAGES.problem(
                "ROTATION-BACK-NOT-READY", plan.stack().name(), happened, String.join(", ", down));
        return new Outcome.Attention<>(unproven(), told.withDetail(cause.detail()));
      }
      Problem told = MESSAGES.problem("ROTATION-PUT-BACK", plan.stack().name(), happened, proof);
      return new Outcome.Failed<>(told.withDetail(cause.detail()));
    } catch (ProblemException | IOException | RuntimeException stuck) {
      Problem why = problem(stuck);
      Problem told =
          MESSAGES.problem(
              "ROTATION-STUCK",
              plan.stack().name(),
              cause.title(),
              why.title() + ". " + why.happened());
      return new Outcome.Attention<>(unproven(), told.withDetail(why.detail()));
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private String proofOfPuttingBack() {
    if (record().phase() == RotationRecord.Phase.WRITING) {
      return MESSAGES.get("back.untouched");
    }
    if (oldWorked.isEmpty()) {
      return MESSAGES.get("back.unproven");
    }
    return oldWorked.size() == newValues.size()
        ? MESSAGES.get("back.proven")
        : MESSAGES.get("back.partly", String.join(", ", oldWorked));
  }

  static Problem problem(Exception failure) {
    return failure instanceof ProblemException known
        ? known.problem()
        : MESSAGES.problem("ROTATION-FAILED", failure.getClass().getSimpleName());
  }

  private static String code(Exception failure) {
    return problem(failure).code();
  }

  @Override
  public void close() {
    oldValues.values().forEach(Secret::close);
    newValues.values().forEach(Secret::close);
  }
}
