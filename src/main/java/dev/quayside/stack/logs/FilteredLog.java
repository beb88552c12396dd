package dev.quayside.stack.logs;

import dev.quayside.common.Feed;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Keeps the newest lines of a merged log and, beside them, those that the filter lets through.
 * Lines are filtered as they come, on the thread that brings them; changing the filter goes over
 * the kept lines again. Reading never waits for a filter.
 */
public final class FilteredLog {

  /** How often news is published at most. */
  private static final long PACE_MILLIS = 100;

  private final int mostLines;
  private final long mostBytes;
  private final BoundedLog all;
  private final ScheduledExecutorService timer;
  private final AtomicBoolean newsPending = new AtomicBoolean();

  /** Guards the order of lines against a change of the filter. */
  private final Object order = new Object();

  private final CopyOnWriteArrayList<String> services = new CopyOnWriteArrayList<>();
  private long numbered;
  private volatile View view;
  private volatile LogFilter wanted;
  private final Feed<News> news;

  /**
   * Holds the lines that one filter lets through.
   *
   * @param generation grows with each change of the filter; lines read under another generation are
   *     void
   * @param filter the filter
   * @param lines what it lets through
   */
  public record View(long generation, LogFilter filter, BoundedLog lines) {}

  /**
   * Tells that something changed.
   *
   * @param generation of the view
   * @param shown how many lines the filter has let through
   * @param kept how much there is without the filter
   * @param services all names seen so far, in the order of their first line
   */
  public record News(long generation, long shown, BoundedLog.Fill kept, List<String> services) {
    /** Makes the list immutable. */
    public News {
      services = List.copyOf(services);
    }
  }

  /**
   * Creates an empty log that shows everything.
   *
   * @param mostLines how many lines are kept at most
   * @param mostBytes about how much memory they take at most
   * @param timer publishes the news; not closed here
   */
  public FilteredLog(int mostLines, long mostBytes, ScheduledExecutorService timer) {
    this.mostLines = mostLines;
    this.mostBytes = mostBytes;
    this.timer = timer;
    this.all = new BoundedLog(mostLines, mostBytes);
    this.wanted = LogFilter.everything();
    this.view = new View(0, wanted, new BoundedLog(mostLines, mostBytes));
    this.news = new Feed<>(tell());
  }

  /** Tells about changes, at most ten times a second. */
  public Feed<News> news() {
    return news;
  }

  /** Returns what the present filter lets through. */
  public View view() {
    return view;
  }

  /** Adds lines in this order. */
  public void add(List<LogLine> lines) {
    synchronized (order) {
      List<LogLine> kept = new ArrayList<>(lines.size());
      for (LogLine line : lines) {
        kept.add(line.numbered(++numbered));
        services.addIfAbsent(line.service());
      }
      all.add(kept);
      View now = view;
      now.lines().add(kept.stream().filter(now.filter()).toList());
    }
    publishSoon();
  }

  /** Names the filter that {@link #catchUp} puts on; returns at once. */
  public void want(LogFilter filter) {
    wanted = filter;
  }

  /** Shows only what the wanted filter lets through; blocks while it goes over the kept lines. */
  public void catchUp() {
    synchronized (order) {
      LogFilter filter = wanted;
      if (view.filter() == filter) {
        return;
      }
      BoundedLog lines = new BoundedLog(mostLines, mostBytes);
      lines.add(all.all().stream().filter(filter).toList());
      view = new View(view.generation() + 1, filter, lines);
    }
    publishSoon();
  }

  /** Forgets all lines. */
  public void clear() {
    synchronized (order) {
      all.clear();
      view = new View(view.generation() + 1, view.filter(), new BoundedLog(mostLines, mostBytes));
    }
    publishSoon();
  }

  private News tell() {
    View now = view;
    return new News(now.generation(), now.lines().fill().taken(), all.fill(), services);
  }

  private void publishSoon() {
    if (newsPending.compareAndSet(false, true)) {
      var _ =
          timer.schedule(
              () -> {
                newsPending.set(false);
                news.publish(tell());
              },
              PACE_MILLIS,
              TimeUnit.MILLISECONDS);
    }
  }
}
