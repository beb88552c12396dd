package dev.quayside.ui.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.ui.guard.HandFeed;
import dev.quayside.ui.guard.Snapshots;
import dev.quayside.ui.shell.PageSpec;
import dev.quayside.ui.theme.Icon;
import java.util.List;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which clicks choose something in the palette. */
@Tag("window")
class PaletteWindowTest {

  private static PageStage open() throws Exception {
    return PageStage.open(
        new HandFeed(Snapshots.demo()),
        engine -> List.of(new PageSpec("one", "One", Icon.INFO, workbench -> Region::new)));
  }

  @Test
  void onlyAPrimaryClickOnAnItemRunsIt() throws Exception {
    try (PageStage stage = open()) {
      PageStage.run(() -> stage.shell().workbench().actions().get("window.palette").run());
      ListView<?> list = stage.node("palette-list");
      PageStage.await("items", () -> cell(list) != null);
      PageStage.run(() -> {
        Event.fireEvent(cell(list), click(MouseButton.SECONDARY, 1));
        Event.fireEvent(list.lookup(".scroll-bar"), click(MouseButton.PRIMARY, 1));
        Event.fireEvent(list, click(MouseButton.PRIMARY, 1));
      });
      assertThat(PageStage.call(() -> stage.shows("palette-list"))).isTrue();
      PageStage.run(() -> Event.fireEvent(cell(list), click(MouseButton.PRIMARY, 1)));
      PageStage.await("closed", () -> !stage.shell().workbench().sheets().showing().get());
    }
  }

  private static Node cell(ListView<?> list) {
    return list.lookupAll(".list-cell").stream()
        .filter(cell -> cell instanceof ListCell<?> some && !some.isEmpty())
        .findFirst()
        .orElse(null);
  }

  static MouseEvent click(MouseButton button, int count) {
    boolean primary = button == MouseButton.PRIMARY;
    return new MouseEvent(
        MouseEvent.MOUSE_CLICKED,
        0,
        0,
        0,
        0,
        button,
        count,
        false,
        false,
        false,
        false,
        primary,
        false,
        !primary,
        true,
        false,
        true,
        null);
  }
}
