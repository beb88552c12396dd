package dev.quayside.backup.drill;

import dev.quayside.backup.drill.DrilledService.Verdict;
import java.util.ArrayList;
import java.util.List;

/** Gathers what is seen of one subject. The first reason against it stays. For one thread. */
final class Trial {

  private final DrillSubject subject;
  private final List<String> evidence = new ArrayList<>();
  private Verdict verdict = Verdict.UNKNOWN;
  private String reason = "";
  private boolean complete;
  private boolean found;

  Trial(DrillSubject subject) {
    this.subject = subject;
  }

  DrillSubject subject() {
    return subject;
  }

  /** Notes that there is something in it that has to come back. */
  void found() {
    found = true;
  }

  /** Returns whether it is a stateful service, now that all was read. */
  boolean counts() {
    return found || subject.certain();
  }

  void saw(String text) {
    evidence.add(text);
  }

  /** Notes that its own tools refuse what the archive holds. */
  void failed(String why) {
    if (open()) {
      verdict = Verdict.FAILED;
      reason = why;
    }
  }

  /** Notes that it cannot be told, for a reason that is not the archive's. */
  void unknown(String why) {
    if (open()) {
      reason = why;
    }
  }

  /** Notes that all that the plan names was put in and read back. */
  void completed() {
    complete = true;
  }

  /**
   * Decides at the end: proven if all was seen and nothing spoke against it.
   *
   * @param otherwise the reason if not all was seen
   */
  void close(String otherwise) {
    if (open() && complete) {
      verdict = Verdict.PROVEN;
    } else {
      unknown(otherwise);
    }
  }

  /** Returns whether nothing was decided yet. */
  boolean open() {
    return verdict == Verdict.UNKNOWN && reason.isEmpty();
  }

  DrilledService result() {
    return new DrilledService(subject.name(), subject.image(), verdict, evidence, reason);
  }
}
