package dev.quayside.ui.backups;

import dev.quayside.ui.control.TonePill;
import dev.quayside.ui.theme.Icon;
import dev.quayside.ui.theme.Look;
import javafx.geometry.Pos;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Says above the list how one thing stands, and leads to what can be done about it. */
final class SideCard extends VBox {

  private final TonePill pill = new TonePill();
  private final Label text = new Label();
  private final String title;
  private final Hyperlink[] links;

  /**
   * Is what a card says.
   *
   * @param tone how the state looks
   * @param word the state in a word or two
   * @param text what it rests on
   */
  record Said(TonePill.Tone tone, String word, String text) {}

  SideCard(String id, String title, Icon icon, Hyperlink... links) {
    this.title = title;
    this.links = links;
    setId(id);
    getStyleClass().addAll(Look.CARD, "side-card");
    Label heading = new Label(title, icon.node());
    heading.getStyleClass().add("card-title");
    heading.setMinWidth(Region.USE_PREF_SIZE);
    Region spring = new Region();
    HBox.setHgrow(spring, Priority.ALWAYS);
    HBox head = new HBox(heading, spring, pill);
    head.setAlignment(Pos.CENTER_LEFT);
    text.setId(id + "-text");
    text.setWrapText(true);
    text.getStyleClass().addAll(Look.MUTED, "card-text");
    text.setMaxHeight(Double.MAX_VALUE);
    VBox.setVgrow(text, Priority.ALWAYS);
    HBox foot = new HBox(links);
    foot.getStyleClass().add(Look.TOOLS);
    getChildren().addAll(head, text, foot);
    setMinWidth(0);
    setPrefWidth(0);
    HBox.setHgrow(this, Priority.ALWAYS);
  }

  static Hyperlink link(String id, String words, Runnable handler) {
    Hyperlink link = new Hyperlink(words);
    link.setId(id);
    link.setMinWidth(Region.USE_PREF_SIZE);
    link.setOnAction(event -> {
      link.setVisited(false);
      handler.run();
    });
    return link;
  }

  void show(Said said) {
    pill.show(said.tone(), said.word());
    text.setText(said.text());
    text.setTooltip(said.text().isEmpty() ? null : new Tooltip(said.text()));
    for (Hyperlink link : links) {
      link.setAccessibleText(title + ": " + link.getText());
    }
  }
}
