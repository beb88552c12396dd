package dev.quayside.cli;

import dev.quayside.engine.Connection;
import dev.quayside.engine.Container;
import dev.quayside.engine.EngineInfo;
import dev.quayside.engine.RuntimeFacts;
import dev.quayside.exposure.ExposedPort;
import dev.quayside.exposure.status.ServiceStatus;
import dev.quayside.exposure.status.StackStatus;
import dev.quayside.exposure.status.StatusSnapshot;
import dev.quayside.telemetry.ContainerSample;
import dev.quayside.telemetry.GpuReading;
import dev.quayside.telemetry.HostSample;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes a status snapshot as the document {@code quayside/status/1}. */
final class StatusJson {

  private final Json json;

  StatusJson(Json json) {
    this.json = json;
  }

  /** Returns the document; with {@code only} not null, of that stack alone. */
  ObjectNode document(StatusSnapshot snapshot, @Nullable String only) {
    ObjectNode document = json.document("status");
    Json.put(document, "at", snapshot.at());
    document.set("engine", engine(snapshot.connection()));
    document.put("complete", snapshot.complete());
    document.put("sampleSource", Json.word(snapshot.sampleSource()));
    Json.put(document, "sampledAt", snapshot.sampledAt());
    document.set("host", snapshot.host() == null ? null : host(snapshot.host()));
    document.set("gpus", gpus(snapshot.gpus()));
    ArrayNode stacks = document.putArray("stacks");
    for (StackStatus stack : snapshot.stacks()) {
      if (only == null || only.equals(stack.name())) {
        stacks.add(stack(stack));
      }
    }
    ObjectNode self = document.putObject("self");
    Json.put(self, "cpuShareOfCore", snapshot.self().cpuShareOfCore());
    Json.put(self, "residentBytes", snapshot.self().residentBytes());
    return document;
  }

  private ObjectNode engine(Connection connection) {
    ObjectNode node = json.object();
    switch (connection) {
      case Connection.Connecting connecting -> node.put("state", "connecting");
      case Connection.Connected connected -> {
        node.put("state", "connected");
        identity(node, connected.engine());
      }
      case Connection.Lost lost -> {
        node.put("state", "lost");
        Json.put(node, "since", lost.since());
        node.set("problem", json.problem(lost.problem()));
        if (lost.last() != null) {
          identity(node, lost.last());
        }
      }
    }
    return node;
  }

  private static void identity(ObjectNode node, EngineInfo engine) {
    node.put("endpoint", engine.endpoint());
    node.put("version", engine.version());
    node.put("apiVersion", engine.apiVersion());
    node.put("os", engine.os());
    node.put("name", engine.name());
    node.put("cgroupVersion", engine.cgroupVersion().isEmpty() ? null : engine.cgroupVersion());
    node.put("rootless", engine.rootless());
    node.put("local", engine.local());
  }

  private ObjectNode host(HostSample host) {
    ObjectNode node = json.object();
    Json.put(node, "at", host.at());
    node.put("cpuModel", host.cpuModel().isEmpty() ? null : host.cpuModel());
    node.put("cores", host.cores());
    Json.put(node, "cpuShare", host.cpuShare());
    Json.put(node, "loadOneMinute", host.loadOneMinute());
    Json.put(node, "memoryTotalBytes", host.memoryTotal());
    Json.put(node, "memoryUsedBytes", host.memoryUsed());
    Json.put(node, "swapTotalBytes", host.swapTotal());
    Json.put(node, "swapUsedBytes", host.swapUsed());
    Json.put(node, "receivedPerSecond", host.receivedPerSecond());
    Json.put(node, "sentPerSecond", host.sentPerSecond());
    ArrayNode mounts = node.putArray("mounts");
    for (HostSample.MountSpace mount : host.mounts()) {
      ObjectNode one = mounts.addObject();
      one.put("path", mount.path());
      one.put("totalBytes", mount.totalBytes());
      one.put("freeBytes", mount.freeBytes());
      Json.put(one, "at", mount.at());
    }
    return node;
  }

  private ObjectNode gpus(GpuReading reading) {
    ObjectNode node = json.object();
    switch (reading) {
      case GpuReading.NotYet notYet -> node.put("state", "unknown");
      case GpuReading.NoTool noTool -> node.put("state", "no-tool").put("reason", noTool.reason());
      case GpuReading.Failed failed -> {
        node.put("state", "failed");
        Json.put(node, "since", failed.since());
        node.set("problem", json.problem(failed.problem()));
      }
      case GpuReading.Silent silent -> {
        node.put("state", "silent");
        Json.put(node, "since", silent.since());
      }
      case GpuReading.Devices devices -> devices(node, devices);
    }
    return node;
  }

  private void devices(ObjectNode node, GpuReading.Devices reading) {
    node.put("state", "measured");
    Json.put(node, "at", reading.at());
    ArrayNode devices = node.putArray("devices");
    reading.devices().forEach(device -> devices.add(device(device)));
    List<GpuReading.GpuProcess> processes = reading.processes();
    if (processes == null) {
      node.putNull("processes");
      return;
    }
    ArrayNode array = node.putArray("processes");
    for (GpuReading.GpuProcess process : processes) {
      ObjectNode one = array.addObject();
      one.put("gpuUuid", process.gpuUuid());
      one.put("pid", process.pid());
      one.put("name", process.name());
      Json.put(one, "memoryBytes", process.memoryBytes());
      one.put("container", process.container() == null ? null : process.container().value());
    }
  }

  private ObjectNode device(GpuReading.Device device) {
    ObjectNode node = json.object();
    node.put("index", device.index());
    node.put("uuid", device.uuid());
    node.put("name", device.name());
    Json.put(node, "utilisation", device.utilisation());
    Json.put(node, "memoryUsedBytes", device.memoryUsed());
    Json.put(node, "memoryTotalBytes", device.memoryTotal());
    Json.put(node, "temperatureCelsius", device.temperature());
    Json.put(node, "powerWatts", device.powerDraw());
    Json.put(node, "powerLimitWatts", device.powerLimit());
    Json.put(node, "graphicsClockMegahertz", device.graphicsClock());
    Json.put(node, "fan", device.fan());
    node.put(
        "performanceState", device.performanceState().isEmpty() ? null : device.performanceState());
    node.set("throttle", device.throttle() == null ? null : json.texts(device.throttle()));
    node.put("multiInstance", device.multiInstance());
    return node;
  }

  private ObjectNode stack(StackStatus stack) {
    ObjectNode node = json.object();
    node.put("name", stack.name());
    ArrayNode services = node.putArray("services");
    stack.services().forEach(service -> services.add(service(service)));
    return node;
  }

  private ObjectNode service(ServiceStatus status) {
    Container container = status.container();
    ObjectNode node = json.object();
    node.put("id", container.id().value());
    node.put("name", container.name());
    node.put("service", container.service());
    node.put("image", container.image());
    node.put("imageId", container.imageId());
    node.put("state", Json.word(container.state()));
    node.put("health", Json.word(container.health()));
    Json.put(node, "created", container.created());
    facts(node, container.facts());
    node.set("networks", json.texts(container.networks()));
    ArrayNode ports = node.putArray("ports");
    status.ports().forEach(port -> ports.add(port(port)));
    node.put("exposure", Json.word(status.exposure()));
    node.put("exposureReason", status.exposureReason().isEmpty() ? null : status.exposureReason());
    sample(node, status.sample());
    Json.put(node, "gpuMemoryBytes", status.gpuMemory());
    return node;
  }

  private static void facts(ObjectNode node, @Nullable RuntimeFacts facts) {
    Json.put(node, "startedAt", facts == null ? null : facts.startedAt());
    Json.put(node, "finishedAt", facts == null ? null : facts.finishedAt());
    Json.put(node, "exitCode", facts == null ? OptionalInt.empty() : facts.exitCode());
    Json.put(node, "restarts", facts == null ? OptionalInt.empty() : facts.restarts());
    Json.put(node, "cpuLimitCores", facts == null ? OptionalDouble.empty() : facts.cpuLimit());
  }

  private ObjectNode port(ExposedPort port) {
    ObjectNode node = json.object();
    node.put("container", port.binding().containerPort());
    node.put("protocol", port.binding().protocol());
    node.put("address", port.binding().hostAddress());
    Json.put(node, "host", port.binding().hostPort());
    node.put("exposure", Json.word(port.exposure()));
    node.put("hostNetwork", port.hostNetwork());
    return node;
  }

  private static void sample(ObjectNode node, @Nullable ContainerSample sample) {
    Json.put(node, "cpuCores", sample == null ? OptionalDouble.empty() : sample.cpuCores());
    Json.put(
        node,
        "cpuShareOfLimit",
        sample == null ? OptionalDouble.empty() : sample.cpuShareOfLimit());
    Json.put(node, "memoryBytes", sample == null ? OptionalLong.empty() : sample.memoryBytes());
    Json.put(
        node,
        "memoryLimitBytes",
        sample == null ? OptionalLong.empty() : sample.memoryLimitBytes());
    Json.put(
        node,
        "receivedPerSecond",
        sample == null ? OptionalDouble.empty() : sample.receivedPerSecond());
    Json.put(
        node, "sentPerSecond", sample == null ? OptionalDouble.empty() : sample.sentPerSecond());
    Json.put(
        node, "readPerSecond", sample == null ? OptionalDouble.empty() : sample.readPerSecond());
    Json.put(
        node,
        "writtenPerSecond",
        sample == null ? OptionalDouble.empty() : sample.writtenPerSecond());
    Json.put(node, "processes", sample == null ? OptionalLong.empty() : sample.processes());
  }
}
