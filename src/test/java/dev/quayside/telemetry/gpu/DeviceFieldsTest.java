package dev.quayside.telemetry.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.telemetry.gpu.DeviceFields.Field;
import org.junit.jupiter.api.Test;

class DeviceFieldsTest {

  @Test
  void aRefusedColumnIsAskedForByItsOlderNameAndThenLeftOut() {
    DeviceFields all = DeviceFields.all();
    DeviceFields older =
        all.without("Field \"clocks_event_reasons.active\" is not a valid field to query.\n");
    assertThat(older.query())
        .contains("clocks_throttle_reasons.active")
        .doesNotContain("clocks_event_reasons");
    DeviceFields fewer =
        older.without("Field \"clocks_throttle_reasons.active\" is not a valid field to query.");
    assertThat(fewer.position(Field.THROTTLE)).isEqualTo(-1);
    assertThat(fewer.count()).isEqualTo(all.count() - 1);
  }

  @Test
  void withoutAnIdentityThereIsNoReading() {
    DeviceFields older =
        DeviceFields.all().without("Field \"uuid\" is not a valid field to query.");
    assertThat(older.query()).contains("gpu_uuid");
    assertThat(older.without("Field \"gpu_uuid\" is not a valid field to query.")).isNull();
  }

  @Test
  void anyOtherAnswerIsNoRefusal() {
    assertThat(DeviceFields.all().without("Invalid combination of input arguments.")).isNull();
    assertThat(DeviceFields.all().without("Field \"vbios_version\" is not a valid field to query."))
        .isNull();
  }
}
