package dev.quayside.ui.table;

import dev.quayside.common.ForeignText;
import dev.quayside.common.Messages;
import dev.quayside.exposure.ExposedPort;
import dev.quayside.exposure.Exposure;
import dev.quayside.ui.control.ExposurePill;
import dev.quayside.ui.control.PortTexts;
import dev.quayside.ui.control.UnknownText;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/**
 * Shows the widest exposure of a service as a pill, and its ports below; a dash while it does not
 * run.
 */
final class PortsCell extends LiveCell {

  private static final int LONGEST_REASON = 400;

  private final ExposurePill pill = new ExposurePill();
  private final Label ports = new Label();
  private final VBox box = new VBox(pill, ports);
  private final Messages messages;
  private @Nullable Tooltip hint;
  private @Nullable List<ExposedPort> shown;
  private @Nullable Exposure shownExposure;
  private String reason = "";

  PortsCell(Messages messages) {
    this.messages = messages;
    getStyleClass().add("ports-cell");
    ports.getStyleClass().add("second-line");
    box.getStyleClass().add("lines");
    box.setAlignment(Pos.CENTER_LEFT);
  }

  @Override
  void paint(ServiceRow row) {
    if (getGraphic() == null) {
      setGraphic(box);
    }
    List<ExposedPort> newest = row.status().ports();
    Exposure exposure = row.status().exposure();
    if (exposure == shownExposure
        && newest.equals(shown)
        && reason.equals(row.status().exposureReason())) {
      return;
    }
    shown = newest;
    reason = row.status().exposureReason();
    shownExposure = exposure;
    boolean runs = exposure != Exposure.NONE;
    pill.show(exposure);
    show(pill, runs);
    ports.setText(runs ? PortTexts.brief(messages, newest) : UnknownText.DASH);
    show(ports, !runs || !newest.isEmpty());
    if (hint == null) {
      hint = new Tooltip();
      setTooltip(hint);
    }
    String texts = runs ? told(newest) : stopped(newest);
    // The reason quotes names of networks and containers.
    hint.setText(
        reason.isEmpty() ? texts : texts + "\n" + ForeignText.line(reason, LONGEST_REASON));
  }

  private static void show(Node node, boolean wanted) {
    node.setVisible(wanted);
    node.setManaged(wanted);
  }

  private String told(List<ExposedPort> newest) {
    return newest.isEmpty() ? messages.get("ports.none") : PortTexts.full(messages, newest);
  }

  private String stopped(List<ExposedPort> newest) {
    String nobody = messages.get("ports.stopped");
    return newest.isEmpty() ? nobody : nobody + "\n" + PortTexts.whenStarted(messages, newest);
  }

  @Override
  void clear() {
    setGraphic(null);
  }
}
