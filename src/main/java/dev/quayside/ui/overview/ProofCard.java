package dev.quayside.ui.overview;

import dev.quayside.ui.control.TonePill;
import dev.quayside.ui.theme.Icon;
import dev.quayside.ui.theme.Look;
import javafx.geometry.Pos;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Shows one subject of proof: how it stands in two words, what that rests on, and where to go. */
final class ProofCard extends VBox {

  private final TonePill pill = new TonePill();
  private final Label text = new Label();
  private final Hyperlink link = new Hyperlink();
  private final String title;

  ProofCard(String id, String title, Icon icon) {
    this.title = title;
    setId("card-" + id);
    getStyleClass().addAll(Look.CARD, "proof-card");
    Label heading = new Label(title, icon.node());
    heading.getStyleClass().add("card-title");
    Region spring = new Region();
    HBox.setHgrow(spring, Priority.ALWAYS);
    HBox head = new HBox(heading, spring, pill);
    head.setAlignment(Pos.CENTER_LEFT);
    text.setWrapText(true);
    text.getStyleClass().addAll(Look.MUTED, "card-text");
    text.setMaxHeight(Double.MAX_VALUE);
    VBox.setVgrow(text, Priority.ALWAYS);
    link.setId("card-" + id + "-open");
    link.setMinWidth(Region.USE_PREF_SIZE);
    getChildren().addAll(head, text, link);
    setMinWidth(0);
    setPrefWidth(0);
    HBox.setHgrow(this, Priority.ALWAYS);
  }

  void show(CardText newest, Runnable open) {
    pill.show(newest.tone(), newest.word());
    if (!newest.text().equals(text.getText())) {
      text.setText(newest.text());
    }
    link.setText(newest.link());
    link.setAccessibleText(title + ": " + newest.link());
    link.setOnAction(event -> open.run());
    boolean some = !newest.link().isEmpty();
    link.setVisible(some);
    link.setManaged(some);
  }
}
