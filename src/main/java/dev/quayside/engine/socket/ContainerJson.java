package dev.quayside.engine.socket;

import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerState;
import dev.quayside.engine.Health;
import dev.quayside.engine.PortBinding;
import dev.quayside.engine.RuntimeFacts;
import dev.quayside.engine.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads containers from the engine's list and from its inspections (Engine API 1.41 to 1.52). */
final class ContainerJson {

  private static final Comparator<PortBinding> PORT_ORDER =
      Comparator.comparingInt(PortBinding::containerPort)
          .thenComparing(PortBinding::protocol)
          .thenComparing(PortBinding::hostAddress, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparingInt(PortBinding::published);

  private ContainerJson() {}

  /** Reads one entry of {@code GET /containers/json}; it has no runtime facts. */
  static Container fromList(Json entry) {
    ContainerState state = state(entry.at("State").text());
    return new Container(
        new ContainerId(entry.at("Id").text()),
        name(entry.at("Names").texts()),
        entry.at("Image").text(),
        entry.at("ImageID").text(),
        state,
        listedHealth(entry, state),
        created(entry.at("Created").positive()),
        listedPorts(entry.at("Ports").items()),
        entry.at("Labels").textMembers(),
        sorted(entry.at("NetworkSettings", "Networks").members()),
        null);
  }

  /** Reads {@code GET /containers/ID/json}. */
  static Container fromInspection(Json root) {
    Json state = root.at("State");
    ContainerState known = state(state.at("Status").text());
    return new Container(
        new ContainerId(root.at("Id").text()),
        name(List.of(root.at("Name").text())),
        root.at("Config", "Image").text(),
        root.at("Image").text(),
        known,
        known.live() ? healthOrNone(state.at("Health", "Status").text()) : Health.NONE,
        Moments.read(root.at("Created").text()),
        inspectedPorts(root.at("NetworkSettings", "Ports").members()),
        root.at("Config", "Labels").textMembers(),
        sorted(root.at("NetworkSettings", "Networks").members()),
        facts(root, known));
  }

  private static RuntimeFacts facts(Json root, ContainerState state) {
    Json status = root.at("State");
    Json host = root.at("HostConfig");
    Instant started = Moments.read(status.at("StartedAt").text());
    boolean ended = started != null && !state.live();
    return new RuntimeFacts(
        state.live() ? status.at("Pid").positive() : OptionalLong.empty(),
        started,
        ended ? Moments.read(status.at("FinishedAt").text()) : null,
        ended ? status.at("ExitCode").smallNumber() : OptionalInt.empty(),
        ended && status.at("OOMKilled").flag(),
        root.at("RestartCount").smallNumber(),
        cpuLimit(host),
        host.at("Memory").positive(),
        host.at("NetworkMode").text(),
        wantsGpu(host),
        inspectedPorts(root.at("Config", "ExposedPorts").members()));
  }

  private static OptionalDouble cpuLimit(Json host) {
    OptionalLong nanos = host.at("NanoCpus").positive();
    if (nanos.isPresent()) {
      return OptionalDouble.of(nanos.getAsLong() / 1e9);
    }
    OptionalLong quota = host.at("CpuQuota").positive();
    // The kernel's period where none was chosen: 100 ms (Linux, cfs_period_us).
    return quota.isPresent()
        ? OptionalDouble.of(
            (double) quota.getAsLong() / host.at("CpuPeriod").positive().orElse(100_000))
        : OptionalDouble.empty();
  }

  private static boolean wantsGpu(Json host) {
    return host.at("Runtime").text().equals("nvidia")
        || host.at("DeviceRequests").items().stream().anyMatch(ContainerJson::isGpu)
        || host.at("Devices").items().stream()
            .anyMatch(device -> device.at("PathOnHost").text().startsWith("/dev/nvidia"));
  }

  private static boolean isGpu(Json request) {
    return request.at("Driver").text().equals("nvidia")
        || request.at("Capabilities").items().stream().anyMatch(all -> all.texts().contains("gpu"));
  }

  static ContainerState state(String text) {
    return switch (text) {
      case "created" -> ContainerState.CREATED;
      case "running" -> ContainerState.RUNNING;
      case "paused" -> ContainerState.PAUSED;
      case "restarting" -> ContainerState.RESTARTING;
      case "removing" -> ContainerState.REMOVING;
      case "exited" -> ContainerState.EXITED;
      case "dead" -> ContainerState.DEAD;
      default -> ContainerState.UNKNOWN;
    };
  }

  /** Reads the engine's word for a health; null for one that it does not use today. */
  static @Nullable Health health(String text) {
    return switch (text) {
      case "starting" -> Health.STARTING;
      case "healthy" -> Health.HEALTHY;
      case "unhealthy" -> Health.UNHEALTHY;
      case "none" -> Health.NONE;
      default -> null;
    };
  }

  private static Health healthOrNone(String text) {
    Health health = health(text);
    return health == null ? Health.NONE : health;
  }

  private static @Nullable Instant created(OptionalLong seconds) {
    return seconds.isPresent() ? Instant.ofEpochSecond(seconds.getAsLong()) : null;
  }

  /**
   * Reads the health out of the words for people, as older engines put it nowhere else in the list.
   */
  private static Health listedHealth(Json entry, ContainerState state) {
    String own = entry.at("Health", "Status").text();
    String words = entry.at("Status").text();
    if (!state.live()) {
      return Health.NONE;
    } else if (!own.isEmpty()) {
      return healthOrNone(own);
    } else if (words.endsWith("(healthy)")) {
      return Health.HEALTHY;
    } else if (words.endsWith("(unhealthy)")) {
      return Health.UNHEALTHY;
    }
    return words.endsWith("(health: starting)") ? Health.STARTING : Health.NONE;
  }

  /** Returns the container's own name: those with a second slash are names that links gave it. */
  private static String name(List<String> names) {
    return names.stream()
        .map(name -> name.startsWith("/") ? name.substring(1) : name)
        .filter(name -> name.indexOf('/') < 0)
        .findFirst()
        .orElse("");
  }

  private static List<PortBinding> listedPorts(List<Json> entries) {
    List<PortBinding> ports = new ArrayList<>();
    for (Json entry : entries) {
      add(
          ports,
          entry.at("PrivatePort").smallNumber().orElse(0),
          entry.at("Type").text(),
          entry.at("IP").text(),
          entry.at("PublicPort").smallNumber().orElse(0));
    }
    return arranged(ports);
  }

  private static List<PortBinding> inspectedPorts(Map<String, Json> entries) {
    List<PortBinding> ports = new ArrayList<>();
    entries.forEach((key, bindings) -> {
      int slash = key.indexOf('/');
      int port = number(slash < 0 ? key : key.substring(0, slash));
      String protocol = slash < 0 ? "tcp" : key.substring(slash + 1);
      if (bindings.items().isEmpty()) {
        add(ports, port, protocol, "", 0);
      }
      for (Json binding : bindings.items()) {
        add(
            ports,
            port,
            protocol,
            binding.at("HostIp").text(),
            number(binding.at("HostPort").text()));
      }
    });
    return arranged(ports);
  }

  private static void add(
      List<PortBinding> ports, int port, String protocol, String address, int published) {
    if (port < 1 || port > 65_535 || published < 0 || published > 65_535) {
      return;
    }
    ports.add(
        new PortBinding(
            port, protocol.toLowerCase(Locale.ROOT), bound(address, published), published));
  }

  /** Returns the address of a published port; an engine that leaves it out means all of IPv4. */
  private static @Nullable String bound(String address, int published) {
    if (published == 0) {
      return null;
    }
    return address.isEmpty() ? "0.0.0.0" : address;
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static List<PortBinding> arranged(List<PortBinding> ports) {
    return ports.stream().distinct().sorted(PORT_ORDER).toList();
  }

  private static List<String> sorted(Map<String, Json> networks) {
    return List.copyOf(new TreeSet<>(networks.keySet()));
  }
}
