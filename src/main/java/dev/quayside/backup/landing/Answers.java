package dev.quayside.backup.landing;

import dev.quayside.backup.landing.ServiceAnswer.Kind;
import dev.quayside.common.ForeignText;
import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import dev.quayside.common.Waiting;
import dev.quayside.engine.Container;
import dev.quayside.engine.Health;
import dev.quayside.exposure.probe.Guard;
import dev.quayside.exposure.probe.ProbeAnswer;
import dev.quayside.exposure.probe.ProbeFinding;
import dev.quayside.stack.Stack;
import dev.quayside.stack.StackService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Asks the services that a restore concerned whether they still answer, as their clients would: a
 * container that is healthy can hold data of another password.
 */
final class Answers {

  /** How long a service that has no health check may take until it listens. */
  private static final Duration SLOWEST = Duration.ofSeconds(30);

  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int LONGEST = 200;
  private static final Messages MESSAGES = Messages.of("landing");

  private final LandingParts parts;

  Answers(LandingParts parts) {
    this.parts = parts;
  }

  /** Asks; what keeps it from asking makes the answers unknown and nothing else. */
  List<ServiceAnswer> of(LandingRecord record, Progress progress) {
    Set<String> concerned = new LinkedHashSet<>();
    record.databases().forEach(one -> concerned.add(one.service()));
    concerned.addAll(record.servers());
    concerned.addAll(record.consumers());
    if (concerned.isEmpty()) {
      return List.of();
    }
    try {
      return settled(record.stack(), concerned, progress);
    } catch (ProblemException e) {
      String why = MESSAGES.get("answer.not-asked", e.problem().title());
      return concerned.stream().map(one -> new ServiceAnswer(one, Kind.UNKNOWN, why)).toList();
    }
  }

  private List<ServiceAnswer> settled(String stack, Set<String> concerned, Progress progress)
      throws ProblemException {
    Duration most = parts.patience().compareTo(SLOWEST) < 0 ? parts.patience() : SLOWEST;
    List<ServiceAnswer> answers = new ArrayList<>();
    var _ =
        Waiting.until(
            () -> {
              answers.clear();
              answers.addAll(asked(stack, concerned));
              return progress.cancelled()
                  || answers.stream().noneMatch(one -> one.kind() == Kind.SILENT);
            },
            most,
            PAUSE);
    return List.copyOf(answers);
  }

  private List<ServiceAnswer> asked(String name, Set<String> concerned) throws ProblemException {
    List<ProbeFinding> findings = parts.probes().get().run(parts.stacks().find(name));
    // Read after they were asked, so that what ended meanwhile is seen.
    Stack stack = parts.stacks().find(name);
    List<ServiceAnswer> answers = new ArrayList<>();
    for (String service : concerned) {
      List<ServiceAnswer> seen = new ArrayList<>();
      findings.stream()
          .filter(one -> one.service().equals(service))
          .forEach(one -> seen.add(of(one)));
      stack.services().stream()
          .filter(one -> one.name().equals(service))
          .forEach(one -> seen.add(of(one)));
      seen.stream().min(Comparator.comparing(ServiceAnswer::kind)).ifPresent(answers::add);
    }
    return List.copyOf(answers);
  }

  private static ServiceAnswer of(ProbeFinding finding) {
    Guard guard = finding.guard();
    Kind kind =
        switch (guard) {
          case GUARDED, GUARDED_UNCONFIRMED, OPEN, KEY_IGNORED, HARMLESS -> Kind.ANSWERS;
          case KEY_REFUSED -> Kind.KEY_REFUSED;
          case SILENT -> Kind.SILENT;
          case NOT_ASKED, UNKNOWN -> Kind.UNKNOWN;
        };
    ProbeAnswer last = finding.answers().isEmpty() ? null : finding.answers().getLast();
    String how =
        last == null
            ? ""
            : ForeignText.line(
                last.code().isEmpty() ? last.request() : last.request() + ": " + last.code(),
                LONGEST);
    return new ServiceAnswer(
        finding.service(), kind, MESSAGES.get("answer." + guard, finding.port(), how));
  }

  private static ServiceAnswer of(StackService service) {
    List<Container> live = service.containers().stream().filter(Container::live).toList();
    Kind kind = Kind.UNKNOWN;
    String key = "answer.runs";
    if (live.isEmpty()) {
      kind = Kind.SILENT;
      key = "answer.ended";
    } else if (live.stream().anyMatch(one -> one.health() == Health.UNHEALTHY)) {
      kind = Kind.SILENT;
      key = "answer.unhealthy";
    } else if (live.stream().allMatch(one -> one.health() == Health.HEALTHY)) {
      kind = Kind.HEALTHY;
      key = "answer.healthy";
    }
    return new ServiceAnswer(service.name(), kind, MESSAGES.get(key));
  }
}
