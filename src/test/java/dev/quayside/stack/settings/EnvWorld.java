package dev.quayside.stack.settings;

import dev.quayside.catalogue.Catalogue;
import dev.quayside.catalogue.EnvReader;
import dev.quayside.common.Home;
import dev.quayside.common.Outcome;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Secret;
import dev.quayside.common.StepBoundary;
import dev.quayside.engine.Endpoint;
import dev.quayside.engine.compose.Compose;
import dev.quayside.engine.compose.ComposeInvocation;
import dev.quayside.exposure.probe.PlayedEngine;
import dev.quayside.journal.Journal;
import dev.quayside.stack.Stack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Edits files of a stack called demo whose one container has mounted what a test says. */
final class EnvWorld {

  static final Set<EnvReader> USUAL = EnumSet.of(EnvReader.COMPOSE, EnvReader.SHELL);

  private EnvWorld() {}

  /** Returns the parts on a played engine whose container has {@code mounted} mounted by itself. */
  static EnvParts parts(Home home, Path mounted, StepBoundary boundary) throws ProblemException {
    Endpoint endpoint = new Endpoint.Unix(Path.of("/nonexistent/docker.sock"));
    return new EnvParts(
        () -> PlayedEngine.with("web", mounted.toString(), true),
        Compose.on(endpoint, Map.of()),
        Journal.open(home, InstantSource.system()),
        Catalogue.load(),
        home,
        InstantSource.system(),
        boundary);
  }

  static Home home(Path folder) {
    return new Home(folder.resolve("config"), folder.resolve("state"), folder.resolve("cache"));
  }

  static EnvTarget target(Path file) {
    ComposeInvocation invocation =
        new ComposeInvocation("demo", file.getParent(), List.of(), List.of(), List.of());
    Stack stack = new Stack("demo", "generic", "", invocation, List.of());
    return new EnvTarget(stack, file, file.getFileName().toString(), EnvTarget.Role.ACTIVE, USUAL);
  }

  static EnvChange put(String name, String value) {
    return new EnvChange.Put(name, Secret.owning(value.toCharArray()));
  }

  static EnvPlan planned(Outcome<EnvPlan> outcome) {
    if (outcome instanceof Outcome.Done<EnvPlan> done) {
      return done.receipt();
    }
    throw new AssertionError("no plan: " + outcome);
  }

  /** Saves until it is in; a change that meets another is planned anew. */
  static void persist(EnvEditing editing, Path file, String name, String value) {
    while (true) {
      try (EnvPlan plan = planned(editing.plan(target(file), null, List.of(put(name, value))))) {
        Outcome<EnvReceipt> outcome = editing.save(plan);
        if (outcome instanceof Outcome.Done<EnvReceipt>) {
          return;
        }
        if (!(outcome instanceof Outcome.Refused<EnvReceipt> refused
            && Set.of("ENV-CONFLICT", "ENV-LOCKED").contains(refused.problem().code()))) {
          throw new AssertionError("not saved: " + outcome);
        }
      }
    }
  }

  /**
   * Runs in a process of its own: {@code HOME FILE MOUNTED save NAME VALUE}, {@code persist
   * NAME...}, {@code candidate} or {@code recover}.
   */
  public static void main(String[] words) throws Exception {
    Path file = Path.of(words[1]);
    Home home = home(Path.of(words[0]));
    if (words[3].equals("recover")) {
      Journal journal = Journal.open(home, InstantSource.system());
      boolean fine =
          EnvEditing.recover(home, journal, InstantSource.system()).stream()
              .allMatch(one -> one.ended() != EnvRecovery.Ended.STUCK);
      System.exit(fine ? 0 : 1);
    }
    if (words[3].equals("candidate")) {
      Candidate left = Candidate.of(home, Files.readAllBytes(file));
      Runtime.getRuntime().halt(left.toString().isEmpty() ? 1 : StepBoundary.HALT_STATUS);
    }
    EnvEditing editing = new EnvEditing(parts(home, Path.of(words[2]), StepBoundary.ofProcess()));
    if (words[3].equals("persist")) {
      for (String name : List.of(words).subList(4, words.length)) {
        persist(editing, file, name, "value of " + name);
      }
      System.exit(0);
    }
    try (EnvPlan plan =
        planned(editing.plan(target(file), null, List.of(put(words[4], words[5]))))) {
      System.exit(editing.save(plan) instanceof Outcome.Done<EnvReceipt> ? 0 : 1);
    }
  }
}
