package dev.quayside.backup.schedule;

import dev.quayside.backup.Compression;
import dev.quayside.common.ProblemException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Holds a plan in the form in which it is kept: paths as file URIs, which keep every byte. */
record StoredPlan(
    String stack,
    String target,
    String targetMark,
    @Nullable String second,
    @Nullable String secondMark,
    List<String> recipients,
    List<String> folders,
    Compression compression,
    String when,
    Retention keep,
    boolean mayStop,
    SchedulePlan.Timer timer,
    Instant since) {

  static StoredPlan of(SchedulePlan plan) {
    SchedulePlan.Target second = plan.second();
    return new StoredPlan(
        plan.stack(),
        stored(plan.target().folder()),
        plan.target().mark(),
        second == null ? null : stored(second.folder()),
        second == null ? null : second.mark(),
        plan.recipients().stream().map(StoredPlan::stored).toList(),
        plan.folders().stream().map(StoredPlan::stored).toList(),
        plan.compression(),
        plan.when().expression(),
        plan.keep(),
        plan.mayStop(),
        plan.timer(),
        plan.since());
  }

  SchedulePlan plan() throws ProblemException {
    return new SchedulePlan(
        stack,
        new SchedulePlan.Target(loaded(target), targetMark),
        second == null || secondMark == null
            ? null
            : new SchedulePlan.Target(loaded(second), secondMark),
        recipients.stream().map(StoredPlan::loaded).toList(),
        folders.stream().map(StoredPlan::loaded).toList(),
        compression,
        OnCalendar.parse(when),
        keep,
        mayStop,
        timer,
        since);
  }

  private static String stored(Path path) {
    return path.toUri().toString();
  }

  private static Path loaded(String uri) {
    return Path.of(URI.create(uri));
  }
}
