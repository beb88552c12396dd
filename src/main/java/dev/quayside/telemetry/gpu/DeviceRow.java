package dev.quayside.telemetry.gpu;

import dev.quayside.common.Messages;
import dev.quayside.telemetry.GpuReading.Device;
import dev.quayside.telemetry.gpu.DeviceFields.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Reads one row of the device reader. */
final class DeviceRow {

  /**
   * Bits of {@code nvmlClocksEventReasons} (nvml.h) that slow the clocks down; idling (bit 0) does
   * not count.
   */
  private static final int IDLE = 0;

  private static final List<String> REASONS =
      List.of(
          "idle",
          "application-clocks",
          "power-cap",
          "hardware",
          "sync-boost",
          "heat",
          "hardware-heat",
          "power-brake",
          "display-clock");

  private final DeviceFields fields;
  private final Messages messages;

  DeviceRow(DeviceFields fields, Messages messages) {
    this.fields = fields;
    this.messages = messages;
  }

  /**
   * Returns the device, or null for a line that is no row: a message of the driver, half a row,
   * garbage.
   */
  @Nullable Device read(String line) {
    List<String> values = SmiValue.split(line, fields.count());
    if (values == null) {
      return null;
    }
    OptionalInt index = SmiValue.whole(value(values, Field.INDEX));
    String uuid = value(values, Field.UUID);
    String state = value(values, Field.PERFORMANCE_STATE);
    // A row whose columns slipped, for example by a decimal comma, shows in those with a fixed
    // look.
    if (index.isEmpty() || !uuid.startsWith("GPU-") || !plausibleState(state)) {
      return null;
    }
    return new Device(
        index.getAsInt(),
        uuid,
        value(values, Field.NAME),
        SmiValue.share(value(values, Field.UTILISATION)),
        SmiValue.mebibytes(value(values, Field.MEMORY_USED)),
        SmiValue.mebibytes(value(values, Field.MEMORY_TOTAL)),
        SmiValue.whole(value(values, Field.TEMPERATURE)),
        SmiValue.positive(value(values, Field.POWER_DRAW)),
        SmiValue.positive(value(values, Field.POWER_LIMIT)),
        SmiValue.whole(value(values, Field.CLOCK)),
        SmiValue.share(value(values, Field.FAN)),
        state.startsWith("P") ? state : "",
        reasons(SmiValue.bits(value(values, Field.THROTTLE))),
        value(values, Field.MULTI_INSTANCE).equals("Enabled"));
  }

  private String value(List<String> values, Field field) {
    int position = fields.position(field);
    return position < 0 ? "" : values.get(position);
  }

  private static boolean plausibleState(String state) {
    return state.isEmpty()
        || state.startsWith("[")
        || state.equals("N/A")
        || (state.startsWith("P") && SmiValue.whole(state.substring(1)).isPresent());
  }

  private @Nullable List<String> reasons(@Nullable Long bits) {
    if (bits == null) {
      return null;
    }
    List<String> active = new ArrayList<>();
    for (int bit = IDLE + 1; bit < Long.SIZE; bit++) {
      if ((bits >> bit & 1) == 1) {
        active.add(
            bit < REASONS.size()
                ? messages.get("throttle." + REASONS.get(bit))
                : messages.get("throttle.other", bit));
      }
    }
    return active;
  }
}
