package dev.quayside.ui.table;

import dev.quayside.common.Messages;
import dev.quayside.exposure.ExposedPort;
import dev.quayside.ui.control.ExposurePill;
import dev.quayside.ui.control.PortTexts;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Shows the widest exposure of a service as a pill, and its ports below. */
final class PortsCell extends LiveCell {

  private final ExposurePill pill = new ExposurePill();
  private final Label ports = new Label();
  private final VBox box = new VBox(pill, ports);
  private final Messages messages;
  private @Nullable Tooltip hint;
  private @Nullable List<ExposedPort> shown;

  PortsCell(Messages messages) {
    this.messages = messages;
    getStyleClass().add("ports-cell");
    ports.getStyleClass().add("second-line");
    box.getStyleClass().add("lines");
    box.setAlignment(Pos.CENTER_LEFT);
  }

  @Override
  void paint(ServiceRow row) {
    pill.show(row.status().exposure());
    if (getGraphic() == null) {
      setGraphic(box);
    }
    List<ExposedPort> newest = row.status().ports();
    if (newest.equals(shown)) {
      return;
    }
    shown = newest;
    ports.setText(PortTexts.brief(messages, newest));
    boolean some = !newest.isEmpty();
    ports.setVisible(some);
    ports.setManaged(some);
    if (hint == null) {
      hint = new Tooltip();
      setTooltip(hint);
    }
    hint.setText(some ? PortTexts.full(messages, newest) : messages.get("ports.none"));
  }

  @Override
  void clear() {
    setGraphic(null);
  }
}
