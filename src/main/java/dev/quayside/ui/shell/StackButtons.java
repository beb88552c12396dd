package dev.quayside.ui.shell;

import dev.quayside.common.ForeignText;
import javafx.collections.ListChangeListener;
import javafx.collections.WeakListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.layout.FlowPane;

/** Offers a button for each stack, where a page needs one of them. Belongs to the FX thread. */
public final class StackButtons extends FlowPane {

  private static final int LONGEST = 40;

  // Held here, so that the stacks do not keep a page that is gone.
  private final ListChangeListener<String> follow;

  /** Creates the buttons; they follow the stacks there are. */
  public StackButtons(StackChoice stacks) {
    setAlignment(Pos.CENTER);
    setHgap(8);
    setVgap(8);
    follow = change -> fill(stacks);
    stacks.names().addListener(new WeakListChangeListener<>(follow));
    fill(stacks);
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
