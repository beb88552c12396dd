package dev.quayside.ui.shell;

import atlantafx.base.theme.Styles;
import dev.quayside.common.Messages;
import dev.quayside.common.Problem;
import dev.quayside.common.Quantities;
import dev.quayside.engine.Connection;
import dev.quayside.ui.action.Action;
import dev.quayside.ui.action.ActionNodes;
import dev.quayside.ui.theme.Icon;
import dev.quayside.ui.theme.Look;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/**
 * Says above the page that the engine cannot be reached, since when, and when it is tried again.
 */
final class ConnectionBanner extends HBox {

  private final Messages messages;
  private final Label title = new Label();
  private final Label text = new Label();
  private final Label command = new Label();
  private @Nullable Problem shown;

  ConnectionBanner(Messages messages, Action retry, Consumer<? super Problem> details) {
    this.messages = messages;
    setId("connection-banner");
    getStyleClass().add("banner");
    setAlignment(Pos.CENTER_LEFT);
    title.getStyleClass().add("banner-title");
    title.setMinWidth(Region.USE_PREF_SIZE);
    text.getStyleClass().add(Look.FIGURE);
    command.getStyleClass().add(Look.CODE);
    VBox words = new VBox(new HBox(title), text);
    HBox.setHgrow(words, Priority.ALWAYS);
    Button more = new Button(messages.get("banner.details"));
    more.setId("banner-details");
    more.setMinWidth(Region.USE_PREF_SIZE);
    more.setOnAction(event -> {
      if (shown != null) {
        details.accept(shown);
      }
    });
    Button again = ActionNodes.button(retry);
    again.getStyleClass().add(Styles.ACCENT);
    again.setMinWidth(Region.USE_PREF_SIZE);
    getChildren().addAll(Icon.OFFLINE.node(), words, command, more, again);
    setVisible(false);
    setManaged(false);
  }

  void show(Connection connection, Instant now) {
    switch (connection) {
      case Connection.Connecting connecting -> hide();
      case Connection.Connected connected -> hide();
      case Connection.Lost(Problem problem, Instant since, var next, var last) -> {
        shown = problem;
        set(title, problem.title());
        set(text, times(since, next, now));
        set(command, problem.command() == null ? "" : problem.command());
        command.setVisible(problem.command() != null);
        command.setManaged(problem.command() != null);
        setVisible(true);
        setManaged(true);
      }
    }
  }

  private void hide() {
    shown = null;
    setVisible(false);
    setManaged(false);
  }

  private String times(Instant since, @Nullable Instant next, Instant now) {
    String ago = Quantities.duration(Duration.between(since, now));
    if (next == null) {
      return messages.get("banner.since", ago);
    }
    long seconds = Math.max(0, Duration.between(now, next).toSeconds());
    return seconds == 0
        ? messages.get("banner.trying", ago)
        : messages.get("banner.next", ago, seconds);
  }

  private static void set(Label label, String words) {
    if (!words.equals(label.getText())) {
      label.setText(words);
    }
  }
}
