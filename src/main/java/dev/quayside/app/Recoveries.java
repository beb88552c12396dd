package dev.quayside.app;

import dev.quayside.backup.Leftovers;
import dev.quayside.backup.StandstillRecovery;
import dev.quayside.backup.drill.DrillLeftovers;
import dev.quayside.backup.landing.LandingRecovery;
import dev.quayside.common.ForeignText;
import dev.quayside.common.Messages;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.secrets.Recovery;
import dev.quayside.stack.layer.LayerRecovery;
import dev.quayside.stack.settings.EnvRecovery;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts in order what killed processes left, and tells what became of it. What cannot be put in
 * order now is told too and keeps nothing else from going on: a restore needs no engine, whatever a
 * rotation waits for.
 */
final class Recoveries {

  private static final Logger LOG = LoggerFactory.getLogger(Recoveries.class);
  private static final int LONGEST = 400;

  private final Messages messages = Messages.of("app");

  /** Looks through one kind of work. */
  interface Search {
    /** Puts in order what it can and tells it. */
    List<Recovered> run() throws Exception;
  }

  /** Runs {@code search}; if it fails as a whole, that is what is told. */
  List<Recovered> tried(Search search) {
    try {
      return search.run();
    } catch (ProblemException e) {
      return List.of(stuck(e.problem()));
    } catch (Exception e) {
      LOG.warn("looking for cut-off work failed", e);
      Problem problem =
          new Problem(
              "RECOVERY-FAILED",
              messages.get("recovered.failed.title"),
              messages.get("recovered.failed.happened", e.getClass().getSimpleName()),
              messages.get("recovered.failed.unchanged"),
              messages.get("recovered.failed.next"),
              null,
              String.valueOf(e.getMessage()));
      return List.of(stuck(problem));
    }
  }

  private Recovered stuck(Problem problem) {
    return new Recovered(
        Recovered.Ended.STUCK, messages.get("recovered.stuck", problem.title()), problem);
  }

  /** Tells what became of half-made archives and restores. */
  List<Recovered> ofBackups(List<Leftovers.Leftover> leftovers) {
    List<Recovered> told = new ArrayList<>();
    for (Leftovers.Leftover one : leftovers) {
      told.add(
          switch (one.fate()) {
            case FINISHED -> told(Recovered.Ended.FINISHED, "finished", one.target());
            case FINISHED_WITH_GAPS -> told(Recovered.Ended.PUT_BACK, "gaps", one.target());
            case REMOVED -> told(Recovered.Ended.PUT_BACK, "removed", one.target());
            case TAKEN_AWAY -> told(Recovered.Ended.FINISHED, "taken", one.target());
            case STUCK -> told(Recovered.Ended.STUCK, "stuck", one.temporary());
            case OUT_OF_REACH -> told(Recovered.Ended.STUCK, "away", one.target());
          });
    }
    return told;
  }

  private Recovered told(Recovered.Ended ended, String key, Path path) {
    String safe = ForeignText.line(path.toString(), LONGEST);
    return new Recovered(ended, messages.get("recovered.backup." + key, safe), null);
  }

  /** Tells what became of drills. */
  List<Recovered> ofDrills(List<DrillLeftovers.Leftover> leftovers) {
    List<Recovered> told = new ArrayList<>();
    for (DrillLeftovers.Leftover one : leftovers) {
      String archive = ForeignText.line(one.archive(), LONGEST);
      Recovered.Ended ended =
          switch (one.fate()) {
            case FINISHED -> Recovered.Ended.FINISHED;
            case REMOVED -> Recovered.Ended.PUT_BACK;
            case OUT_OF_REACH, STUCK -> Recovered.Ended.STUCK;
          };
      String key = "recovered.drill." + one.fate().name().toLowerCase(Locale.ROOT);
      told.add(new Recovered(ended, messages.get(key, archive), one.problem()));
    }
    return told;
  }

  /** Tells what became of restores over a stack. */
  List<Recovered> ofLandings(List<LandingRecovery.Recovered> recoveries) {
    List<Recovered> told = new ArrayList<>();
    for (LandingRecovery.Recovered one : recoveries) {
      Recovered.Ended ended =
          switch (one.fate()) {
            case FINISHED, ACCEPTED -> Recovered.Ended.FINISHED;
            case PUT_BACK -> Recovered.Ended.PUT_BACK;
            case LOST, STUCK -> Recovered.Ended.STUCK;
          };
      Problem problem = one.problem();
      String key = "recovered.landing." + one.fate().name().toLowerCase(Locale.ROOT);
      String why = problem == null ? "" : problem.title();
      told.add(new Recovered(ended, messages.get(key, one.stack(), why), problem));
    }
    return told;
  }

  /** Tells what became of services that a backup had stopped. */
  List<Recovered> ofStandstills(List<StandstillRecovery.Restarted> restarted) {
    List<Recovered> told = new ArrayList<>();
    for (StandstillRecovery.Restarted one : restarted) {
      Problem problem = one.problem();
      String services = ForeignText.line(String.join(", ", one.services()), LONGEST);
      told.add(
          problem == null
              ? new Recovered(
                  Recovered.Ended.PUT_BACK,
                  messages.get("recovered.standstill.started", services, one.stack()),
                  null)
              : stuck(problem));
    }
    return told;
  }

  /** Tells what became of rotations. */
  List<Recovered> ofRotations(List<Recovery> recoveries) {
    List<Recovered> told = new ArrayList<>();
    for (Recovery one : recoveries) {
      Problem problem = one.problem();
      told.add(
          switch (one.ended()) {
            case FINISHED ->
                new Recovered(
                    Recovered.Ended.FINISHED,
                    messages.get("recovered.rotation.finished", one.stack()),
                    null);
            case PUT_BACK ->
                new Recovered(
                    Recovered.Ended.PUT_BACK,
                    messages.get("recovered.rotation.back", one.stack()),
                    null);
            case STUCK ->
                new Recovered(
                    Recovered.Ended.STUCK,
                    messages.get(
                        "recovered.rotation.stuck",
                        one.stack(),
                        problem == null ? "" : problem.title()),
                    problem);
          });
    }
    return told;
  }

  /** Tells what became of data that was being carried over into new containers. */
  List<Recovered> ofLayers(List<LayerRecovery> recoveries) {
    List<Recovered> told = new ArrayList<>();
    for (LayerRecovery one : recoveries) {
      Recovered.Ended ended =
          switch (one.ended()) {
            case FINISHED -> Recovered.Ended.FINISHED;
            case PUT_BACK, CUT_OFF, BROKEN_OFF, LEFT -> Recovered.Ended.PUT_BACK;
            case STUCK -> Recovered.Ended.STUCK;
          };
      Problem problem = one.problem();
      String why = problem == null ? "" : problem.happened();
      String key = "recovered.layer." + one.ended().name().toLowerCase(Locale.ROOT);
      told.add(new Recovered(ended, messages.get(key, one.stack(), why), problem));
    }
    return told;
  }

  /** Tells what became of saves of environment files. */
  List<Recovered> ofSettings(List<EnvRecovery> recoveries) {
    List<Recovered> told = new ArrayList<>();
    for (EnvRecovery one : recoveries) {
      Recovered.Ended ended =
          switch (one.ended()) {
            case FINISHED -> Recovered.Ended.FINISHED;
            case PUT_BACK, LEFT -> Recovered.Ended.PUT_BACK;
            case STUCK -> Recovered.Ended.STUCK;
          };
      String file = ForeignText.line(one.file().toString(), LONGEST);
      String key = "recovered.env." + one.ended().name().toLowerCase(Locale.ROOT);
      told.add(new Recovered(ended, messages.get(key, file), one.problem()));
    }
    return told;
  }
}
