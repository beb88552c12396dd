package dev.quayside.app;

import dev.quayside.common.Home;
import dev.quayside.common.Settings;
import dev.quayside.common.SettingsStore;
import dev.quayside.exposure.status.StatusSnapshot;
import dev.quayside.ui.fx.Background.Work;
import dev.quayside.ui.guard.HandFeed;
import dev.quayside.ui.guard.Snapshots;
import dev.quayside.ui.logs.LogsBackend;
import dev.quayside.ui.pages.PageStage;
import dev.quayside.ui.services.ServicesBackend;
import dev.quayside.ui.shell.Shell;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.UnaryOperator;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.testfx.api.FxRobot;

/**
 * Is the whole window as the program opens it, on the demo's parts with a status that the test
 * publishes, and a robot that moves the real pointer and presses the real keys of the display.
 */
final class WindowJourney implements AutoCloseable {

  private final FxRobot robot = new FxRobot();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final SettingsStore settings;
  private final WindowParts demo;
  private final HandFeed feed;
  private final Stage stage;
  private final WindowContent content;

  private WindowJourney(Path folder, StatusSnapshot first, UnaryOperator<WindowParts> change)
      throws Exception {
    Home home = Home.locate(folder, Map.of(), folder);
    home.create();
    this.settings = SettingsStore.open(home, timer);
    this.feed = new HandFeed(first);
    this.demo = DemoWindow.parts(InstantSource.fixed(Snapshots.MOMENT), home, settings, url -> {});
    WindowParts parts = change.apply(with(demo, feed));
    this.stage = PageStage.call(Stage::new);
    this.content =
        PageStage.call(() -> {
          WindowContent made = new WindowContent(stage, parts, new StartupTrace());
          made.open();
          stage.setX(0);
          stage.setY(0);
          stage.setWidth(1280);
          stage.setHeight(800);
          stage.toFront();
          stage.requestFocus();
          return made;
        });
    PageStage.await("the window has the keys", stage::isFocused);
  }

  static WindowJourney open(Path folder) throws Exception {
    return open(folder, Snapshots.demo(), parts -> parts);
  }

  static WindowJourney open(Path folder, StatusSnapshot first, UnaryOperator<WindowParts> change)
      throws Exception {
    return new WindowJourney(folder, first, change);
  }

  private static WindowParts with(WindowParts parts, HandFeed status) {
    return new WindowParts(
        status,
        parts.overview(),
        parts.stack(),
        parts.services(),
        parts.logs(),
        parts.environment(),
        parts.secrets(),
        parts.backups(),
        parts.journal(),
        parts.settings(),
        parts.home(),
        parts.demo(),
        parts.clock(),
        parts.composeVersion(),
        parts.sweep(),
        parts.recovery(),
        parts.retry(),
        parts.end());
  }

  /** Returns {@code parts} with other services and logs. */
  static WindowParts with(WindowParts parts, ServicesBackend services, LogsBackend logs) {
    return new WindowParts(
        parts.status(),
        parts.overview(),
        parts.stack(),
        services,
        logs,
        parts.environment(),
        parts.secrets(),
        parts.backups(),
        parts.journal(),
        parts.settings(),
        parts.home(),
        parts.demo(),
        parts.clock(),
        parts.composeVersion(),
        parts.sweep(),
        parts.recovery(),
        parts.retry(),
        parts.end());
  }

  /** Returns {@code parts} with another search for what killed backups and restores left. */
  static WindowParts with(WindowParts parts, Work<List<Recovered>> sweep) {
    return new WindowParts(
        parts.status(),
        parts.overview(),
        parts.stack(),
        parts.services(),
        parts.logs(),
        parts.environment(),
        parts.secrets(),
        parts.backups(),
        parts.journal(),
        parts.settings(),
        parts.home(),
        parts.demo(),
        parts.clock(),
        parts.composeVersion(),
        sweep,
        parts.recovery(),
        parts.retry(),
        parts.end());
  }

  HandFeed feed() {
    return feed;
  }

  FxRobot robot() {
    return robot;
  }

  /** Returns what is chosen now. */
  Settings settings() {
    return settings.feed().latest();
  }

  Shell shell() {
    return content.shell();
  }

  Stage stage() {
    return stage;
  }

  /** Publishes {@code snapshot} and waits until the window shows it. */
  void publish(StatusSnapshot snapshot) throws Exception {
    feed.publish(snapshot);
    PageStage.await("shown", () -> shell().workbench().status().get().equals(snapshot));
  }

  /** Presses keys together, for example Ctrl and K. */
  void keys(KeyCode... keys) {
    robot.push(keys);
  }

  /** Clicks the node {@code id} with the pointer as soon as it can be clicked. */
  void click(String id) throws Exception {
    robot.clickOn(node(id));
  }

  /** Returns the node {@code id}; waits until it is shown. */
  Node node(String id) throws Exception {
    PageStage.await(
        "#" + id,
        () -> find(stage.getScene().getRoot(), id) instanceof Node found && !found.isDisabled());
    return PageStage.call(() -> find(stage.getScene().getRoot(), id));
  }

  /** Returns whether the node {@code id} is on the screen now. */
  boolean shows(String id) throws Exception {
    return PageStage.call(() -> find(stage.getScene().getRoot(), id) != null);
  }

  private static Node find(Node node, String id) {
    if (!node.isVisible()) {
      return null;
    }
    if (id.equals(node.getId())) {
      return node;
    }
    if (node instanceof Parent parent) {
      for (Node child : parent.getChildrenUnmodifiable()) {
        Node found = find(child, id);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  @Override
  public void close() throws Exception {
    robot.release(new KeyCode[0]);
    PageStage.run(() -> {
      stage.hide();
      content.close();
    });
    demo.end().run();
    settings.close();
    timer.shutdown();
  }
}
