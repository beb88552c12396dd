package dev.quayside.backup.schedule;

import dev.quayside.common.ProblemException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts plans where the user has no systemd. It only runs while Quayside does; what was due
 * meanwhile is made up for once.
 */
public final class BuiltInTimer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(BuiltInTimer.class);
  private static final long EVERY_SECONDS = 30;

  private final Schedules schedules;
  private final Consumer<String> runner;
  private final ScheduledExecutorService clock;

  /**
   * Makes it; it looks for the first time when it is started.
   *
   * @param runner carries out the plan of a stack; blocks
   */
  public BuiltInTimer(Schedules schedules, Consumer<String> runner) {
    this.schedules = schedules;
    this.runner = runner;
    this.clock =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("backup-timer").factory());
  }

  /** Begins to look twice a minute. */
  public void start() {
    var _ =
        clock.scheduleWithFixedDelay(this::look, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
  }

  /** Carries out what is due, one after the other. */
  void look() {
    try {
      for (SchedulePlan plan : schedules.builtIn()) {
        if (schedules.missed(plan) != null) {
          runner.accept(plan.stack());
        }
      }
    } catch (ProblemException | RuntimeException e) {
      // It must not keep the timer from looking again.
      LOG.warn("looking for backups that are due failed: {}", e.toString());
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
