package dev.quayside.stack.env;

import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds what one reader takes from a file: for each name the bytes that count, and whether they are
 * surely what the reader ends up with. Close it to wipe the values.
 */
final class ReadValues implements AutoCloseable {

  private final Map<String, Value> values = new LinkedHashMap<>();
  private boolean lost;

  /** What stands behind a name; not sure where the reader puts something of its own in. */
  private static final class Value {
    private final byte[] bytes;
    private final boolean sure;

    Value(byte[] bytes, boolean sure) {
      this.bytes = bytes;
      this.sure = sure;
    }

    boolean same(@Nullable Value other) {
      return other != null && sure == other.sure && Arrays.equals(bytes, other.bytes);
    }
  }

  /** Notes an assignment, of which this keeps a copy; a later one of the same name counts. */
  void put(String name, byte[] bytes, boolean sure) {
    Value before = values.put(name, new Value(bytes.clone(), sure));
    if (before != null) {
      Arrays.fill(before.bytes, (byte) 0);
    }
  }

  /** Takes back an assignment. */
  void forget(String name) {
    Value before = values.remove(name);
    if (before != null) {
      Arrays.fill(before.bytes, (byte) 0);
    }
  }

  /** Notes that what the reader does with the rest of the file cannot be told. */
  void lose() {
    lost = true;
  }

  boolean lost() {
    return lost;
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  /** Returns whether the reader surely takes what stands here for {@code name}. */
  boolean sure(String name) {
    Value value = values.get(name);
    return value != null && value.sure;
  }

  /** Returns whether the reader surely takes exactly {@code wanted} for {@code name}. */
  boolean gives(String name, byte[] wanted) {
    Value value = values.get(name);
    return value != null && value.sure && Arrays.equals(value.bytes, wanted);
  }

  /** Returns whether both say the same of every name but {@code except}. */
  boolean sameBut(String except, ReadValues other) {
    Set<String> names = new HashSet<>(values.keySet());
    names.addAll(other.values.keySet());
    names.remove(except);
    return lost == other.lost
        && names.stream()
            .allMatch(name ->
                values.containsKey(name)
                    && Objects.requireNonNull(values.get(name)).same(other.values.get(name)));
  }

  /** Returns whether both take the same bytes for {@code name}. */
  boolean sameBytes(String name, ReadValues other) {
    Value value = values.get(name);
    Value another = other.values.get(name);
    return value != null && another != null && Arrays.equals(value.bytes, another.bytes);
  }

  @Override
  public void close() {
    values.values().forEach(value -> Arrays.fill(value.bytes, (byte) 0));
  }
}
