package dev.quayside.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Problem;
import dev.quayside.engine.Connection;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerState;
import dev.quayside.engine.EngineInfo;
import dev.quayside.engine.Health;
import dev.quayside.engine.PortBinding;
import dev.quayside.engine.RuntimeFacts;
import dev.quayside.exposure.ExposedPort;
import dev.quayside.exposure.Exposure;
import dev.quayside.exposure.status.ServiceStatus;
import dev.quayside.exposure.status.StackStatus;
import dev.quayside.exposure.status.StatusSnapshot;
import dev.quayside.telemetry.ContainerSample;
import dev.quayside.telemetry.ContainerSamples;
import dev.quayside.telemetry.GpuReading;
import dev.quayside.telemetry.HostSample;
import dev.quayside.telemetry.SelfSample;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StatusJsonTest {

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final ContainerId ID = new ContainerId("ab".repeat(32));
  private static final Problem PROBLEM =
      new Problem(
          "ENGINE-UNREACHABLE",
          "away",
          "refused",
          "nothing",
          "start it",
          "systemctl start docker",
          "");
  private static final EngineInfo ENGINE =
      new EngineInfo(
          "unix:///run/docker.sock", "28.2", "1.44", "linux", "box", "2", "", false, true, "");

  private final Json json = new Json();

  private String document(StatusSnapshot snapshot) {
    return json.line(new StatusJson(json).document(snapshot, null));
  }

  private static StatusSnapshot snapshot(
      Connection connection, GpuReading gpus, @Nullable HostSample host) {
    return new StatusSnapshot(
        NOW,
        connection,
        true,
        List.of(new StackStatus("demo\u001b[2J", List.of(full(), bare(), stopped()))),
        ContainerSamples.Source.CGROUP_V2,
        NOW,
        host,
        gpus,
        new SelfSample(OptionalDouble.of(0.01), OptionalLong.empty()));
  }

  private static ServiceStatus full() {
    RuntimeFacts facts =
        new RuntimeFacts(
            OptionalLong.of(42),
            NOW,
            null,
            OptionalInt.empty(),
            false,
            0,
            OptionalDouble.of(2),
            OptionalLong.empty(),
            "bridge",
            true);
    PortBinding binding = new PortBinding(80, "tcp", "::", 8080);
    return new ServiceStatus(
        container(facts),
        List.of(new ExposedPort(binding, Exposure.LAN, false)),
        Exposure.LAN,
        "",
        new ContainerSample(
            ID,
            NOW,
            OptionalDouble.of(0),
            OptionalDouble.of(0.5),
            OptionalLong.of(0),
            OptionalLong.of(10),
            OptionalDouble.empty(),
            OptionalDouble.of(Double.NaN),
            OptionalDouble.of(1),
            OptionalDouble.of(2),
            OptionalLong.of(3)),
        OptionalLong.of(0));
  }

  private static ServiceStatus bare() {
    return new ServiceStatus(
        container(null), List.of(), Exposure.UNKNOWN, "not readable", null, OptionalLong.empty());
  }

  private static ServiceStatus stopped() {
    PortBinding binding = new PortBinding(80, "tcp", "127.0.0.1", 8081);
    return new ServiceStatus(
        container(null),
        List.of(new ExposedPort(binding, Exposure.NONE, false)),
        Exposure.NONE,
        "",
        null,
        OptionalLong.empty());
  }

  private static Container container(@Nullable RuntimeFacts facts) {
    return new Container(
        ID,
        "web\r\n",
        "nginx:1",
        "sha256:00",
        ContainerState.RUNNING,
        Health.HEALTHY,
        NOW,
        List.of(),
        Map.of(),
        List.of("net"),
        facts);
  }

  private static HostSample host() {
    return new HostSample(
        NOW,
        "",
        2,
        OptionalDouble.of(0.1),
        OptionalDouble.empty(),
        OptionalLong.of(5),
        OptionalLong.of(1),
        OptionalLong.of(0),
        OptionalLong.of(0),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        List.of(),
        List.of(new HostSample.MountSpace("/", 10, 5, NOW)));
  }

  private static GpuReading.Devices devices(boolean processesKnown) {
    return new GpuReading.Devices(
        NOW,
        List.of(
            new GpuReading.Device(
                0,
                "GPU-0",
                "card",
                OptionalDouble.empty(),
                OptionalLong.of(1),
                OptionalLong.of(2),
                OptionalInt.of(71),
                OptionalDouble.of(30),
                OptionalDouble.empty(),
                OptionalInt.empty(),
                OptionalDouble.empty(),
                "P0",
                null,
                true)),
        processesKnown
            ? List.of(new GpuReading.GpuProcess("GPU-0", 7, "vllm", OptionalLong.empty(), null))
            : null);
  }

  static Stream<StatusSnapshot> everyShape() {
    Connection connected = new Connection.Connected(ENGINE);
    return Stream.of(
        snapshot(new Connection.Connecting(), new GpuReading.NotYet(), null),
        snapshot(connected, new GpuReading.NoTool("not installed"), host()),
        snapshot(connected, new GpuReading.Failed(PROBLEM, NOW, null), host()),
        snapshot(connected, new GpuReading.Silent(NOW, devices(true)), host()),
        snapshot(connected, devices(true), host()),
        snapshot(connected, devices(false), host()),
        snapshot(new Connection.Lost(PROBLEM, NOW, NOW, ENGINE), new GpuReading.NotYet(), host()),
        snapshot(new Connection.Lost(PROBLEM, NOW, null, null), new GpuReading.NotYet(), host()));
  }

  @ParameterizedTest
  @MethodSource("everyShape")
  void everyShapeOfASnapshotFitsTheSchema(StatusSnapshot snapshot) {
    assertThat(Schemas.faults(document(snapshot))).isEmpty();
  }

  @Test
  void unknownIsNullAndAMeasuredZeroIsZero() {
    String document =
        document(snapshot(new Connection.Connecting(), new GpuReading.NotYet(), null));
    assertThat(document)
        .contains("\"cpuCores\":0.0")
        .contains("\"receivedPerSecond\":null")
        .contains("\"gpuMemoryBytes\":0")
        .contains("\"gpuMemoryBytes\":null");
  }

  @Test
  void aFigureThatIsNoNumberIsUnknown() {
    assertThat(document(snapshot(new Connection.Connecting(), new GpuReading.NotYet(), null)))
        .contains("\"sentPerSecond\":null")
        .doesNotContain("NaN");
  }

  @Test
  void theSchemaRefusesAFieldItDoesNotKnow() {
    String document =
        document(snapshot(new Connection.Connecting(), new GpuReading.NotYet(), null));
    assertThat(Schemas.faults(document.replaceFirst("\\{", "{\"surprise\":1,"))).isNotEmpty();
  }

  @Test
  void foreignNamesCannotSteerTheTerminal() {
    StringWriter out = new StringWriter();
    Terminal terminal = new Terminal(new PrintWriter(out), new PrintWriter(out), false);
    String text =
        new StatusTable(terminal)
            .text(snapshot(new Connection.Connected(ENGINE), devices(true), host()), null);
    assertThat(text)
        .doesNotContain("\u001b")
        .doesNotContain("\r")
        .contains("[::]:8080 lan")
        .contains("\\x1b");
  }
}
