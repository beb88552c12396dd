package dev.quayside.exposure.status;

import static dev.quayside.exposure.status.LiveStatus.rows;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.bed.Bed;
import dev.quayside.exposure.ExposedPort;
import dev.quayside.exposure.Exposure;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares what is said of containers on networks of the LAN with what the LAN host reaches. */
@Tag("bed")
class LanNetworkBedTest {

  private static final String NETWORK = "quayside-lan-test";
  private static final String CONTAINER = "quayside-lan-test-container";
  private static final String ADDRESS = "192.168.77.50";

  private final Bed bed = Bed.required();

  @AfterEach
  void removeWhatWasMade() throws Exception {
    remove();
  }

  @ParameterizedTest
  @CsvSource({"macvlan,true", "macvlan,false", "ipvlan,true"})
  void whatTheLanReachesIsLanThoughNothingIsPublished(String driver, boolean first)
      throws Exception {
    remove();
    if (first && !made(driver)) {
      return;
    }
    try (LiveStatus status = LiveStatus.open(bed)) {
      if (!first) {
        // The connection is older than the network: its event has to bring it.
        status.await("the connection is whole", StatusSnapshot::complete);
        if (!made(driver)) {
          return;
        }
      }
      ServiceStatus row = judged(status);
      assertThat(row.exposure()).isEqualTo(Exposure.LAN);
      assertThat(row.exposureReason()).contains(NETWORK).contains(driver);
      assertThat(row.ports())
          .filteredOn(port -> port.binding().containerPort() == 8080)
          .extracting(ExposedPort::exposure)
          .containsExactly(Exposure.LAN);
      assertThat(row.ports()).noneMatch(ExposedPort::hostNetwork);
    }
    assertThat(bed.statusOnLan(URI.create("http://" + ADDRESS + ":8080/"))).isEqualTo(200);
  }

  @Test
  void aContainerOnAnOrdinaryBridgeStaysInternal() throws Exception {
    remove();
    bed.docker("network", "create", NETWORK);
    bed.docker("run", "-d", "--name", CONTAINER, "--network", NETWORK, "quayside-bed/plain:1");
    try (LiveStatus status = LiveStatus.open(bed)) {
      ServiceStatus row = judged(status);
      assertThat(row.exposure()).isEqualTo(Exposure.INTERNAL);
      assertThat(row.exposureReason()).isEmpty();
    }
  }

  /** Returns whether the kernel has the driver, in which case a container is on its network. */
  private boolean made(String driver) throws Exception {
    try {
      bed.docker(
          "network",
          "create",
          "-d",
          driver,
          "-o",
          "parent=bed0",
          "--subnet",
          "192.168.77.0/24",
          "--gateway",
          "192.168.77.1",
          NETWORK);
      bed.docker(
          "run",
          "-d",
          "--name",
          CONTAINER,
          "--network",
          NETWORK,
          "--ip",
          ADDRESS,
          "--expose",
          "8080",
          "quayside-bed/plain:1");
      return true;
    } catch (IOException | AssertionError refused) {
      if (!String.valueOf(refused.getMessage()).contains("operation not supported")) {
        throw refused;
      }
      System.out.println("unproven: a network of the driver " + driver + " (this kernel has none)");
      return false;
    }
  }

  private ServiceStatus judged(LiveStatus status) throws Exception {
    StatusSnapshot found =
        status.await(
            "the container is judged",
            now ->
                rows(now).stream()
                    .anyMatch(row -> isOurs(row) && row.exposure() != Exposure.UNKNOWN));
    return rows(found).stream().filter(LanNetworkBedTest::isOurs).findFirst().orElseThrow();
  }

  private static boolean isOurs(ServiceStatus row) {
    return row.container().name().equals(CONTAINER) && row.container().live();
  }

  private void remove() throws Exception {
    if (!bed.docker("ps", "-aq", "--filter", "name=" + CONTAINER).isBlank()) {
      bed.docker("rm", "-f", CONTAINER);
    }
    if (!bed.docker("network", "ls", "-q", "--filter", "name=" + NETWORK).isBlank()) {
      bed.docker("network", "rm", NETWORK);
    }
  }
}
