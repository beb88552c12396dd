package dev.quayside.bench.start;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.Scene;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.stage.Stage;

/**
 * Is the peer of the start: a window with nothing but a table of fifty rows. Writes the file that
 * {@code bare.trace} names once the rows are painted, and ends.
 */
public final class BareTable extends Application {

  private static final int ROWS = 50;
  private static final List<String> COLUMNS = List.of("State", "Service", "Image", "Ports", "CPU");
  private int pulses;

  /** Starts JavaFX from a class path, which the launcher only does for another class. */
  public static final class Main {

    private Main() {}

    /** Opens the window. */
    public static void main(String[] arguments) {
      Application.launch(BareTable.class, arguments);
    }
  }

  @Override
  public void start(Stage stage) {
    TableView<Integer> table = new TableView<>();
    for (String name : COLUMNS) {
      TableColumn<Integer, String> column = new TableColumn<>(name);
      column.setPrefWidth(200);
      column.setCellValueFactory(row -> new ReadOnlyStringWrapper(name + " " + row.getValue()));
      table.getColumns().add(column);
    }
    for (int row = 0; row < ROWS; row++) {
      table.getItems().add(row);
    }
    Scene scene = new Scene(table, 1280, 800);
    stage.setScene(scene);
    stage.setTitle("Bare table");
    stage.show();
    scene.addPostLayoutPulseListener(this::pulse);
    Platform.requestNextPulse();
  }

  /** The pulse after the first that had the rows: as the application counts its own start. */
  private void pulse() {
    pulses++;
    if (pulses == 1) {
      Platform.requestNextPulse();
    } else if (pulses == 2) {
      try {
        Files.writeString(Path.of(System.getProperty("bare.trace")), "filled\n");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      Platform.exit();
    }
  }
}
