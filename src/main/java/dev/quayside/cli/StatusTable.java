package dev.quayside.cli;

import dev.quayside.common.ForeignText;
import dev.quayside.common.Quantities;
import dev.quayside.engine.Connection;
import dev.quayside.engine.Container;
import dev.quayside.engine.RuntimeFacts;
import dev.quayside.exposure.ExposedPort;
import dev.quayside.exposure.Exposure;
import dev.quayside.exposure.status.ServiceStatus;
import dev.quayside.exposure.status.StackStatus;
import dev.quayside.exposure.status.StatusSnapshot;
import dev.quayside.telemetry.ContainerSample;
import dev.quayside.telemetry.GpuReading;
import dev.quayside.telemetry.HostSample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.DoubleFunction;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes a status snapshot for people. Unknown is a dash, never a zero. */
final class StatusTable {

  private static final String UNKNOWN = "—";
  private static final int NAME = 40;
  private static final int IMAGE = 48;

  /**
   * By the order of the columns: image and ports are shortened; left out are in this order block
   * I/O, network, GPU memory, restarts, image, uptime, memory, CPU and ports.
   */
  private static final Table.Yielding YIELDING =
      new Table.Yielding(List.of(2, 3), 16, List.of(8, 7, 6, 10, 2, 9, 5, 4, 3));

  private final Terminal terminal;

  StatusTable(Terminal terminal) {
    this.terminal = terminal;
  }

  String text(StatusSnapshot snapshot, @Nullable String only) {
    StringBuilder text = new StringBuilder();
    int width = terminal.width();
    boolean whole = true;
    text.append(engine(snapshot)).append('\n');
    text.append(host(snapshot.host())).append('\n');
    text.append(gpus(snapshot.gpus())).append('\n');
    for (StackStatus stack : snapshot.stacks()) {
      if (only == null || only.equals(stack.name())) {
        Table.Layout services = services(snapshot.at(), stack).within(width, YIELDING);
        whole &= services.whole();
        text.append('\n').append(title(stack)).append('\n');
        text.append(
            stack.services().isEmpty() ? terminal.text("status.no-container") : services.text());
        text.append('\n');
      }
    }
    if (!whole) {
      text.append('\n').append(terminal.text("table.narrow")).append('\n');
    }
    if (snapshot.stacks().isEmpty()) {
      text.append('\n').append(terminal.text("status.nothing")).append('\n');
    }
    return text.substring(0, text.length() - 1);
  }

  private String engine(StatusSnapshot snapshot) {
    return switch (snapshot.connection()) {
      case Connection.Connecting connecting -> terminal.text("status.engine.connecting");
      case Connection.Connected connected ->
          terminal.text(
              "status.engine.connected",
              connected.engine().version(),
              connected.engine().endpoint(),
              Json.word(snapshot.sampleSource()));
      case Connection.Lost lost ->
          terminal.text("status.engine.lost", lost.problem().title(), terminal.time(lost.since()));
    };
  }

  private String host(@Nullable HostSample host) {
    if (host == null) {
      return terminal.text("status.host.unknown");
    }
    String disks =
        host.mounts().stream()
            .map(mount ->
                terminal.text("status.disk", mount.path(), Quantities.bytes(mount.freeBytes())))
            .collect(Collectors.joining(", "));
    return terminal.text(
        "status.host",
        number(host.cpuShare(), Quantities::percent),
        number(host.loadOneMinute(), load -> String.format(java.util.Locale.ROOT, "%.2f", load)),
        number(host.memoryUsed(), Quantities::bytes),
        number(host.memoryTotal(), Quantities::bytes),
        disks.isEmpty() ? UNKNOWN : disks);
  }

  private String gpus(GpuReading reading) {
    return switch (reading) {
      case GpuReading.NotYet notYet -> terminal.text("status.gpu.unknown");
      case GpuReading.NoTool noTool -> terminal.text("status.gpu.none", noTool.reason());
      case GpuReading.Failed failed -> terminal.text("status.gpu.failed", failed.problem().title());
      case GpuReading.Silent silent ->
          terminal.text("status.gpu.silent", terminal.time(silent.since()));
      case GpuReading.Devices devices ->
          devices.devices().stream().map(this::gpu).collect(Collectors.joining("\n"));
    };
  }

  private String gpu(GpuReading.Device device) {
    return terminal.text(
        "status.gpu",
        device.index(),
        ForeignText.line(device.name(), NAME),
        number(device.utilisation(), Quantities::percent),
        number(device.memoryUsed(), Quantities::bytes),
        number(device.memoryTotal(), Quantities::bytes),
        device.temperature().isPresent() ? device.temperature().getAsInt() + " °C" : UNKNOWN,
        number(device.powerDraw(), watts -> Math.round(watts) + " W"));
  }

  private String title(StackStatus stack) {
    return stack.name().isEmpty()
        ? terminal.text("status.no-stack")
        : ForeignText.line(stack.name(), NAME);
  }

  private Table services(Instant now, StackStatus stack) {
    Table table = new Table();
    table.row(terminal.text("status.columns").split("\\|"));
    for (ServiceStatus service : stack.services()) {
      table.row(
          ServiceChanges.word(service.container()),
          ForeignText.line(service.container().service(), NAME),
          ForeignText.line(service.container().image(), IMAGE),
          ports(service),
          cpu(service.sample()),
          memory(service.sample()),
          number(service.gpuMemory(), Quantities::bytes),
          network(service.sample()),
          blocks(service.sample()),
          uptime(now, service.container()),
          restarts(service.container()));
    }
    return table;
  }

  private static String ports(ServiceStatus service) {
    if (service.exposure() == Exposure.NONE) {
      return UNKNOWN;
    }
    String published =
        service.ports().stream()
            .filter(port -> port.binding().hostPort().isPresent())
            .map(StatusTable::port)
            .collect(Collectors.joining(", "));
    return published.isEmpty() ? Json.word(service.exposure()) : published;
  }

  private static String port(ExposedPort port) {
    String address = String.valueOf(port.binding().hostAddress());
    String literal = address.contains(":") ? "[" + address + "]" : address;
    return literal + ":" + port.binding().published() + " " + Json.word(port.exposure());
  }

  private static String cpu(@Nullable ContainerSample sample) {
    return sample == null ? UNKNOWN : number(sample.cpuCores(), Quantities::percent);
  }

  private static String memory(@Nullable ContainerSample sample) {
    return sample == null
        ? UNKNOWN
        : number(sample.memoryBytes(), Quantities::bytes)
            + " / "
            + number(sample.memoryLimitBytes(), Quantities::bytes);
  }

  private static String network(@Nullable ContainerSample sample) {
    return sample == null ? UNKNOWN : pair(sample.receivedPerSecond(), sample.sentPerSecond());
  }

  private static String blocks(@Nullable ContainerSample sample) {
    return sample == null ? UNKNOWN : pair(sample.readPerSecond(), sample.writtenPerSecond());
  }

  private static String pair(OptionalDouble in, OptionalDouble out) {
    return in.isEmpty() && out.isEmpty()
        ? UNKNOWN
        : number(in, Quantities::rate) + " / " + number(out, Quantities::rate);
  }

  private static String uptime(Instant now, Container container) {
    RuntimeFacts facts = container.facts();
    if (!container.live() || facts == null || facts.startedAt() == null) {
      return UNKNOWN;
    }
    return Quantities.duration(Duration.between(facts.startedAt(), now));
  }

  private static String restarts(Container container) {
    RuntimeFacts facts = container.facts();
    return facts == null || facts.restarts().isEmpty()
        ? UNKNOWN
        : Integer.toString(facts.restarts().getAsInt());
  }

  private static String number(OptionalDouble value, DoubleFunction<String> text) {
    return value.isPresent() ? text.apply(value.getAsDouble()) : UNKNOWN;
  }

  private static String number(OptionalLong value, LongFunction<String> text) {
    return value.isPresent() ? text.apply(value.getAsLong()) : UNKNOWN;
  }
}
