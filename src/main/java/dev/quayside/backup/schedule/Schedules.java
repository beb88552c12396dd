package dev.quayside.backup.schedule;

import dev.quayside.backup.Protection;
import dev.quayside.common.Home;
import dev.quayside.common.Messages;
import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.journal.Intent;
import dev.quayside.journal.Journal;
import dev.quayside.journal.JournalEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Sets, shows and ends plans by which backups are made by themselves. */
public final class Schedules {

  static final String SET = "backup.schedule.set";
  static final String OFF = "backup.schedule.off";

  private static final int SHORT = 8;
  private static final Messages MESSAGES = Messages.of("schedule");

  private final Home home;
  private final PlanStore plans;
  private final JournalSource journal;
  private final UserTimers timers;
  private final Disks disks;
  private final InstantSource time;
  private final ZoneId zone;

  /** Gives the journal when something is changed. */
  @FunctionalInterface
  public interface JournalSource {
    /** Opens it. */
    Journal journal() throws ProblemException;
  }

  /**
   * Works on the plans in the configuration folder.
   *
   * @param environment the process environment, which leads to the user's systemd
   * @param zone whose clock a plan means
   */
  public Schedules(
      Home home,
      JournalSource journal,
      Map<String, String> environment,
      InstantSource time,
      ZoneId zone) {
    this.home = home;
    this.plans = new PlanStore(home);
    this.journal = journal;
    this.timers = new UserTimers(environment);
    this.disks = Disks.ofMachine();
    this.time = time;
    this.zone = zone;
  }

  /** Returns every plan and what became of it, by name of stack. Blocks on systemd. */
  public List<ScheduleStatus> all() throws ProblemException {
    List<ScheduleStatus> all = new ArrayList<>();
    for (SchedulePlan plan : plans.all()) {
      all.add(status(plan));
    }
    return List.copyOf(all);
  }

  /**
   * Returns the plan of {@code stack} and what became of it.
   *
   * @throws ProblemException if there is none
   */
  public ScheduleStatus show(String stack) throws ProblemException {
    SchedulePlan plan = plans.plan(stack);
    if (plan == null) {
      throw new ProblemException(none(stack));
    }
    return status(plan);
  }

  /** Notes a run that could not begin, for example because the engine was not there. */
  public void noteFailure(String stack, Problem problem) throws IOException, ProblemException {
    if (plans.plan(stack) != null) {
      ScheduleRun begun = ScheduleRun.begun(time.instant());
      plans.note(stack, begun.ended(time.instant(), new Outcome.Failed<>(problem)));
    }
  }

  static Problem none(String stack) {
    return MESSAGES.problem("SCHEDULE-NONE", stack);
  }

  /** Returns the plans that the built-in timer has to start, without asking systemd. */
  List<SchedulePlan> builtIn() throws ProblemException {
    return plans.all().stream()
        .filter(plan -> plan.timer() == SchedulePlan.Timer.BUILT_IN)
        .toList();
  }

  /** Returns when {@code plan} was due since it began or ran last; null if it was not. */
  @Nullable Instant missed(SchedulePlan plan) {
    Instant due = plan.when().next(begun(plan), zone);
    return due == null || due.isAfter(time.instant()) ? null : due;
  }

  private Instant begun(SchedulePlan plan) {
    ScheduleRun last = plans.lastRun(plan.stack());
    return last == null || last.started().isBefore(plan.since()) ? plan.since() : last.started();
  }

  private ScheduleStatus status(SchedulePlan plan) {
    boolean systemd = plan.timer() == SchedulePlan.Timer.SYSTEMD;
    Boolean lingers = systemd ? timers.lingers() : null;
    List<String> warnings = new ArrayList<>();
    if (!systemd) {
      warnings.add(MESSAGES.get("warning.built-in"));
    } else if (!timers.active(unit(plan.stack()))) {
      warnings.add(MESSAGES.get("warning.inactive", plan.stack()));
    }
    if (Boolean.FALSE.equals(lingers)) {
      warnings.add(MESSAGES.get("warning.lingers-not"));
    } else if (systemd && lingers == null) {
      warnings.add(MESSAGES.get("warning.lingers-unknown"));
    }
    warnOf(plan.target(), "warning.target-away", warnings);
    SchedulePlan.Target second = plan.second();
    if (second != null) {
      warnOf(second, "warning.second-away", warnings);
      if (share(plan.target().folder(), second.folder())) {
        warnings.add(MESSAGES.get("warning.second-shared", second.folder()));
      }
    }
    plan.folders().stream()
        .filter(folder -> share(folder, plan.target().folder()))
        .forEach(
            folder -> warnings.add(MESSAGES.get("warning.shared", folder, plan.target().folder())));
    if (plan.keep().keepsAll()) {
      warnings.add(MESSAGES.get("warning.keeps-all"));
    }
    return new ScheduleStatus(
        plan,
        lingers,
        plans.lastRun(plan.stack()),
        plan.when().next(time.instant(), zone),
        missed(plan),
        warnings);
  }

  private static void warnOf(SchedulePlan.Target target, String key, List<String> warnings) {
    if (!target.present()) {
      warnings.add(MESSAGES.get(key, target.folder()));
    }
  }

  private boolean share(Path one, Path other) {
    try {
      return disks.shared(one, other);
    } catch (IOException away) {
      return false;
    }
  }

  /**
   * Sets a plan, in the place of an older one, and what starts it: a timer of systemd where the
   * user has a manager of it, else the built-in one.
   *
   * @param command what the timer starts; program and arguments
   * @return done; refused if the request cannot be carried out as it is; failed otherwise, and then
   *     the older plan is in force
   */
  public Outcome<ScheduleStatus> set(SchedulePlan.Request request, List<String> command) {
    try {
      Problem obstacle = obstacle(request);
      if (obstacle != null) {
        return new Outcome.Refused<>(obstacle);
      }
      Intent intent = begin(SET, request.stack(), Map.of("to", request.target().toString()));
      SchedulePlan older = plans.plan(request.stack());
      try {
        SchedulePlan plan = plan(request);
        install(plan, command);
        plans.put(plan);
        plans.keepOnly(plan.stack(), plan.recipients());
        intent.done(Map.of("when", plan.when().expression(), "timer", plan.timer().name()));
        return new Outcome.Done<>(status(plan));
      } catch (IOException e) {
        putBack(request.stack(), older, e);
        Problem problem =
            MESSAGES
                .problem("SCHEDULE-NOT-SET", request.stack())
                .withDetail(String.valueOf(e.getMessage()));
        intent.failed(Map.of("problem", problem.code()));
        return new Outcome.Failed<>(problem);
      }
    } catch (ProblemException e) {
      return new Outcome.Failed<>(e.problem());
    }
  }

  /** A timer without a plan would only tell each night that there is none. */
  private void putBack(String stack, @Nullable SchedulePlan older, IOException failure) {
    try {
      if (older == null) {
        timers.remove(unit(stack));
        plans.remove(stack);
      } else {
        plans.put(older);
      }
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private static @Nullable Problem obstacle(SchedulePlan.Request request) throws ProblemException {
    if (request.recipients().isEmpty()) {
      return MESSAGES.problem("SCHEDULE-NO-RECIPIENT", request.stack());
    }
    Protection.check(request.recipients());
    for (Path folder : folders(request)) {
      if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
        return MESSAGES.problem("SCHEDULE-NO-FOLDER", folder);
      }
    }
    if (request.second() != null && same(request.target(), request.second())) {
      return MESSAGES.problem("SCHEDULE-SAME-FOLDER", request.second());
    }
    for (Path saved : request.folders()) {
      for (Path folder : folders(request)) {
        if (folder.startsWith(saved)) {
          return MESSAGES.problem("SCHEDULE-INSIDE", folder, saved);
        }
      }
    }
    return null;
  }

  private static List<Path> folders(SchedulePlan.Request request) {
    List<Path> folders = new ArrayList<>(List.of(request.target()));
    if (request.second() != null) {
      folders.add(request.second());
    }
    return folders;
  }

  private static boolean same(Path one, Path other) {
    try {
      return Files.isSameFile(one, other);
    } catch (IOException unknown) {
      return one.equals(other);
    }
  }

  private SchedulePlan plan(SchedulePlan.Request request) throws IOException {
    String generation = UUID.randomUUID().toString().substring(0, SHORT);
    return new SchedulePlan(
        request.stack(),
        marked(request.target()),
        request.second() == null ? null : marked(request.second()),
        plans.keep(request.stack(), request.recipients(), generation),
        request.folders(),
        request.compression(),
        request.when(),
        request.keep(),
        request.mayStop(),
        timers.available() ? SchedulePlan.Timer.SYSTEMD : SchedulePlan.Timer.BUILT_IN,
        time.instant());
  }

  private static SchedulePlan.Target marked(Path folder) throws IOException {
    return new SchedulePlan.Target(folder, FolderMark.of(folder));
  }

  private void install(SchedulePlan plan, List<String> command) throws IOException {
    String unit = unit(plan.stack());
    switch (plan.timer()) {
      case SYSTEMD ->
          timers.install(
              unit,
              UnitText.service(plan.stack(), command),
              UnitText.timer(plan.stack(), plan.when()));
      case BUILT_IN -> timers.remove(unit);
    }
  }

  /**
   * Ends a plan and takes its timer away; archives stay.
   *
   * @return done with the plan that was; refused if there is none; failed otherwise
   */
  public Outcome<SchedulePlan> off(String stack) {
    try {
      SchedulePlan plan = plans.plan(stack);
      if (plan == null) {
        return new Outcome.Refused<>(none(stack));
      }
      Intent intent = begin(OFF, stack, Map.of());
      try {
        timers.remove(unit(stack));
        plans.remove(stack);
        intent.done(Map.of());
        return new Outcome.Done<>(plan);
      } catch (IOException e) {
        Problem problem =
            MESSAGES.problem("SCHEDULE-NOT-OFF", stack).withDetail(String.valueOf(e.getMessage()));
        intent.failed(Map.of("problem", problem.code()));
        return new Outcome.Failed<>(problem);
      }
    } catch (ProblemException e) {
      return new Outcome.Failed<>(e.problem());
    }
  }

  /** Announces a change; one of the same plan that a kill cut off is taken up by it. */
  private Intent begin(String action, String stack, Map<String, String> details)
      throws ProblemException {
    Journal opened = journal.journal();
    for (String each : List.of(SET, OFF)) {
      for (JournalEntry open : opened.unended(each)) {
        if (open.subject().equals(stack)) {
          opened.resume(open.intent(), each, stack).failed(Map.of("recovered", "done anew"));
        }
      }
    }
    return opened.begin(action, stack, details);
  }

  /** Two installations with the same stack have two timers. */
  private String unit(String stack) {
    UUID place = UUID.nameUUIDFromBytes(home.config().toString().getBytes(StandardCharsets.UTF_8));
    return "quayside-backup-"
        + UnitText.escaped(stack)
        + "-"
        + place.toString().substring(0, SHORT);
  }
}
