package dev.quayside.telemetry.gpu;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Holds one row of the process reader. The name may hold commas, so the row is read from both ends.
 *
 * @param gpuUuid the GPU
 * @param pid on the host
 * @param name as the tool tells it
 * @param memoryBytes GPU memory; empty where the driver does not tell
 */
record ProcessRow(String gpuUuid, long pid, String name, OptionalLong memoryBytes) {

  /** The columns in the order that {@link #read} expects. */
  static final String QUERY = "--query-compute-apps=gpu_uuid,pid,process_name,used_gpu_memory";

  /** Returns whether {@code line} is the heading, which the tool prints once at its start. */
  static boolean heading(String line) {
    return line.startsWith("gpu_uuid,") || line.startsWith("uuid,");
  }

  /** Returns the row, or null for a line that is none. */
  static @Nullable ProcessRow read(String line) {
    int first = line.indexOf(',');
    int second = first < 0 ? -1 : line.indexOf(',', first + 1);
    int last = line.lastIndexOf(',');
    if (second < 0 || last <= second) {
      return null;
    }
    String uuid = line.substring(0, first).strip();
    OptionalDouble pid = SmiValue.number(line.substring(first + 1, second).strip());
    if (!(uuid.startsWith("GPU-") || uuid.startsWith("MIG-"))
        || pid.isEmpty()
        || pid.getAsDouble() < 1) {
      return null;
    }
    return new ProcessRow(
        uuid,
        (long) pid.getAsDouble(),
        line.substring(second + 1, last).strip(),
        SmiValue.mebibytes(line.substring(last + 1).strip()));
  }
}
