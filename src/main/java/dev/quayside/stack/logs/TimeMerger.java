package dev.quayside.stack.logs;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Puts the lines of several sources into one order by their stamps. A line waits until every other
 * source has passed its stamp or has been quiet for the window since; so a backlog that pours in is
 * merged exactly, and a live line comes out one window late. At most a given number of lines and of
 * bytes wait: beyond that the oldest goes out. The order within a source is never changed. Not safe
 * for use by several threads at once.
 */
final class TimeMerger {

  private final long window;
  private final int most;
  private final Map<Object, Source> sources = new HashMap<>();
  private final PriorityQueue<Waiting> waiting = new PriorityQueue<>();
  private final long mostBytes;
  private long bytes;
  private long arrivals;

  /**
   * Creates a merger.
   *
   * @param windowNanos how long a line waits for sources that say nothing
   * @param most how many lines wait at most; at least 1
   * @param mostBytes about how much memory they take at most
   */
  TimeMerger(long windowNanos, int most, long mostBytes) {
    this.window = windowNanos;
    this.most = most;
    this.mostBytes = mostBytes;
  }

  private static final class Source {
    Instant passed = Instant.MIN;
    long heard;
    boolean opening;
  }

  private record Waiting(Instant order, long arrival, long heard, Object key, LogLine line)
      implements Comparable<Waiting> {
    @Override
    public int compareTo(Waiting other) {
      int byTime = order.compareTo(other.order);
      return byTime != 0 ? byTime : Long.compare(arrival, other.arrival);
    }
  }

  /** Declares that {@code source} is about to be opened: what comes meanwhile waits for it. */
  void expect(Object source) {
    sources.computeIfAbsent(source, key -> new Source()).opening = true;
  }

  /** Declares that lines of {@code source} may come from now on. */
  void open(Object source, long nanos) {
    Source state = sources.computeIfAbsent(source, key -> new Source());
    state.opening = false;
    state.heard = nanos;
  }

  /** Declares that no more lines of {@code source} come; nobody waits for it any longer. */
  void close(Object source) {
    sources.remove(source);
  }

  /** Takes a line of {@code source} that arrived at {@code nanos}. */
  void add(Object source, LogLine line, long nanos) {
    Source state = sources.computeIfAbsent(source, key -> new Source());
    // A line whose stamp runs backwards keeps its place within its source.
    Instant order = line.at().isBefore(state.passed) ? state.passed : line.at();
    state.passed = order;
    state.heard = nanos;
    bytes += line.footprint();
    waiting.add(new Waiting(order, arrivals++, nanos, source, line));
  }

  /** Returns the lines that need not wait any longer at {@code nanos}, in order. */
  List<LogLine> drain(long nanos) {
    List<LogLine> ready = new ArrayList<>();
    Waiting next = waiting.peek();
    while (next != null && (full() || mayGo(next, nanos, sources.entrySet()))) {
      waiting.remove();
      bytes -= next.line().footprint();
      ready.add(next.line());
      next = waiting.peek();
    }
    return ready;
  }

  private boolean full() {
    return waiting.size() > most || bytes > mostBytes;
  }

  /** Returns all that waits, in order. */
  List<LogLine> drainAll() {
    List<LogLine> ready = new ArrayList<>(waiting.size());
    for (Waiting next = waiting.poll(); next != null; next = waiting.poll()) {
      ready.add(next.line());
    }
    bytes = 0;
    return ready;
  }

  /** Returns how many lines wait. */
  int size() {
    return waiting.size();
  }

  private boolean mayGo(Waiting next, long nanos, Collection<Map.Entry<Object, Source>> others) {
    for (Map.Entry<Object, Source> other : others) {
      Source source = other.getValue();
      boolean passed = other.getKey().equals(next.key()) || !source.passed.isBefore(next.order());
      boolean quiet = !source.opening && nanos - Math.max(next.heard(), source.heard) >= window;
      if (!passed && !quiet) {
        return false;
      }
    }
    return true;
  }
}
