package dev.quayside.exposure.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.bed.Bed;
import dev.quayside.exposure.Exposure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Compares rows about real containers with what {@code docker inspect} says of these. */
public final class InspectedRows {

  private InspectedRows() {}

  /** Fails unless the rows that the window would show of the containers equal their inspection. */
  public static void ofAll(Bed bed, List<String> names) throws Exception {
    try (LiveStatus status = LiveStatus.open(bed)) {
      StatusSnapshot snapshot =
          status.await(
              "every container has its row and its facts",
              found ->
                  found.complete()
                      && LiveStatus.rows(found).stream()
                              .filter(each ->
                                  names.contains(each.container().name())
                                      && each.container().facts() != null)
                              .count()
                          == names.size());
      equal(bed, snapshot, names);
    }
  }

  static void equal(Bed bed, StatusSnapshot snapshot, List<String> names) throws Exception {
    for (String name : names) {
      JsonNode inspection = JsonMapper.shared().readTree(bed.docker("inspect", name)).get(0);
      ServiceStatus row =
          LiveStatus.rows(snapshot).stream()
              .filter(each -> each.container().name().equals(name))
              .findFirst()
              .orElseThrow();
      assertThat(row.container().id().value()).isEqualTo(inspection.get("Id").asString());
      if (inspection.at("/HostConfig/NetworkMode").asString().equals("host")) {
        continue;
      }
      List<String> ports =
          row.ports().stream()
              .map(port ->
                  port.binding().containerPort()
                      + "/"
                      + port.binding().protocol()
                      + "@"
                      + port.binding().hostAddress()
                      + ":"
                      + port.binding().published())
              .sorted()
              .toList();
      assertThat(ports).as(name).isEqualTo(inspected(inspection));
      assertThat(row.exposure()).as(name).isEqualTo(widest(inspection));
    }
  }

  private static List<String> inspected(JsonNode inspection) {
    List<String> ports = new ArrayList<>();
    inspection
        .at("/NetworkSettings/Ports")
        .properties()
        .forEach(port -> {
          if (port.getValue().isNull() || port.getValue().isEmpty()) {
            ports.add(port.getKey() + "@null:0");
          }
          port.getValue()
              .forEach(bind ->
                  ports.add(
                      port.getKey()
                          + "@"
                          + bind.get("HostIp").asString()
                          + ":"
                          + bind.get("HostPort").asString()));
        });
    return ports.stream().sorted().toList();
  }

  // Said again in other words than the product's: what does not run is reached by nobody, and
  // anything published to more than 127/8 or ::1 is open.
  private static Exposure widest(JsonNode inspection) {
    if (!List.of("running", "paused", "restarting")
        .contains(inspection.at("/State/Status").asString())) {
      return Exposure.NONE;
    }
    List<String> published =
        inspected(inspection).stream().filter(port -> !port.endsWith("@null:0")).toList();
    if (published.isEmpty()) {
      return Exposure.INTERNAL;
    }
    boolean home =
        published.stream()
            .allMatch(port ->
                Arrays.asList("127.0.0.1", "::1")
                    .contains(port.substring(port.indexOf('@') + 1, port.lastIndexOf(':'))));
    return home ? Exposure.LOOPBACK : Exposure.LAN;
  }
}
