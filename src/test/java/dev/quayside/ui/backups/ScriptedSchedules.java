package dev.quayside.ui.backups;

import dev.quayside.backup.schedule.SchedulePlan;
import dev.quayside.backup.schedule.ScheduleRun;
import dev.quayside.backup.schedule.ScheduleStatus;
import dev.quayside.common.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plans that are scripted. */
public final class ScriptedSchedules implements ScheduleDesk {

  public final List<SchedulePlan.Request> requests = new ArrayList<>();
  private final List<String> asked;
  private final List<ScheduleStatus> plans = new ArrayList<>();

  ScriptedSchedules(List<String> asked) {
    this.asked = asked;
  }

  /** Puts a plan in force. */
  public void put(ScheduleStatus status) {
    plans.removeIf(one -> one.plan().stack().equals(status.plan().stack()));
    plans.add(status);
  }

  /** Returns how a plan of {@code request} stands. */
  public static ScheduleStatus status(
      SchedulePlan.Request request,
      @Nullable ScheduleRun last,
      @Nullable Instant missed,
      List<String> warnings) {
    return new ScheduleStatus(
        new SchedulePlan(
            request.stack(),
            new SchedulePlan.Target(request.target(), "no such mark"),
            null,
            request.recipients(),
            request.folders(),
            request.compression(),
            request.when(),
            request.keep(),
            request.mayStop(),
            SchedulePlan.Timer.SYSTEMD,
            Instant.parse("2026-11-01T10:00:00Z")),
        false,
        last,
        Instant.parse("2026-11-30T02:30:00Z"),
        missed,
        warnings);
  }

  @Override
  public List<ScheduleStatus> all() {
    return List.copyOf(plans);
  }

  @Override
  public Outcome<ScheduleStatus> set(SchedulePlan.Request request) {
    asked.add("schedule " + request.stack() + " " + request.when().expression());
    requests.add(request);
    ScheduleStatus status =
        status(
            request,
            null,
            null,
            List.of(
                "The target is not there, or is not the folder it was: " + request.target(),
                "systemd only runs this plan while you are logged in."));
    put(status);
    return new Outcome.Done<>(status);
  }

  @Override
  public Outcome<SchedulePlan> off(String stack) {
    asked.add("off " + stack);
    ScheduleStatus gone =
        plans.stream().filter(one -> one.plan().stack().equals(stack)).findFirst().orElseThrow();
    plans.remove(gone);
    return new Outcome.Done<>(gone.plan());
  }
}
