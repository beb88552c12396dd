package dev.quayside.ui.dialog;

import atlantafx.base.theme.Styles;
import dev.quayside.common.Messages;
import dev.quayside.ui.theme.Icon;
import dev.quayside.ui.theme.Look;
import java.util.Locale;
import javafx.animation.PauseTransition;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

/**
 * Stacks short messages in the lower right corner. What went well leaves after a while, what went
 * wrong stays.
 */
public final class Notices {

  private static final Duration STAY = Duration.seconds(5);
  private static final Duration STAY_WITH_ACTION = Duration.seconds(10);
  private static final int SHOWN = 4;

  private final Messages messages = Messages.of("shell");
  private final VBox stack = new VBox();

  /** Creates the layer; put {@link #layer} over the window's content. */
  public Notices() {
    stack.setId("notices");
    stack.getStyleClass().add("notices");
    stack.setPickOnBounds(false);
    stack.setAlignment(Pos.BOTTOM_RIGHT);
    stack.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
  }

  /** Returns the node to put over the window's content. */
  public Node layer() {
    return stack;
  }

  /** Shows {@code notice}. */
  public void show(Notice notice) {
    HBox box = new HBox();
    box.getStyleClass().addAll("notice", notice.tone().name().toLowerCase(Locale.ROOT));
    box.setAlignment(Pos.CENTER_LEFT);
    Label text = new Label(notice.text(), icon(notice.tone()).node());
    text.setWrapText(true);
    HBox.setHgrow(text, Priority.ALWAYS);
    box.getChildren().add(text);
    if (notice.actionText() != null && notice.action() != null) {
      box.getChildren().add(actionLink(notice.actionText(), notice.action(), box));
    }
    box.getChildren().add(closeButton(box));
    stack.getChildren().add(box);
    if (stack.getChildren().size() > SHOWN) {
      stack.getChildren().removeFirst();
    }
    leaveLater(notice, box);
  }

  private void leaveLater(Notice notice, HBox box) {
    switch (notice.tone()) {
      case INFO, GOOD -> {
        PauseTransition stay =
            new PauseTransition(notice.action() == null ? STAY : STAY_WITH_ACTION);
        stay.setOnFinished(event -> stack.getChildren().remove(box));
        stay.play();
      }
      case WARN, BAD -> {
        // Stays until it is closed: a person may be away from the screen.
      }
    }
  }

  private Hyperlink actionLink(String words, Runnable action, HBox box) {
    Hyperlink link = new Hyperlink(words);
    link.setOnAction(event -> {
      stack.getChildren().remove(box);
      action.run();
    });
    return link;
  }

  private Button closeButton(HBox box) {
    Button close = new Button(null, Icon.CLOSE.node());
    close.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT, Look.ICON_BUTTON);
    close.setAccessibleText(messages.get("dialog.close"));
    close.setOnAction(event -> stack.getChildren().remove(box));
    return close;
  }

  private static Icon icon(Notice.Tone tone) {
    return switch (tone) {
      case INFO -> Icon.INFO;
      case GOOD -> Icon.OK;
      case WARN -> Icon.WARNING;
      case BAD -> Icon.PROBLEM;
    };
  }
}
