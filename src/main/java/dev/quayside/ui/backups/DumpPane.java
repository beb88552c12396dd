package dev.quayside.ui.backups;

import dev.quayside.backup.landing.StackDatabases;
import dev.quayside.common.Quantities;
import dev.quayside.ui.dialog.ProblemView;
import dev.quayside.ui.dialog.Sheet;
import dev.quayside.ui.theme.Look;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/** Asks which database of which stack a dump takes the place of. */
final class DumpPane extends VBox {

  private final ForeignTarget target;
  private final VBox held = new VBox();
  private final Subscription followed;

  DumpPane(ForeignTarget target) {
    this.target = target;
    getStyleClass().add("create-section");
    held.getStyleClass().add("create-section");
    Label title = new Label(BackupsText.of("dump.title"));
    title.getStyleClass().add(Look.SECTION_TITLE);
    getChildren().add(title);
    if (target.stacks().isEmpty()) {
      Label none = Sheet.text(BackupsText.of("dump.no-stack"));
      none.setId("dump-nowhere");
      getChildren().add(none);
    } else {
      getChildren().addAll(row("dump.stack", stacks()), held);
    }
    this.followed = target.state().subscribe(this::show);
  }

  private ChoiceBox<String> stacks() {
    ChoiceBox<String> stacks = new ChoiceBox<>();
    stacks.setId("restore-stack");
    stacks.getItems().setAll(target.stacks());
    stacks.setValue(target.stack().get());
    stacks
        .valueProperty()
        .addListener((source, before, now) -> {
          target.stack().set(now);
        });
    return stacks;
  }

  private static HBox row(String key, ChoiceBox<?> box) {
    Label label = new Label(BackupsText.of(key));
    label.setLabelFor(box);
    label.setMinWidth(LABEL);
    box.setAccessibleText(label.getText());
    HBox row = new HBox(label, box);
    row.getStyleClass().add(Look.TOOLS);
    row.setAlignment(Pos.CENTER_LEFT);
    return row;
  }

  private static final double LABEL = 80;

  private void show(ForeignTarget.State state) {
    held.getChildren()
        .setAll(
            switch (state) {
              case ForeignTarget.State.Asked() ->
                  List.<Node>of(Sheet.mutedText(BackupsText.of("dump.asking")));
              case ForeignTarget.State.Known() -> known();
              case ForeignTarget.State.Failed(var problem) ->
                  List.<Node>of(Sheet.text(problem.title()), new ProblemView(problem));
            });
  }

  private List<Node> known() {
    if (target.databases().isEmpty()) {
      Label none = Sheet.text(BackupsText.of("dump.no-server", target.stack().get()));
      none.setId("dump-nowhere");
      return List.of(none);
    }
    ChoiceBox<StackDatabases.Held> databases = new ChoiceBox<>();
    databases.setId("restore-database");
    databases.setConverter(new Words());
    databases.getItems().setAll(target.databases());
    databases.setValue(target.database().get());
    databases
        .valueProperty()
        .addListener((source, before, now) -> {
          target.database().set(now);
        });
    return List.of(
        row("dump.database", databases), functions(), Sheet.mutedText(BackupsText.of("dump.kept")));
  }

  private CheckBox functions() {
    CheckBox box = new CheckBox(BackupsText.of("dump.functions"));
    box.setId("restore-functions");
    box.setWrapText(true);
    box.setSelected(target.functions().get());
    box.selectedProperty().addListener((source, before, now) -> target.functions().set(now));
    return box;
  }

  /** Stops following the choice, which lives longer. */
  void leave() {
    followed.unsubscribe();
  }

  /** Names a database with its server and its size. */
  private static final class Words extends StringConverter<StackDatabases.@Nullable Held> {

    @Override
    public String toString(StackDatabases.@Nullable Held one) {
      return one == null
          ? BackupsText.of("dump.choose")
          : BackupsText.of("dump.held", one.name(), one.service(), Quantities.bytes(one.bytes()));
    }

    @Override
    public StackDatabases.@Nullable Held fromString(String text) {
      throw new UnsupportedOperationException("nobody types them");
    }
  }
}
