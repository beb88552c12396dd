package dev.quayside.telemetry.gpu;

import dev.quayside.common.ChildProcess;
import dev.quayside.common.LineSplitter;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one reader running: starts it, hands on its lines, notices when it falls silent, and starts
 * it again, at most once a minute. A child that does not die when killed is left alone, and then no
 * second one is started beside it.
 *
 * <p>{@link #tick} is called by one thread; lines come on the reader's own thread.
 */
final class SmiLoop implements AutoCloseable {

  /** Takes the reader's lines and says what each is worth. */
  interface Lines {
    /** Returns whether the line was one that shows the tool at work. */
    boolean accept(String line);
  }

  /**
   * Tells how a run ended.
   *
   * @param exitCode its status, or -1 where it could not be started
   * @param text the last lines that meant nothing to us; the tool writes its errors to standard
   *     output
   */
  record End(int exitCode, String text) {}

  private static final long RESPAWN_NANOS = Duration.ofMinutes(1).toNanos();
  private static final long FIRST_LINE_NANOS = Duration.ofSeconds(3).toNanos();
  private static final int SILENT_INTERVALS = 3;
  private static final int LONGEST_LINE = 4096;
  private static final int LONGEST_TEXT = 2048;

  /** Names how the reader stands. */
  enum State {
    /** Started, and not yet overdue. */
    WAITING,
    /** Gives lines. */
    TALKING,
    /** Runs and says nothing, or had to be ended for that. */
    SILENT,
    /** Ended by itself; {@link #end} says how. */
    ENDED
  }

  private final String name;
  private final Supplier<List<String>> command;
  private final Map<String, String> environment;
  private final Duration interval;
  private final Lines lines;
  private final LongSupplier nanoTime;

  private @Nullable ChildProcess child;
  private @Nullable End end;
  private boolean running;
  private boolean abandoned;
  private boolean gaveUp;
  private boolean closed;
  private boolean again = true;
  private boolean heard;
  private long spawned;
  private long lastHeard;
  // Only the reader's thread uses it.
  private boolean cut;

  SmiLoop(
      String name,
      Supplier<List<String>> command,
      Map<String, String> environment,
      Duration interval,
      Lines lines,
      LongSupplier nanoTime) {
    this.name = name;
    this.command = command;
    this.environment = Map.copyOf(environment);
    this.interval = interval;
    this.lines = lines;
    this.nanoTime = nanoTime;
  }

  /** Starts the reader if it is due, and gives up on one that has been silent for a minute. */
  synchronized void tick() {
    if (closed) {
      return;
    }
    long now = nanoTime.getAsLong();
    boolean rested = again || now - spawned >= RESPAWN_NANOS;
    if (!running && rested) {
      again = false;
      running = true;
      abandoned = false;
      heard = false;
      spawned = now;
      Thread.ofPlatform().daemon().name("nvidia-smi-" + name).start(this::run);
    } else if (running && !abandoned && silent() && rested && child != null) {
      abandoned = true;
      ChildProcess hung = child;
      // Ending it may take seconds, and a process stuck in the driver does not end at all.
      Thread.ofPlatform().daemon().name("nvidia-smi-end-" + name).start(hung::close);
    }
  }

  /** Lets the next tick start the reader at once, for a query that was changed after a refusal. */
  synchronized void retryAtOnce() {
    again = true;
  }

  /** Notes that the reader is at work although it has nothing to say. */
  synchronized void signOfLife() {
    if (heard) {
      lastHeard = nanoTime.getAsLong();
    }
  }

  /** Returns how the reader stands; a failure or a silence stays until a later run is heard. */
  synchronized State state() {
    if (running && heard) {
      return silent() ? State.SILENT : State.TALKING;
    }
    if (end != null) {
      return State.ENDED;
    }
    return gaveUp || (running && silent()) ? State.SILENT : State.WAITING;
  }

  // Nothing meaningful came for too long: three seconds at the start, three intervals later.
  private boolean silent() {
    long now = nanoTime.getAsLong();
    return heard
        ? now - lastHeard > SILENT_INTERVALS * interval.toNanos()
        : now - spawned > FIRST_LINE_NANOS;
  }

  /** Returns how the last run ended; null before the first end and once a later run was heard. */
  synchronized @Nullable End end() {
    return end;
  }

  /** Returns the number of the running process. */
  synchronized OptionalLong pid() {
    return child == null ? OptionalLong.empty() : OptionalLong.of(child.identity().pid());
  }

  @Override
  public void close() {
    ChildProcess last;
    synchronized (this) {
      closed = true;
      last = child;
    }
    if (last != null) {
      last.close();
    }
  }

  private void run() {
    StringBuilder text = new StringBuilder();
    int exitCode = -1;
    try {
      ChildProcess started =
          ChildProcess.start(ChildProcess.Command.of(command.get(), environment));
      try (started) {
        if (take(started)) {
          read(started.output(), text);
          exitCode = started.await(Duration.ofSeconds(2)) ? started.exitCode() : exitCode;
        }
      }
    } catch (IOException e) {
      text.append(e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      finish(new End(exitCode, text.toString()));
    }
  }

  private synchronized boolean take(ChildProcess started) {
    child = started;
    return !closed;
  }

  private synchronized void finish(End how) {
    child = null;
    running = false;
    heard = false;
    gaveUp = abandoned;
    end = abandoned ? null : how;
  }

  private void read(InputStream output, StringBuilder text) {
    cut = false;
    LineSplitter splitter = new LineSplitter(LONGEST_LINE, line -> take(line, text));
    byte[] buffer = new byte[4096];
    try {
      for (int read = output.read(buffer); read >= 0; read = output.read(buffer)) {
        splitter.accept(buffer, read);
      }
    } catch (IOException e) {
      // The stream is cut when the child is ended by us; its exit status tells the rest.
    }
    cut = true;
    splitter.end();
  }

  private void take(String line, StringBuilder text) {
    // A line without its end may lack digits, so it is a message at best.
    if (!cut && lines.accept(line)) {
      synchronized (this) {
        heard = true;
        end = null;
        gaveUp = false;
        lastHeard = nanoTime.getAsLong();
      }
    } else if (!line.isBlank() && text.length() + line.length() < LONGEST_TEXT) {
      text.append(text.isEmpty() ? "" : "\n").append(line.strip());
    }
  }
}
