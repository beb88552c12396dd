package dev.quayside.telemetry.gpu;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names the columns that the tool is asked for. One column that a driver does not know fails the
 * whole query, so a column that is refused is asked for by its older name, and left out when that
 * is refused too.
 */
final class DeviceFields {

  /** Names a column by what it means to us. */
  enum Field {
    INDEX(true, "index"),
    UUID(true, "uuid", "gpu_uuid"),
    UTILISATION(false, "utilization.gpu"),
    MEMORY_USED(false, "memory.used"),
    MEMORY_TOTAL(false, "memory.total"),
    TEMPERATURE(false, "temperature.gpu"),
    POWER_DRAW(false, "power.draw"),
    POWER_LIMIT(false, "power.limit"),
    CLOCK(false, "clocks.gr", "clocks.sm"),
    FAN(false, "fan.speed"),
    PERFORMANCE_STATE(false, "pstate"),
    MULTI_INSTANCE(false, "mig.mode.current"),
    THROTTLE(false, "clocks_event_reasons.active", "clocks_throttle_reasons.active"),
    // Last, because it is the one that might hold a comma.
    NAME(true, "name", "gpu_name");

    private final boolean needed;
    private final String newest;
    private final @Nullable String older;

    Field(boolean needed, String only) {
      this(needed, only, null);
    }

    Field(boolean needed, String newest, @Nullable String older) {
      this.needed = needed;
      this.newest = newest;
      this.older = older;
    }
  }

  /** Pairs a column with the name it is asked for by. */
  private record Column(Field field, String name) {}

  private static final String REFUSED = "\" is not a valid field to query";

  private final List<Column> columns;

  private DeviceFields(List<Column> columns) {
    this.columns = List.copyOf(columns);
  }

  /** Returns all columns by their newest names. */
  static DeviceFields all() {
    List<Column> all = new ArrayList<>();
    for (Field field : Field.values()) {
      all.add(new Column(field, field.newest));
    }
    return new DeviceFields(all);
  }

  /** Returns how many columns there are. */
  int count() {
    return columns.size();
  }

  /** Returns the position of a column, or -1 where it was left out. */
  int position(Field field) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).field == field) {
        return i;
      }
    }
    return -1;
  }

  /** Returns the argument that asks for these columns. */
  String query() {
    List<String> names = new ArrayList<>(columns.size());
    for (Column column : columns) {
      names.add(column.name);
    }
    return "--query-gpu=" + String.join(",", names);
  }

  /**
   * Returns what to ask for after the tool answered {@code Field "x" is not a valid field to
   * query.}; null where the answer was another, or the column is one we cannot do without.
   */
  @Nullable DeviceFields without(String answer) {
    int end = answer.indexOf(REFUSED);
    int start = end < 0 ? -1 : answer.lastIndexOf('"', end - 1);
    if (start < 0) {
      return null;
    }
    String refused = answer.substring(start + 1, end);
    List<Column> kept = new ArrayList<>(columns.size());
    boolean found = false;
    for (Column column : columns) {
      if (!column.name.equals(refused)) {
        kept.add(column);
        continue;
      }
      found = true;
      String older = column.field.older;
      if (older != null && !older.equals(refused)) {
        kept.add(new Column(column.field, older));
      } else if (column.field.needed) {
        return null;
      }
    }
    return found ? new DeviceFields(kept) : null;
  }
}
