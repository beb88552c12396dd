package dev.quayside.stack.logs;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Keeps the newest lines within a number of lines and of bytes, and counts what had to go. Safe for
 * use by several threads.
 */
public final class BoundedLog {

  private final int mostLines;
  private final long mostBytes;
  private final ArrayDeque<LogLine> lines = new ArrayDeque<>();
  private long bytes;
  private long taken;
  private long evicted;

  /**
   * Creates an empty log.
   *
   * @param mostLines how many lines are kept at most; at least 1
   * @param mostBytes about how many bytes of memory they take at most; the newest line is kept
   *     whatever its size
   */
  public BoundedLog(int mostLines, long mostBytes) {
    this.mostLines = mostLines;
    this.mostBytes = mostBytes;
  }

  /**
   * Holds what came after a position.
   *
   * @param lines the lines, oldest first
   * @param next the position to ask from next
   * @param missed how many lines after the position asked from were gone already
   */
  public record Batch(List<LogLine> lines, long next, long missed) {
    /** Makes the list immutable. */
    public Batch {
      lines = List.copyOf(lines);
    }
  }

  /**
   * Tells how much there is.
   *
   * @param kept lines here now
   * @param taken lines ever added
   * @param evicted lines that had to go
   * @param bytes about how much memory the kept lines take
   */
  public record Fill(int kept, long taken, long evicted, long bytes) {}

  /** Adds {@code added} in this order. */
  public synchronized void add(List<LogLine> added) {
    for (LogLine line : added) {
      taken++;
      bytes += line.footprint();
      lines.addLast(line);
    }
    while (lines.size() > mostLines || (lines.size() > 1 && bytes > mostBytes)) {
      bytes -= lines.removeFirst().footprint();
      evicted++;
    }
  }

  /** Forgets all lines; the count goes on. */
  public synchronized void clear() {
    lines.clear();
    bytes = 0;
  }

  /** Returns how much there is. */
  public synchronized Fill fill() {
    return new Fill(lines.size(), taken, evicted, bytes);
  }

  /**
   * Returns the lines after {@code position}, at most the newest {@code most} of them.
   *
   * @param position how many lines had been added when it was asked last; 0 for none
   */
  public synchronized Batch after(long position, int most) {
    long fresh = Math.min(taken - position, Math.min(lines.size(), most));
    List<LogLine> found = new ArrayList<>((int) fresh);
    Iterator<LogLine> newestFirst = lines.descendingIterator();
    while (found.size() < fresh) {
      found.add(newestFirst.next());
    }
    return new Batch(found.reversed(), taken, taken - position - fresh);
  }

  /** Returns the kept lines, oldest first. */
  public synchronized List<LogLine> all() {
    return List.copyOf(lines);
  }
}
