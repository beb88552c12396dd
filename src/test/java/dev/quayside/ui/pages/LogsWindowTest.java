package dev.quayside.ui.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.stack.logs.LogLine;
import dev.quayside.ui.logs.LogsBackend;
import dev.quayside.ui.logs.LogsPage;
import dev.quayside.ui.shell.PageSpec;
import dev.quayside.ui.theme.Icon;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javafx.event.Event;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("window")
class LogsWindowTest {

  private static PageStage open() throws Exception {
    return PageStage.open(engine ->
        List.of(
            new PageSpec("one", "One", Icon.INFO, workbench -> Region::new),
            LogsPage.spec(new LogsBackend(() -> engine, engine.feed()))));
  }

  private static List<String> services(ListView<LogLine> list) {
    return list.getItems().stream().map(LogLine::service).distinct().toList();
  }

  @Test
  void theLogsOfOneServiceAreItsOwnAlsoAtTheFirstVisit() throws Exception {
    try (PageStage stage = open()) {
      PageStage.run(() -> stage.shell().show("logs", "dream-server/vllm"));
      ListView<LogLine> all = stage.node("logs-list");
      PageStage.await("its lines", () -> services(all).equals(List.of("dream-server/vllm")));

      PageStage.run(() -> stage.shell().workbench().stacks().choose("dream-server"));
      PageStage.await("lines of the stack", () -> services(all).size() > 1);
      PageStage.run(() -> stage.shell().show("logs", "dream-server/vllm"));
      PageStage.await("its lines again", () -> services(all).equals(List.of("vllm")));
    }
  }

  @Test
  void takingTheScrollBarInHandPausesAndReadingAgainKeepsTheLines() throws Exception {
    try (PageStage stage = open()) {
      PageStage.run(() -> stage.shell().show("logs"));
      ListView<LogLine> list = stage.node("logs-list");
      PageStage.await("lines", () -> list.getItems().size() > 30);
      ToggleButton follow = stage.node("logs-follow");
      PageStage.await("a scroll bar", () -> vertical(list) != null);
      PageStage.run(() -> Event.fireEvent(vertical(list).lookup(".thumb"), press()));
      assertThat(PageStage.call(follow::isSelected)).isFalse();

      int before = PageStage.call(() -> list.getItems().size());
      PageStage.run(() -> stage.shell().workbench().actions().get("window.refresh").run());
      assertThat(PageStage.call(() -> list.getItems().size())).isGreaterThanOrEqualTo(before);
    }
  }

  @Test
  void aStackChosenWhileTheLogsAreHiddenIsReadButNotFollowedBeforeTheyAreShown() throws Exception {
    try (PageStage stage = open()) {
      PageStage.run(() -> stage.shell().show("logs"));
      ListView<LogLine> list = stage.node("logs-list");
      PageStage.await("lines", () -> list.getItems().size() > 30);
      PageStage.run(() -> {
        stage.shell().show("one");
        stage.shell().workbench().stacks().choose("dream-server");
      });
      // What was there when the filter was put on is taken over once.
      ticks(stage, 2);
      int before = PageStage.call(() -> list.getItems().size());
      ticks(stage, 3);
      assertThat(PageStage.call(() -> list.getItems().size())).isEqualTo(before);
      PageStage.run(() -> stage.shell().show("logs"));
      PageStage.await("more lines", () -> list.getItems().size() > before);
    }
  }

  private static void ticks(PageStage stage, int count) throws Exception {
    CountDownLatch news = new CountDownLatch(count);
    PageStage.run(() ->
        stage.shell().workbench().status().addListener((source, before, now) -> news.countDown()));
    assertThat(news.await(40, TimeUnit.SECONDS)).isTrue();
  }

  private static Node vertical(ListView<?> list) {
    return list.lookupAll(".scroll-bar").stream()
        .filter(bar ->
            bar instanceof ScrollBar some
                && some.getOrientation() == Orientation.VERTICAL
                && some.isVisible())
        .findFirst()
        .orElse(null);
  }

  private static MouseEvent press() {
    return new MouseEvent(
        MouseEvent.MOUSE_PRESSED,
        0,
        0,
        0,
        0,
        MouseButton.PRIMARY,
        1,
        false,
        false,
        false,
        false,
        true,
        false,
        false,
        true,
        false,
        true,
        null);
  }

  @Test
  void linesOfTheDemoAreFollowedSearchedAndPaused() throws Exception {
    try (PageStage stage =
        PageStage.open(engine ->
            List.of(
                new PageSpec(
                    "logs",
                    "Logs",
                    Icon.LOGS,
                    workbench ->
                        new LogsPage(workbench, new LogsBackend(() -> engine, engine.feed())))))) {
      ListView<?> list = (ListView<?>) stage.stage().getScene().lookup("#logs-list");
      PageStage.await("lines", () -> list.getItems().size() > 30);
      stage.pictures("logs");

      TextField search = (TextField) stage.stage().getScene().lookup("#logs-search");
      PageStage.run(() -> search.setText("(unclosed"));
      Label mistake = (Label) stage.stage().getScene().lookup("#logs-mistake");
      assertThat(mistake.getText()).contains("Unclosed group");
      stage.picture("logs-mistake", new int[] {1280, 800}, dev.quayside.ui.theme.ThemeChoice.LIGHT);
      PageStage.run(() -> search.setText("GET|POST"));
      PageStage.run(() -> ((ToggleButton) stage.stage().getScene().lookup("#logs-wrap")).fire());
      stage.picture("logs-search", new int[] {1280, 800}, dev.quayside.ui.theme.ThemeChoice.DARK);
      PageStage.run(() -> search.setText("nothing-is-like-this"));
      PageStage.await("nothing", () -> list.getItems().isEmpty());
      stage.picture("logs-nothing", new int[] {1280, 800}, dev.quayside.ui.theme.ThemeChoice.LIGHT);
    }
  }
}
