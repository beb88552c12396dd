package dev.quayside.ui.backups;

import dev.quayside.backup.ArchivePlan;
import dev.quayside.ui.dialog.Sheet;
import dev.quayside.ui.theme.Look;
import javafx.beans.binding.BooleanBinding;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;

/** Asks whether an archive goes over a stack, with which parts, or into an empty folder. */
final class TargetPane extends VBox {

  private final RestoreTarget target;
  private final Label foreign = Sheet.text("");
  private final Subscription followed;

  /**
   * Asks.
   *
   * @param byKey whether a key opened the archive, so that anybody can have made it
   */
  TargetPane(RestoreTarget target, boolean byKey) {
    this.target = target;
    getStyleClass().add("create-section");
    Label title = new Label(BackupsText.of("target.title"));
    title.getStyleClass().add(Look.SECTION_TITLE);
    ToggleGroup group = new ToggleGroup();
    RadioButton over = new RadioButton(BackupsText.of("target.over"));
    over.setId("restore-over");
    over.setToggleGroup(group);
    over.setDisable(target.stacks().isEmpty());
    RadioButton folder = new RadioButton(BackupsText.of("target.folder"));
    folder.setId("restore-folder");
    folder.setToggleGroup(group);
    (target.over().get() ? over : folder).setSelected(true);
    over.selectedProperty().addListener((source, before, now) -> target.over().set(now));
    HBox which = new HBox(over, stacks());
    which.getStyleClass().add(Look.TOOLS);
    which.setAlignment(Pos.CENTER_LEFT);
    VBox details = new VBox(foreign);
    details.getStyleClass().add("create-inner");
    if (target.parts().size() > 1) {
      details.getChildren().add(parts());
    }
    if (byKey) {
      details.getChildren().add(origin());
    }
    details.visibleProperty().bind(target.over());
    details.managedProperty().bind(target.over());
    foreign.getStyleClass().add(Look.WARN);
    foreign.setId("restore-foreign");
    this.followed = target.stack().subscribe(stack -> tellForeign());
    getChildren().addAll(title, which, details, folder);
  }

  private Node stacks() {
    ChoiceBox<String> stacks = new ChoiceBox<>();
    stacks.setId("restore-stack");
    stacks.setAccessibleText(BackupsText.of("target.stack"));
    stacks.getItems().setAll(target.stacks());
    stacks.setValue(target.stack().get());
    stacks
        .valueProperty()
        .addListener((source, before, now) -> {
          target.stack().set(now);
        });
    stacks.disableProperty().bind(target.over().not());
    return stacks;
  }

  /** All of it is what is wanted mostly; what it is stands above already. */
  private Node parts() {
    VBox boxes = new VBox();
    boxes.getStyleClass().add("create-list");
    target.parts().forEach(choice -> boxes.getChildren().add(part(choice)));
    boolean some = target.parts().stream().anyMatch(choice -> !choice.taken().get());
    boxes.setVisible(some);
    boxes.managedProperty().bind(boxes.visibleProperty());
    Hyperlink only = new Hyperlink(BackupsText.of("target.only"));
    only.setId("restore-parts");
    only.managedProperty().bind(only.visibleProperty());
    only.setVisible(!some);
    only.setOnAction(event -> {
      boxes.setVisible(true);
      only.setVisible(false);
      boxes.getChildren().getFirst().requestFocus();
    });
    return new VBox(only, boxes);
  }

  private static Node part(CreateModel.Choice<ArchivePlan.Part> choice) {
    CheckBox box = new CheckBox(RestoreTexts.part(choice.what()));
    box.setMnemonicParsing(false);
    box.setWrapText(true);
    box.setMinHeight(Region.USE_PREF_SIZE);
    box.selectedProperty().bindBidirectional(choice.taken());
    return box;
  }

  private Node origin() {
    CheckBox box = new CheckBox(BackupsText.of("target.unknown-origin"));
    box.setId("restore-unknown-origin");
    box.setWrapText(true);
    box.selectedProperty().bindBidirectional(target.unknownOrigin());
    return box;
  }

  private void tellForeign() {
    boolean other = target.stack().get() != null && target.foreign();
    foreign.setText(other ? BackupsText.of("target.foreign") : "");
    foreign.setVisible(other);
    foreign.setManaged(other);
  }

  boolean over() {
    return target.over().get();
  }

  BooleanBinding plannable() {
    return target.plannable();
  }

  /** Stops following the choice, which lives longer. */
  void leave() {
    followed.unsubscribe();
  }
}
