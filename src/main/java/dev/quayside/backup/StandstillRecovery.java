package dev.quayside.backup;

import dev.quayside.common.ForeignText;
import dev.quayside.common.Home;
import dev.quayside.common.Messages;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.common.ProcessLock;
import dev.quayside.engine.Container;
import dev.quayside.engine.Engine;
import dev.quayside.journal.Intent;
import dev.quayside.journal.Journal;
import dev.quayside.journal.JournaledEngine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Starts again what a killed backup left stopped. */
public final class StandstillRecovery {

  private static final String ACTION = "backup.standstill";
  private static final int LONGEST_ENDPOINT = 200;
  private static final Messages MESSAGES = Messages.of("backup");

  private final Home home;
  private final StandstillStore store;
  private final Unfinished unfinished;
  private final Journal journal;
  private final Engine engine;
  private final JournaledEngine control;

  /**
   * Looks at the records in the state folder.
   *
   * @param engine tells which containers there are
   * @param control starts them
   */
  public StandstillRecovery(Home home, Journal journal, Engine engine, JournaledEngine control) {
    this.home = home;
    this.store = new StandstillStore(home);
    this.unfinished = new Unfinished(home);
    this.journal = journal;
    this.engine = engine;
    this.control = control;
  }

  /**
   * Tells what became of one killed backup's services.
   *
   * @param stack the stack
   * @param services what stood because of it
   * @param problem why not all of them run; null if they do
   */
  public record Restarted(String stack, List<String> services, @Nullable Problem problem) {
    /** Makes the list immutable. */
    public Restarted {
      services = List.copyOf(services);
    }
  }

  /** Returns whether there is anything to look at; asks no engine. */
  public static boolean anyBegun(Home home) throws IOException {
    return !new StandstillStore(home).all().isEmpty();
  }

  /**
   * Starts what a killed process stopped; what a living one stopped is left alone, and so is what
   * was removed meanwhile, and what somebody started himself, whether it runs still or not. What
   * stands on another engine is told and kept for the day on which that one is connected. Blocks on
   * the engine.
   *
   * @throws IOException if the records cannot be read
   * @throws ProblemException if the engine does not answer, or the journal refuses
   */
  public List<Restarted> run() throws IOException, ProblemException {
    List<Restarted> told = new ArrayList<>();
    for (StandstillStore.Entry entry : store.all()) {
      // A restore that is at this stack, or was cut off there, has reasons to let a service stand:
      // until its data is in order, it would run on half a set.
      try (Unfinished.Claim claim = unfinished.claim(entry.id());
          ProcessLock stack = StackHold.take(home, entry.stack())) {
        boolean ours = claim != null && stack != null && !StackHold.halfDone(home, entry.stack());
        Restarted restarted = ours ? restart(entry) : null;
        if (restarted != null) {
          told.add(restarted);
        }
      }
    }
    return told;
  }

  private @Nullable Restarted restart(StandstillStore.Entry entry)
      throws IOException, ProblemException {
    if (entry.engine() != null && !entry.engine().equals(engine.info().endpoint())) {
      // Its containers are not to be found here, which does not mean that they are gone.
      List<String> services =
          entry.stopped().stream().map(StandstillStore.Stopped::service).toList();
      return new Restarted(
          entry.stack(),
          services,
          MESSAGES.problem(
              "BACKUP-STANDS-ELSEWHERE",
              String.join(", ", services),
              entry.stack(),
              ForeignText.line(entry.engine(), LONGEST_ENDPOINT)));
    }
    Map<String, Container> there = new HashMap<>();
    for (Container container : engine.list()) {
      there.put(container.id().value(), container);
    }
    List<StandstillStore.Stopped> ours = new ArrayList<>();
    for (StandstillStore.Stopped each : entry.stopped().reversed()) {
      if (there.containsKey(each.container())
          && each.stillOurs(engine.inspect(each.containerId()).container())) {
        ours.add(each);
      }
    }
    if (ours.isEmpty()) {
      store.remove(entry.id());
      return null;
    }
    List<String> services = ours.stream().map(StandstillStore.Stopped::service).toList();
    Intent intent =
        journal.begin(
            ACTION,
            entry.stack(),
            Map.of("id", entry.id(), "services", String.join(" ", services)));
    ProblemException why = null;
    for (StandstillStore.Stopped each : ours) {
      try {
        control.start(intent, each.containerId());
      } catch (ProblemException e) {
        why = e;
      }
    }
    if (why != null) {
      intent.failed(Map.of("problem", why.problem().code()));
      return new Restarted(
          entry.stack(),
          services,
          MESSAGES
              .problem("BACKUP-NOT-STARTED", String.join(", ", services), entry.stack())
              .withDetail(why.problem().title() + ". " + why.problem().detail()));
    }
    store.remove(entry.id());
    intent.done(Map.of());
    return new Restarted(entry.stack(), services, null);
  }
}
