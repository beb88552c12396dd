package dev.quayside.engine.socket;

import dev.quayside.engine.ContainerInspection;
import dev.quayside.engine.ContainerInspection.Attachment;
import dev.quayside.engine.ContainerInspection.HealthResult;
import dev.quayside.engine.ContainerInspection.Mount;
import dev.quayside.engine.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads the details of a container from its inspection, without the values of its environment. */
final class InspectionJson {

  private static final int LONGEST_HEALTH_OUTPUT = 4096;

  private InspectionJson() {}

  static ContainerInspection read(Json root) {
    Json host = root.at("HostConfig");
    List<String> command = new ArrayList<>();
    command.add(root.at("Path").text());
    command.addAll(root.at("Args").texts());
    return new ContainerInspection(
        ContainerJson.fromInspection(root),
        ArgumentMask.mask(command),
        root.at("Config", "User").text(),
        host.at("RestartPolicy", "Name").text(),
        host.at("ReadonlyRootfs").flag(),
        host.at("Privileged").flag(),
        root.at("Config", "Env").texts().stream().map(InspectionJson::variable).toList(),
        mounts(root),
        root.at("NetworkSettings", "Networks").members().entrySet().stream()
            .map(InspectionJson::attachment)
            .toList(),
        root.at("State", "Health", "Log").items().stream()
            .map(InspectionJson::healthResult)
            .toList(),
        host.at("AutoRemove").flag(),
        host.at("PidMode").text());
  }

  /** Returns the values of the variables in {@code names} that are set. */
  static Map<String, String> environment(Json root, Set<String> names) {
    Map<String, String> values = new TreeMap<>();
    for (String assignment : root.at("Config", "Env").texts()) {
      int equals = assignment.indexOf('=');
      if (equals > 0 && names.contains(assignment.substring(0, equals))) {
        values.put(assignment.substring(0, equals), assignment.substring(equals + 1));
      }
    }
    return Map.copyOf(values);
  }

  /** Returns the names of the variables that have a value. */
  static Set<String> variablesSet(Json root) {
    return root.at("Config", "Env").texts().stream()
        .filter(assignment -> {
          int equals = assignment.indexOf('=');
          return equals > 0 && equals < assignment.length() - 1;
        })
        .map(InspectionJson::variable)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static String variable(String assignment) {
    int equals = assignment.indexOf('=');
    return equals < 0 ? assignment : assignment.substring(0, equals);
  }

  private static List<Mount> mounts(Json root) {
    // What was asked for tells it; what is there does not.
    Map<String, String> subpaths = new TreeMap<>();
    for (Json asked : root.at("HostConfig", "Mounts").items()) {
      subpaths.put(asked.at("Target").text(), asked.at("VolumeOptions", "Subpath").text());
    }
    List<Mount> mounts = new ArrayList<>();
    for (Json mount : root.at("Mounts").items()) {
      String type = mount.at("Type").text();
      String source = type.equals("volume") ? mount.at("Name").text() : mount.at("Source").text();
      String target = mount.at("Destination").text();
      mounts.add(
          new Mount(
              type, source, target, mount.at("RW").flag(), subpaths.getOrDefault(target, "")));
    }
    // Those of the older --tmpfs are listed nowhere else.
    root.at("HostConfig", "Tmpfs")
        .members()
        .keySet()
        .forEach(target -> mounts.add(new Mount("tmpfs", "", target, true)));
    return mounts;
  }

  private static Attachment attachment(Map.Entry<String, Json> network) {
    Json endpoint = network.getValue();
    return new Attachment(
        network.getKey(),
        endpoint.at("IPAddress").text(),
        endpoint.at("GlobalIPv6Address").text(),
        endpoint.at("Aliases").texts());
  }

  private static HealthResult healthResult(Json entry) {
    String output = entry.at("Output").text();
    return new HealthResult(
        Moments.read(entry.at("End").text()),
        entry.at("ExitCode").smallNumber(),
        output.length() > LONGEST_HEALTH_OUTPUT
            ? output.substring(0, LONGEST_HEALTH_OUTPUT)
            : output);
  }
}
