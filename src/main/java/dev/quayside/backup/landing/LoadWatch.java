package dev.quayside.backup.landing;

import dev.quayside.common.ProblemException;
import dev.quayside.common.Quantities;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ExecRequest;
import dev.quayside.journal.Intent;
import dev.quayside.journal.JournaledEngine;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the disk that a server of databases writes to while a dump is loaded, and ends the load
 * before nothing is left for the databases that are in use: a small dump may become large there.
 */
final class LoadWatch implements AutoCloseable {

  /**
   * Says it ten times a second, or once where sleep knows no fractions, as long as its input is
   * open: nothing is left running by a kill. What a shell starts beside itself has an empty input,
   * if it is not given one by another number.
   */
  private static final String SCRIPT =
      "exec 3<&0; cat <&3 >/dev/null & p=$!\n"
          + "while kill -0 $p 2>/dev/null; do df -Pk \"${PGDATA:-/}\" | tail -n 1;"
          + " sleep 0.1 2>/dev/null || sleep 1; done";

  private static final Pattern COLUMNS =
      Pattern.compile("\\s([0-9]{1,15})\\s+[0-9]+\\s+([0-9]{1,15})\\s+[0-9]+%\\s");
  private static final int TOTAL = 1;
  private static final int AVAILABLE = 2;
  private static final long KIBI = 1024;
  private static final int LONGEST_LINE = 4096;
  private static final long LEAST = 512L << 20;
  private static final int SHARE = 20;
  private static final Duration FIRST = Duration.ofSeconds(30);
  private static final Duration LONGEST = Duration.ofHours(12);
  private static final Logger LOG = LoggerFactory.getLogger(LoadWatch.class);

  private final Stop stop;
  private final CountDownLatch seen = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private volatile boolean sees;
  private volatile @Nullable String tripped;

  /** Ends the load. */
  interface Stop {
    /** Does so; may be called again. */
    void now() throws Exception;
  }

  private LoadWatch(JournaledEngine engine, Intent intent, ContainerId server, Stop stop) {
    this.stop = stop;
    this.thread =
        Thread.ofVirtual()
            .name("load-watch")
            .unstarted(() -> {
              try {
                engine.exec(
                    intent,
                    new ExecRequest(
                        server,
                        List.of("sh", "-c", SCRIPT),
                        Map.of(),
                        null,
                        new UntilClosed(),
                        new Lines(),
                        LONGEST));
              } catch (ProblemException e) {
                LOG.debug("the disk of a server is not watched any more: {}", e.toString());
              } finally {
                seen.countDown();
              }
            });
  }

  /** Starts watching the server in {@code server}. */
  static LoadWatch start(JournaledEngine engine, Intent intent, ContainerId server, Stop stop) {
    LoadWatch watch = new LoadWatch(engine, intent, server, stop);
    watch.thread.start();
    return watch;
  }

  /** Waits for the first answer; returns whether there was one. */
  boolean sees() {
    try {
      return seen.await(FIRST.toSeconds(), TimeUnit.SECONDS) && sees;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Returns how much was left when the load was ended; null if it was not. */
  @Nullable String tripped() {
    return tripped;
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      var _ = thread.join(FIRST);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Has nothing to read, and ends when nobody needs to watch any more. */
  private final class UntilClosed extends InputStream {

    @Override
    public int read() {
      try {
        closed.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      return length == 0 ? 0 : read();
    }
  }

  /** Takes what the script says, line by line. */
  private final class Lines extends OutputStream {

    private final StringBuilder line = new StringBuilder();
    private final Room room = new Room();

    @Override
    public void write(int single) {
      if (single != '\n') {
        if (line.length() < LONGEST_LINE) {
          line.append((char) (single & 0xFF));
        }
        return;
      }
      Matcher columns = COLUMNS.matcher(line + " ");
      line.setLength(0);
      if (columns.find()) {
        look(
            Long.parseLong(columns.group(TOTAL)) * KIBI,
            Long.parseLong(columns.group(AVAILABLE)) * KIBI);
      }
    }

    private void look(long total, long free) {
      boolean scarce = room.scarce(total, free);
      if (!sees) {
        sees = true;
        seen.countDown();
      }
      if (scarce) {
        tripped = Quantities.bytes(free);
        try {
          stop.now();
        } catch (Exception e) {
          LOG.warn("a load that fills a server's disk could not be ended: {}", e.toString());
        }
      }
    }
  }

  /** Judges how much is left, look after look. */
  static final class Room {

    private long least = -1;
    private long before;

    /** Returns whether it is little, or will be at the next look if it goes on like this. */
    boolean scarce(long total, long free) {
      if (least < 0) {
        least = Math.min(Math.max(LEAST, total / SHARE), free / 2);
        before = free;
      }
      long gone = Math.max(0, before - free);
      before = free;
      return free - gone < least;
    }
  }
}
