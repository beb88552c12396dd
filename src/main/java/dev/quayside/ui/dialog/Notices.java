package dev.quayside.ui.dialog;

import atlantafx.base.theme.Styles;
import dev.quayside.common.Messages;
import dev.quayside.ui.theme.Icon;
import dev.quayside.ui.theme.Look;
import java.util.Locale;
import javafx.animation.PauseTransition;
import javafx.beans.binding.Bindings;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

/**
 * Stacks short messages in the lower right corner. What went well leaves after a while, or when
 * there are many; what went wrong stays until it is closed, and the stack scrolls if it must.
 */
public final class Notices {

  private static final Duration STAY = Duration.seconds(5);
  private static final Duration STAY_WITH_ACTION = Duration.seconds(10);
  private static final int SHOWN = 4;
  private static final PseudoClass LEAVES = PseudoClass.getPseudoClass("leaves");

  private final Messages messages = Messages.of("shell");
  private final VBox stack = new VBox();
  private final ScrollPane scroll = new ScrollPane(stack);
  private final VBox layer = new VBox(scroll);

  /** Creates the layer; put {@link #layer} over the window's content. */
  public Notices() {
    layer.setId("notices");
    layer.getStyleClass().add("notices");
    layer.setPickOnBounds(false);
    layer.setAlignment(Pos.BOTTOM_RIGHT);
    layer.setMaxSize(Region.USE_PREF_SIZE, Double.MAX_VALUE);
    stack.getStyleClass().add("notice-stack");
    scroll.getStyleClass().add("notice-scroll");
    scroll.setAccessibleText(messages.get("notices.name"));
    scroll.setFocusTraversable(false);
    scroll.setFitToWidth(true);
    scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    scroll.setMinHeight(0);
    // By itself it takes the height of texts that are not wrapped yet.
    scroll.prefViewportHeightProperty().bind(stack.heightProperty());
    // The newest is below.
    stack.heightProperty().addListener((source, before, now) -> scroll.setVvalue(1));
    // Empty it would keep the pointer from what lies under it.
    scroll.visibleProperty().bind(Bindings.isNotEmpty(stack.getChildren()));
    scroll.managedProperty().bind(scroll.visibleProperty());
  }

  /** Returns the node to put over the window's content. */
  public Node layer() {
    return layer;
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
    if (stack.getChildren().size() >= SHOWN) {
      removeOldestThatLeaves();
    }
    stack.getChildren().add(box);
    // The others stay until they are closed: a person may be away from the screen.
    if (leaves(notice.tone())) {
      box.pseudoClassStateChanged(LEAVES, true);
      PauseTransition stay = new PauseTransition(notice.action() == null ? STAY : STAY_WITH_ACTION);
      stay.setOnFinished(event -> stack.getChildren().remove(box));
      stay.play();
    }
  }

  private static boolean leaves(Notice.Tone tone) {
    return switch (tone) {
      case INFO, GOOD -> true;
      case WARN, BAD -> false;
    };
  }

  private void removeOldestThatLeaves() {
    stack.getChildren().stream()
        .filter(box -> box.getPseudoClassStates().contains(LEAVES))
        .findFirst()
        .ifPresent(stack.getChildren()::remove);
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
