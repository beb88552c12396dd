package dev.quayside.exposure.status;

import static dev.quayside.exposure.status.LiveStatus.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.bed.Bed;
import dev.quayside.bed.BedStack;
import dev.quayside.exposure.ExposedPort;
import dev.quayside.exposure.Exposure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Compares every row of real stacks with what {@code docker inspect} says of it. */
@Tag("bed")
class ExposureBedTest {

  private static final String STACK =
      """
      services:
        everywhere:
          image: quayside-bed/plain:1
          ports: ["18960:8080"]
        home:
          image: quayside-bed/plain:1
          ports: ["127.0.0.1:18961:8080", "[::1]:18961:8080"]
        six:
          image: quayside-bed/plain:1
          ports: ["[::]:18962:8080"]
        lan:
          image: quayside-bed/plain:1
          ports: ["192.168.77.1:18963:8080", "127.0.0.1:18963:8080"]
        inside:
          image: quayside-bed/plain:1
          expose: ["8080"]
        hosted:
          image: quayside-bed/plain:1
          network_mode: host
      """;

  private static final Map<String, Exposure> EXPECTED =
      Map.of(
          "everywhere",
          Exposure.LAN,
          "home",
          Exposure.LOOPBACK,
          "six",
          Exposure.LAN,
          "lan",
          Exposure.LAN,
          "inside",
          Exposure.INTERNAL,
          "hosted",
          Exposure.LAN);

  @TempDir private Path folder;
  private final Bed bed = Bed.required();

  @Test
  void everyKindOfBindIsJudged() throws Exception {
    try (BedStack stack = bed.stack(STACK, folder).up();
        LiveStatus status = LiveStatus.open(bed)) {
      StatusSnapshot snapshot =
          status.await(
              "every row is there and judged",
              found ->
                  EXPECTED.keySet().stream()
                      .allMatch(name ->
                          row(found, name) != null
                              && row(found, name).exposure() != Exposure.UNKNOWN));
      EXPECTED.forEach((service, exposure) ->
          assertThat(row(snapshot, service).exposure()).as(service).isEqualTo(exposure));
      assertThat(row(snapshot, "hosted").ports()).allMatch(ExposedPort::hostNetwork);
      assertThat(row(snapshot, "hosted").ports())
          .extracting(port -> port.binding().published())
          .contains(8080);
      equalsInspect(snapshot, stack.containers());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sample", "a", "b1", "c"})
  void everyRowOfAFixtureEqualsItsInspection(String fixture) throws Exception {
    try (BedStack stack = bed.fixture(fixture, folder).up();
        LiveStatus status = LiveStatus.open(bed)) {
      List<String> names = stack.containers();
      assertThat(names).isNotEmpty();
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
      equalsInspect(snapshot, names);
    }
  }

  private void equalsInspect(StatusSnapshot snapshot, List<String> names) throws Exception {
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
