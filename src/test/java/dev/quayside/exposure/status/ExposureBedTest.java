package dev.quayside.exposure.status;

import static dev.quayside.exposure.status.LiveStatus.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.bed.Bed;
import dev.quayside.bed.BedStack;
import dev.quayside.exposure.ExposedPort;
import dev.quayside.exposure.Exposure;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compares rows of a real stack with what {@code docker inspect} says of it; those of the fixtures
 * are compared where the fixtures are up anyway (StatusProofTest).
 */
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
      InspectedRows.equal(bed, snapshot, stack.containers());
    }
  }
}
