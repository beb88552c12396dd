package dev.quayside.ui.backups;

import dev.quayside.common.Problem;
import dev.quayside.ui.fx.Background;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/** Knows what waits for the operator, and reads it anew once a minute. For the FX thread. */
final class StandingModel {

  private static final Duration BETWEEN_READS = Duration.ofMinutes(1);

  private final BackupDesk desk;
  private final InstantSource clock;
  private final Background.Newest reading;
  private final ReadOnlyObjectWrapper<@Nullable Standing> standing = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<@Nullable Problem> problem = new ReadOnlyObjectWrapper<>();
  private Instant next = Instant.MIN;

  StandingModel(BackupDesk desk, Background background, InstantSource clock) {
    this.desk = desk;
    this.clock = clock;
    this.reading = background.newest();
  }

  /** Returns what was read last; null before. Set only when something changed. */
  ReadOnlyObjectProperty<@Nullable Standing> standing() {
    return standing.getReadOnlyProperty();
  }

  /** Returns why it could not be read last time; null if it could. */
  ReadOnlyObjectProperty<@Nullable Problem> problem() {
    return problem.getReadOnlyProperty();
  }

  /** Reads it now; what is known stays until the answer is there. */
  void reload() {
    Instant now = clock.instant();
    next = now.plus(BETWEEN_READS);
    reading.run(
        () -> Standing.read(desk, now),
        read -> {
          problem.set(null);
          if (!read.equals(standing.get())) {
            standing.set(read);
          }
        },
        problem::set);
  }

  /** Reads it if that was a while ago, and returns whether it did. */
  boolean follow() {
    boolean due = !clock.instant().isBefore(next);
    if (due) {
      reload();
    }
    return due;
  }
}
