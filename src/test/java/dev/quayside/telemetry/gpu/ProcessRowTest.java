package dev.quayside.telemetry.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessRowTest {

  @Test
  void aNameWithCommasStaysWhole() {
    ProcessRow row = ProcessRow.read("GPU-1, 4242, python3, -m vllm, --gpu 0,1, 7484");
    assertThat(row.pid()).isEqualTo(4242);
    assertThat(row.name()).isEqualTo("python3, -m vllm, --gpu 0,1");
    assertThat(row.memoryBytes()).hasValue(7484L << 20);
  }

  @Test
  void memoryThatIsNotToldIsUnknown() {
    assertThat(ProcessRow.read("GPU-1, 7, app, [N/A]").memoryBytes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "GPU-1",
        "GPU-1, 7",
        "GPU-1, 7, app",
        "GPU-1, x, app, 5",
        "GPU-1, 0, app, 5",
        "GPU-1, -4, app, 5",
        "not, a, row, 5",
        "gpu_uuid, pid, process_name, used_gpu_memory [MiB]",
        "No devices were found",
        "GPU 0000:08:00.0: Detected Critical Xid Error"
      })
  void otherLinesAreNoRows(String line) {
    assertThat(ProcessRow.read(line)).isNull();
  }

  @Test
  void theHeadingIsKnown() {
    assertThat(ProcessRow.heading("gpu_uuid, pid, process_name, used_gpu_memory [MiB]")).isTrue();
    assertThat(ProcessRow.heading("GPU-1, 7, app, 5")).isFalse();
  }
}
