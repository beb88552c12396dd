package dev.quayside.secrets;

import dev.quayside.catalogue.CataloguedSecret;
import dev.quayside.catalogue.KeyProbe;
import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import dev.quayside.common.ProcessIdentity;
import dev.quayside.common.Progress;
import dev.quayside.common.Secret;
import dev.quayside.common.Waiting;
import dev.quayside.engine.Engine;
import dev.quayside.engine.compose.ComposeInvocation;
import dev.quayside.exposure.probe.KeyProber;
import dev.quayside.exposure.probe.ProbeAnswer;
import dev.quayside.exposure.probe.ProbeAnswer.Credential;
import dev.quayside.exposure.probe.ProbeAnswer.Verdict;
import dev.quayside.journal.Intent;
import dev.quayside.stack.Recreation;
import dev.quayside.stack.ServiceResult;
import dev.quayside.stack.Stack;
import dev.quayside.stack.StackDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Offers one run, or its recovery, what both directions need: recreating, waiting and asking. */
final class RotationSession {

  private static final Duration ASK_AGAIN = Duration.ofMillis(500);
  private static final Messages MESSAGES = Messages.of("secrets");

  private final RotationParts parts;
  private final RotationStore store;
  private final Engine engine;
  private final Intent intent;
  private final Progress progress;
  private final KeyProber prober;
  private final String project;

  RotationSession(
      RotationParts parts,
      RotationStore store,
      Engine engine,
      Intent intent,
      String project,
      Progress progress) {
    this.parts = parts;
    this.store = store;
    this.engine = engine;
    this.intent = intent;
    this.project = project;
    this.progress = new Uncancellable(progress);
    this.prober = new KeyProber(engine, parts.control(), project);
  }

  RotationStore store() {
    return store;
  }

  Engine engine() {
    return engine;
  }

  Intent intent() {
    return intent;
  }

  void reached(String step) {
    parts.boundary().reached(step);
  }

  void recreate(RotationRecord record, List<Secret> masked) throws ProblemException {
    ComposeInvocation invocation = record.invocation();
    StackDefinition definition = StackDefinition.read(parts.compose(), invocation);
    Progress noting = new Noting(progress, store, record.id());
    Recreation.Source source =
        new Recreation.Source(
            record.stack(),
            parts.catalogue().kind(record.kind(), record.era()),
            invocation,
            definition);
    // Only services that run are in the record.
    var _ = parts.recreation().recreate(engine, intent, source, record.services(), masked, noting);
  }

  List<ServiceResult> await(Stack stack, List<String> services, Collection<String> unhealthyBefore)
      throws ProblemException {
    return parts
        .recreation()
        .await(engine, stack, services, unhealthyBefore, parts.patience(), progress);
  }

  /** Asks until the service gives an answer that means something, or the patience is over. */
  ProbeAnswer ask(
      CataloguedSecret secret, Credential credential, @Nullable Secret value, Duration patience)
      throws ProblemException {
    KeyProbe probe = java.util.Objects.requireNonNull(secret.keyProbe());
    AtomicReference<ProbeAnswer> last = new AtomicReference<>();
    Waiting.until(
        () -> {
          ProbeAnswer answer = prober.ask(intent, probe, credential, value);
          last.set(answer);
          return answer.verdict() != Verdict.UNCLEAR;
        },
        patience,
        ASK_AGAIN);
    ProbeAnswer answer = last.get();
    progress.line(said(answer));
    return answer;
  }

  Duration patience() {
    return parts.patience();
  }

  CataloguedSecret known(RotationRecord record, String name) throws ProblemException {
    CataloguedSecret secret = parts.catalogue().kind(record.kind(), record.era()).secret(name);
    if (secret == null || secret.keyProbe() == null) {
      throw new ProblemException(MESSAGES.problem("SECRET-UNKNOWN", name, project));
    }
    return secret;
  }

  static String said(ProbeAnswer answer) {
    String code =
        answer.status() == 0 ? MESSAGES.get("answer.none") : Integer.toString(answer.status());
    return MESSAGES.get(
        "answer",
        MESSAGES.get("credential." + answer.credential()),
        answer.service(),
        MESSAGES.get("verdict." + answer.verdict()),
        code,
        answer.from());
  }

  /**
   * Hands everything on but the wish to stop: half a change is never left to the operator's hand.
   */
  private static class Uncancellable implements Progress {
    private final Progress to;

    Uncancellable(Progress to) {
      this.to = to;
    }

    @Override
    public void step(int number, int total, String text) {
      to.step(number, total, text);
    }

    @Override
    public void bytes(long done, long total) {
      to.bytes(done, total);
    }

    @Override
    public void line(String text) {
      to.line(text);
    }

    @Override
    public boolean cancelled() {
      return false;
    }
  }

  /** Notes which process Compose is, so that a later start finds it if it outlives this one. */
  private static final class Noting extends Uncancellable {
    private final RotationStore store;
    private final String id;

    Noting(Progress to, RotationStore store, String id) {
      super(to);
      this.store = store;
      this.id = id;
    }

    @Override
    public void child(ProcessIdentity identity) {
      try {
        store.child(id).write(identity);
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }
}
