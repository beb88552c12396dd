package dev.quayside.ui.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.ui.backups.BackupsPage;
import dev.quayside.ui.backups.ScriptedBackups;
import dev.quayside.ui.shell.Page;
import dev.quayside.ui.shell.PageSpec;
import dev.quayside.ui.theme.Icon;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Labeled;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import javafx.stage.PopupWindow;
import javafx.stage.Window;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("window")
class ShellWindowTest {

  @Test
  void aShortcutOfTheWindowDoesNotOpenTheListOfStacks() throws Exception {
    AtomicBoolean second = new AtomicBoolean();
    try (PageStage stage =
        PageStage.open(engine -> List.of(page("one", new AtomicBoolean()), page("two", second)))) {
      Node switcher = stage.node("stack-switcher");
      PageStage.run(switcher::requestFocus);
      PageStage.run(() -> Event.fireEvent(switcher, pressed(KeyCode.DIGIT2, true)));
      PageStage.await("the second page", second::get);
      assertThat(PageStage.call(ShellWindowTest::listsOpen)).isZero();

      PageStage.run(() -> Event.fireEvent(switcher, pressed(KeyCode.D, false)));
      assertThat(PageStage.call(ShellWindowTest::listsOpen)).isEqualTo(1);
    }
  }

  @Test
  void theAgeOfAnArchiveGoesOnWhileThePageStaysOpen() throws Exception {
    Instant made = Instant.parse("2026-11-22T10:00:00Z");
    AtomicReference<Instant> now = new AtomicReference<>(made.plus(Duration.ofMinutes(9)));
    ScriptedBackups backups = new ScriptedBackups();
    backups.put(made);
    try (PageStage stage =
        PageStage.open(engine ->
            List.of(
                new PageSpec(
                    "backups",
                    "Backups",
                    Icon.BACKUPS,
                    workbench -> new BackupsPage(PageStage.with(workbench, now::get), backups))))) {
      Node table = stage.node("backups-table");
      PageStage.await("the first age", () -> says(table, "9 min ago"));
      now.set(made.plus(Duration.ofMinutes(22)));
      PageStage.await("the later age", () -> says(table, "22 min ago"));
    }
  }

  @Test
  void theWordsOfTheRailBeginAtOnePlaceWhateverTheirIcons() throws Exception {
    List<PageSpec> pages =
        List.of(Icon.OVERVIEW, Icon.LOGS, Icon.SECRETS, Icon.INCIDENTS, Icon.ALERTS).stream()
            .map(icon -> new PageSpec(icon.name(), "Same", icon, workbench -> Region::new))
            .toList();
    try (PageStage stage = PageStage.open(engine -> pages)) {
      stage.node("rail-LOGS");
      List<Double> starts =
          PageStage.call(() ->
              stage.stage().getScene().getRoot().lookupAll(".rail-button").stream()
                  .map(button -> button.lookup(".text"))
                  .map(words -> words.localToScene(words.getBoundsInLocal()).getMinX())
                  .distinct()
                  .toList());
      assertThat(starts).hasSize(1);
    }
  }

  private static PageSpec page(String id, AtomicBoolean seen) {
    Region view = new Region();
    return new PageSpec(
        id,
        id,
        Icon.BACKUPS,
        workbench ->
            new Page() {
              @Override
              public Node view() {
                return view;
              }

              @Override
              public void shown() {
                seen.set(true);
              }
            });
  }

  private static boolean says(Node node, String text) {
    return (node instanceof Labeled labeled && text.equals(labeled.getText()))
        || (node instanceof Parent parent
            && parent.getChildrenUnmodifiable().stream().anyMatch(child -> says(child, text)));
  }

  private static KeyEvent pressed(KeyCode code, boolean control) {
    return new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, control, false, false);
  }

  private static int listsOpen() {
    return (int)
        Window.getWindows().stream()
            .filter(window -> window instanceof PopupWindow && window.isShowing())
            .count();
  }
}
