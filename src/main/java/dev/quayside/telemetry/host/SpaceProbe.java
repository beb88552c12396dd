package dev.quayside.telemetry.host;

import dev.quayside.telemetry.HostSample.MountSpace;
import java.io.File;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Measures the free space of one mount on a thread of its own, so that a network share that hangs
 * costs only its own figure: that keeps its age, and no second thread is sent after the first.
 */
final class SpaceProbe {

  /** Asks the operating system for sizes; the second real one hangs on purpose in a test. */
  interface Space {
    /**
     * Returns total and usable bytes; 0 where they cannot be told. Uses no {@code FileStore}, which
     * reads all mounts.
     */
    long[] of(String path);

    /** Returns what the running system says. */
    static Space ofSystem() {
      return path -> {
        File file = new File(path);
        return new long[] {file.getTotalSpace(), file.getUsableSpace()};
      };
    }
  }

  private static final Duration PERIOD = Duration.ofSeconds(30);

  private final String path;
  private final Space space;
  private final InstantSource clock;
  private final AtomicBoolean busy = new AtomicBoolean();
  private @Nullable Instant asked;
  private volatile @Nullable MountSpace newest;

  SpaceProbe(String path, Space space, InstantSource clock) {
    this.path = path;
    this.space = space;
    this.clock = clock;
  }

  /**
   * Asks again if it is time and the last question was answered; returns the newest answer, which
   * may be old.
   */
  @Nullable MountSpace read(Instant now) {
    boolean due = asked == null || !now.isBefore(asked.plus(PERIOD));
    if (due && busy.compareAndSet(false, true)) {
      asked = now;
      Thread.ofPlatform().daemon().name("space-of-" + path).start(this::ask);
    }
    return newest;
  }

  private void ask() {
    try {
      long[] sizes = space.of(path);
      newest = sizes[0] <= 0 ? null : new MountSpace(path, sizes[0], sizes[1], clock.instant());
    } finally {
      busy.set(false);
    }
  }
}
