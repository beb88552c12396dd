package dev.quayside.ui.guard;

import dev.quayside.ui.theme.Icon;
import dev.quayside.ui.theme.ThemeChoice;
import dev.quayside.ui.theme.ThemeManager;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import org.controlsfx.control.MasterDetailPane;
import org.controlsfx.control.SearchableComboBox;
import org.controlsfx.control.StatusBar;

/**
 * Shows the kinds of control that the window has, once, before anything is measured: the packaged
 * program has all this in its cache, a test's JVM has to load it.
 */
final class FirstWindow {

  private FirstWindow() {}

  static void showOnce() throws Exception {
    CompletableFuture<Stage> shown = new CompletableFuture<>();
    Platform.runLater(() -> {
      try {
        shown.complete(show());
      } catch (RuntimeException | Error failed) {
        shown.completeExceptionally(failed);
      }
    });
    Stage stage = shown.get(60, TimeUnit.SECONDS);
    CompletableFuture<Boolean> hidden = new CompletableFuture<>();
    Platform.runLater(() -> {
      stage.getScene().snapshot(null);
      stage.hide();
      hidden.complete(true);
    });
    hidden.get(60, TimeUnit.SECONDS);
  }

  private static Stage show() {
    TableView<String> table = new TableView<>();
    table.getColumns().add(new TableColumn<>("column"));
    ListView<String> list = new ListView<>();
    list.getItems().setAll("one", "two");
    Scene scene =
        new Scene(
            new VBox(
                new Label("first", Icon.INFO.node()),
                new Button("button"),
                new TextField("field"),
                new TextArea("area"),
                new ChoiceBox<String>(),
                new SearchableComboBox<String>(),
                new MasterDetailPane(),
                new StatusBar(),
                list,
                table),
            800,
            600);
    ThemeManager theme = new ThemeManager();
    theme.choice().set(ThemeChoice.LIGHT);
    theme.dress(scene);
    Stage stage = new Stage();
    stage.setScene(scene);
    stage.show();
    return stage;
  }
}
