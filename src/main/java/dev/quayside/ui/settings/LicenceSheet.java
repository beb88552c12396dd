package dev.quayside.ui.settings;

import dev.quayside.common.Messages;
import dev.quayside.ui.dialog.Sheet;
import dev.quayside.ui.dialog.Sheets;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.GridPane;

/**
 * Lists the libraries in the product with their licences; {@code docs/dependencies.md} says why
 * each is here.
 */
final class LicenceSheet {

  private static final int TALLEST = 420;

  private record Library(String name, String licence) {}

  private static final List<Library> LIBRARIES =
      List.of(
          new Library("AtlantaFX", "MIT"),
          new Library("Bouncy Castle", "MIT"),
          new Library("Commons Compress, IO, Lang, Codec", "Apache-2.0"),
          new Library("ControlsFX", "BSD-3-Clause"),
          new Library("docker-java", "Apache-2.0"),
          new Library("Feather icons", "MIT"),
          new Library("Guava", "Apache-2.0"),
          new Library("Ikonli", "Apache-2.0"),
          new Library("Jackson", "Apache-2.0"),
          new Library("JavaFX", "GPL-2.0 with Classpath Exception"),
          new Library("JNA", "Apache-2.0"),
          new Library("JSpecify", "Apache-2.0"),
          new Library("Logback", "EPL-1.0 or LGPL-2.1"),
          new Library("OpenJDK", "GPL-2.0 with Classpath Exception"),
          new Library("OSHI", "MIT"),
          new Library("picocli", "Apache-2.0"),
          new Library("SLF4J", "MIT"),
          new Library("SnakeYAML Engine", "Apache-2.0"),
          new Library("zstd-jni", "BSD-2-Clause"));

  private LicenceSheet() {}

  static void show(Sheets sheets, Messages messages) {
    GridPane grid = new GridPane();
    grid.getStyleClass().add("receipt-grid");
    for (int i = 0; i < LIBRARIES.size(); i++) {
      grid.addRow(i, new Label(LIBRARIES.get(i).name()), new Label(LIBRARIES.get(i).licence()));
    }
    ScrollPane scroll = new ScrollPane(grid);
    scroll.setFitToWidth(true);
    scroll.setMaxHeight(TALLEST);
    scroll.setAccessibleText(messages.get("about.licences"));
    Sheet sheet = new Sheet("licences", messages.get("about.licences"), scroll);
    Button close = new Button(messages.get("about.close"));
    close.setCancelButton(true);
    close.setOnAction(event -> sheets.close(sheet));
    sheets.show(sheet.withButtons(close).withStyle("wide"));
  }
}
