package dev.quayside.ui.shell;

import dev.quayside.common.ForeignText;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.layout.FlowPane;
import javafx.util.Subscription;

/** Offers a button for each stack, where a page needs one of them. Belongs to the FX thread. */
public final class StackButtons extends FlowPane {

  private static final int LONGEST = 40;

  private final Subscription follow;

  /** Creates the buttons; they follow the stacks there are. */
  public StackButtons(StackChoice stacks) {
    setAlignment(Pos.CENTER);
    setHgap(8);
    setVgap(8);
    follow = stacks.names().subscribe(() -> fill(stacks));
    fill(stacks);
  }

  /** Stops following the stacks; the page that shows it calls this when it goes. */
  public void unfollow() {
    follow.unsubscribe();
  }

  private void fill(StackChoice stacks) {
    getChildren()
        .setAll(
            stacks.names().stream()
                .filter(name -> !name.equals(StackChoice.ALL))
                .map(name -> button(stacks, name))
                .toList());
  }

  private static Button button(StackChoice stacks, String name) {
    Button button = new Button(ForeignText.line(name, LONGEST));
    button.getStyleClass().add("stack-button");
    button.setMnemonicParsing(false);
    button.setOnAction(event -> stacks.choose(name));
    return button;
  }
}
