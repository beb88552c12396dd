package dev.quayside.exposure.probe;

import dev.quayside.catalogue.KeyProbe;
import dev.quayside.catalogue.KnownService.Authentication;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Secret;
import dev.quayside.engine.Container;
import dev.quayside.exposure.probe.ProbeAnswer.Credential;
import dev.quayside.journal.Intent;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds out how a service is protected: it asks without a credential, with a made-up one and with
 * the right one, in this order, and stops at the first answer that decides. So few attempts lock
 * nobody out. Not safe for use by several threads.
 */
public final class ServiceProbe {

  private final KeyProber prober;
  private final InstantSource clock;
  private final WrongKey wrongKey = new WrongKey();

  /** Creates one that asks through {@code prober}. */
  public ServiceProbe(KeyProber prober, InstantSource clock) {
    this.prober = prober;
    this.clock = clock;
  }

  /**
   * Asks.
   *
   * @param right the credential that should be accepted, which stays the caller's to wipe; null
   *     where none is known
   */
  public ProbeFinding run(Intent intent, ProbeTarget target, @Nullable Secret right)
      throws ProblemException {
    return run(intent, new Asked(target, null, null), right);
  }

  /**
   * Names what is asked.
   *
   * @param target how
   * @param container which; null for any that runs
   * @param expects what the catalogue says that it asks of a caller; null where it says nothing
   */
  record Asked(
      ProbeTarget target, @Nullable Container container, @Nullable Authentication expects) {}

  ProbeFinding run(Intent intent, Asked asked, @Nullable Secret right) throws ProblemException {
    List<ProbeAnswer> answers = new ArrayList<>();
    Guard guard = judge(intent, asked, right, answers);
    Container container = asked.container();
    return new ProbeFinding(
        asked.target().service(),
        container == null ? "" : container.name(),
        asked.target().port(),
        asked.expects(),
        guard,
        answers,
        clock.instant());
  }

  private Guard judge(Intent intent, Asked asked, @Nullable Secret right, List<ProbeAnswer> answers)
      throws ProblemException {
    ProbeTarget target = asked.target();
    ProbeAnswer none = ask(intent, asked, Credential.NONE, null);
    answers.add(none);
    switch (none.verdict()) {
      case ACCEPTED -> {
        return target instanceof ProbeTarget.Http(KeyProbe key)
                && key.openMeans() == KeyProbe.OpenMeans.HARMLESS
            ? Guard.HARMLESS
            : Guard.OPEN;
      }
      case UNCLEAR -> {
        return unclear(none);
      }
      case REFUSED -> {
        // Which says nothing yet of whether any credential is as good as the right one.
      }
    }
    if (target instanceof ProbeTarget.Http http && http.key().header().isEmpty()) {
      return Guard.GUARDED_UNCONFIRMED;
    }
    ProbeAnswer wrong;
    try (Secret madeUp = wrongKey.like(right)) {
      wrong = ask(intent, asked, Credential.WRONG, madeUp);
    }
    answers.add(wrong);
    return switch (wrong.verdict()) {
      case ACCEPTED -> Guard.KEY_IGNORED;
      case UNCLEAR -> unclear(wrong);
      case REFUSED ->
          right == null ? Guard.GUARDED_UNCONFIRMED : withRight(intent, asked, right, answers);
    };
  }

  private ProbeAnswer ask(Intent intent, Asked asked, Credential credential, @Nullable Secret key)
      throws ProblemException {
    Container container = asked.container();
    return prober.ask(
        intent, asked.target(), container == null ? null : container.id(), credential, key);
  }

  private Guard withRight(Intent intent, Asked asked, Secret right, List<ProbeAnswer> answers)
      throws ProblemException {
    ProbeAnswer answer = ask(intent, asked, Credential.RIGHT, right);
    answers.add(answer);
    return switch (answer.verdict()) {
      case ACCEPTED -> Guard.GUARDED;
      case REFUSED -> Guard.KEY_REFUSED;
      case UNCLEAR -> Guard.GUARDED_UNCONFIRMED;
    };
  }

  private static Guard unclear(ProbeAnswer answer) {
    return answer.code().isEmpty() ? Guard.SILENT : Guard.UNKNOWN;
  }
}
