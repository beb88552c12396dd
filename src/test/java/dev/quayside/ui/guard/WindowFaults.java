package dev.quayside.ui.guard;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import dev.quayside.ui.fx.PulseWatchdog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects what must not happen while a window is tested: a stall of the FX thread, an exception
 * that nobody caught, an error in our log, a warning of the toolkit (its style sheets warn there).
 */
public final class WindowFaults implements AutoCloseable {

  /** Runs on the class path by decision, which the toolkit does not like. */
  private static final String ON_THE_CLASS_PATH = "Unsupported JavaFX configuration";

  private static final Duration PERIOD = Duration.ofMillis(100);

  /** Work this long is a fault on the slowest machine. */
  private static final Duration NO_EXCUSE = Duration.ofSeconds(5);

  private final List<String> faults = new ArrayList<>();
  // Held, because the log manager holds loggers weakly, and their handlers with them.
  private final Logger toolkit = Logger.getLogger("javafx");
  private final Handler warnings = new ToolkitWarnings();
  private final OurErrors errors = new OurErrors();
  private final ProcessorTimes times = new ProcessorTimes();
  private final PulseWatchdog watchdog;

  WindowFaults() {
    toolkit.addHandler(warnings);
    errors.start();
    root().addAppender(errors);
    this.watchdog = PulseWatchdog.start(PERIOD, this::stalled);
  }

  /**
   * Tells standing from working: who waits on the FX thread for a second waits for something that
   * does not belong there. How long its own work takes is for the benchmarks to say, which compare
   * on one machine; here only what no machine excuses counts.
   */
  private void stalled(Duration length) {
    ProcessorTimes.Share share = times.during(length);
    Duration ours = length.minus(share.waited()).minus(share.held());
    if (share.stood().compareTo(PulseWatchdog.FAIL) >= 0 || ours.compareTo(NO_EXCUSE) >= 0) {
      add(
          "the FX thread stood still for %d ms: waited %d, worked %d, no processor %d, all held %d"
              .formatted(
                  length.toMillis(),
                  share.stood().toMillis(),
                  share.worked().toMillis(),
                  share.waited().toMillis(),
                  share.held().toMillis()));
    }
  }

  private static ch.qos.logback.classic.Logger root() {
    return (ch.qos.logback.classic.Logger)
        LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  /** Catches what no thread caught until the window under test installs a handler of its own. */
  void uncaught(Thread thread, Throwable mistake) {
    StringBuilder text = new StringBuilder("uncaught on " + thread.getName() + ": " + mistake);
    for (StackTraceElement frame : mistake.getStackTrace()) {
      text.append("\n    at ").append(frame);
    }
    add(text.toString());
  }

  private synchronized void add(String fault) {
    faults.add(fault);
  }

  /** Returns what happened since the last call, and forgets it. */
  public synchronized List<String> take() {
    List<String> taken = List.copyOf(faults);
    faults.clear();
    return taken;
  }

  @Override
  public void close() {
    watchdog.close();
    times.close();
    root().detachAppender(errors);
    toolkit.removeHandler(warnings);
  }

  private final class ToolkitWarnings extends Handler {

    @Override
    public void publish(LogRecord record) {
      String message = String.valueOf(record.getMessage());
      if (record.getLevel().intValue() >= java.util.logging.Level.WARNING.intValue()
          && !message.startsWith(ON_THE_CLASS_PATH)
          && !StyleNames.defined(message)) {
        String thrown = record.getThrown() == null ? "" : " (" + record.getThrown() + ")";
        add(record.getLoggerName() + ": " + message + thrown);
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  private final class OurErrors extends AppenderBase<ILoggingEvent> {

    @Override
    protected void append(ILoggingEvent event) {
      if (event.getLevel().isGreaterOrEqual(Level.ERROR)) {
        String thrown =
            event.getThrowableProxy() == null
                ? ""
                : "\n    " + ThrowableProxyUtil.asString(event.getThrowableProxy());
        add(event.getLoggerName() + ": " + event.getFormattedMessage() + thrown);
      }
    }
  }
}
