package dev.quayside.ui.logs;

import dev.quayside.stack.logs.LogLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javafx.collections.ObservableListBase;
import org.jspecify.annotations.Nullable;

/**
 * Is the list the window draws: it grows at its end and shrinks at its beginning, each in one
 * change, without moving what it holds. Belongs to the FX thread.
 */
final class LogList extends ObservableListBase<LogLine> {

  private final int most;
  private @Nullable LogLine[] ring;
  private int first;
  private int count;

  /** Creates an empty list that holds at most {@code most} lines. */
  LogList(int most) {
    this.most = most;
    this.ring = new LogLine[Math.min(most, 1_024)];
  }

  @Override
  public LogLine get(int index) {
    if (index < 0 || index >= count) {
      throw new IndexOutOfBoundsException(index);
    }
    return Objects.requireNonNull(ring[(first + index) % ring.length]);
  }

  @Override
  public int size() {
    return count;
  }

  /** Adds {@code lines} at the end; the oldest go where there are too many. */
  void append(List<LogLine> lines) {
    List<LogLine> added =
        lines.size() > most ? lines.subList(lines.size() - most, lines.size()) : lines;
    if (added.isEmpty()) {
      return;
    }
    int leaving = Math.max(0, count + added.size() - most);
    beginChange();
    if (leaving > 0) {
      List<LogLine> gone = new ArrayList<>(subList(0, leaving));
      drop(leaving);
      nextRemove(0, gone);
    }
    makeRoom(added.size());
    for (LogLine line : added) {
      ring[(first + count++) % ring.length] = line;
    }
    nextAdd(count - added.size(), count);
    endChange();
  }

  /** Shows {@code lines} and nothing else. */
  void replace(List<LogLine> lines) {
    beginChange();
    List<LogLine> gone = new ArrayList<>(this);
    drop(count);
    nextRemove(0, gone);
    List<LogLine> added =
        lines.size() > most ? lines.subList(lines.size() - most, lines.size()) : lines;
    makeRoom(added.size());
    for (LogLine line : added) {
      ring[(first + count++) % ring.length] = line;
    }
    nextAdd(0, count);
    endChange();
  }

  private void drop(int leaving) {
    for (int i = 0; i < leaving; i++) {
      ring[(first + i) % ring.length] = null;
    }
    first = (first + leaving) % ring.length;
    count -= leaving;
  }

  private void makeRoom(int added) {
    if (count + added <= ring.length) {
      return;
    }
    @Nullable LogLine[] larger =
        new LogLine[Math.min(most, Math.max(count + added, ring.length * 2))];
    for (int i = 0; i < count; i++) {
      larger[i] = ring[(first + i) % ring.length];
    }
    ring = larger;
    first = 0;
  }
}
