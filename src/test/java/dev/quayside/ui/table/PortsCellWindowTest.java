package dev.quayside.ui.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Messages;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerState;
import dev.quayside.engine.Health;
import dev.quayside.engine.Network;
import dev.quayside.engine.PortBinding;
import dev.quayside.exposure.ContainerPorts;
import dev.quayside.exposure.ExposureReader;
import dev.quayside.exposure.Listening;
import dev.quayside.exposure.status.ServiceStatus;
import dev.quayside.ui.pages.PageStage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What stands under Ports. */
@Tag("window")
class PortsCellWindowTest {

  private static ServiceStatus service(ContainerState state) {
    Container container =
        new Container(
            new ContainerId("a".repeat(64)),
            "web",
            "nginx:1",
            "",
            state,
            Health.NONE,
            Instant.EPOCH,
            List.of(new PortBinding(80, "tcp", "127.0.0.1", 8080)),
            Map.of(),
            List.of(),
            null);
    ContainerPorts ports =
        new ExposureReader()
            .read(
                container,
                new ExposureReader.Surroundings(
                    id -> null,
                    name -> new Network(name, name, "bridge", "", "", false),
                    one -> new Listening.Hidden("no")));
    return new ServiceStatus(
        container, ports.ports(), ports.exposure(), ports.reason(), null, OptionalLong.empty());
  }

  @Test
  void aStoppedServiceHasADashInThePlaceOfAnExposureUntilItRunsAgain() throws Exception {
    ServiceRow row = new ServiceRow("s", service(ContainerState.RUNNING));
    PageStage.run(() -> {
      PortsCell cell = new PortsCell(Messages.of("shell"));
      for (ContainerState state :
          List.of(ContainerState.RUNNING, ContainerState.EXITED, ContainerState.RUNNING)) {
        boolean runs = state == ContainerState.RUNNING;
        row.update("s", service(state));
        cell.paint(row);
        VBox lines = (VBox) cell.getGraphic();
        Label pill = (Label) lines.getChildren().get(0);
        Label ports = (Label) lines.getChildren().get(1);
        assertThat(pill.isVisible()).isEqualTo(runs);
        assertThat(ports.isVisible()).isTrue();
        assertThat(ports.getText()).isEqualTo(runs ? "127.0.0.1:8080" : "—");
        assertThat(cell.getTooltip().getText())
            .contains(runs ? "loopback" : "when started: 127.0.0.1:8080");
      }
    });
  }
}
