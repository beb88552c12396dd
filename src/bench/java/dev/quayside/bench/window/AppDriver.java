package dev.quayside.bench.window;

import dev.quayside.app.Main;
import dev.quayside.ui.table.ServiceRow;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableView;
import javafx.stage.Stage;
import javafx.stage.Window;

/**
 * Starts the real application in this process and does in its window what a benchmark says on
 * standard input, one command a line; answers each with one line that begins with {@code @}.
 * Between commands it does nothing.
 */
public final class AppDriver {

  private AppDriver() {}

  /** Runs the application with its own arguments. */
  public static void main(String[] arguments) {
    Thread.ofPlatform().daemon().name("bench-driver").start(AppDriver::obey);
    Main.main(arguments);
  }

  private static void obey() {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] words = line.split(" ", 2);
        String rest = words.length > 1 ? words[1] : "";
        switch (words[0]) {
          case "rows" -> answer("rows " + onFx(AppDriver::rows));
          case "page" -> answer("page " + onFx(() -> page(rest)));
          case "minimise" -> answer("minimised " + onFx(AppDriver::minimise));
          case "watch" -> answer("watching " + onFx(() -> watch(rest)));
          default -> answer("unknown " + line);
        }
      }
    } catch (IOException | InterruptedException ended) {
      answer("ended");
    }
    // Nobody is left who would ask this window to close.
    Platform.exit();
  }

  private static void answer(String text) {
    System.out.println("@" + text);
    System.out.flush();
  }

  private static String onFx(Supplier<String> work) throws InterruptedException {
    AtomicReference<String> result = new AtomicReference<>("failed");
    CountDownLatch done = new CountDownLatch(1);
    try {
      Platform.runLater(() -> {
        try {
          result.set(work.get());
        } finally {
          done.countDown();
        }
      });
    } catch (IllegalStateException notStarted) {
      return "none";
    }
    return done.await(20, TimeUnit.SECONDS) ? result.get() : "silent";
  }

  private static Stage stage() {
    return (Stage)
        Window.getWindows().stream()
            .filter(Stage.class::isInstance)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no window"));
  }

  private static String rows() {
    if (Window.getWindows().isEmpty()) {
      return "none";
    }
    Stage stage = stage();
    stage.requestFocus();
    Node table = stage.getScene().lookup("#overview-table");
    int rows = table instanceof TableView<?> view ? view.getItems().size() : 0;
    return rows + (stage.isFocused() ? " focused" : " unfocused");
  }

  private static String page(String id) {
    Scene scene = stage().getScene();
    if (scene.lookup("#rail-" + id) instanceof ButtonBase button) {
      button.fire();
    }
    stage().requestFocus();
    return (scene.lookup("#page-" + id) == null ? "missing" : id)
        + (stage().isFocused() ? " focused" : " unfocused");
  }

  private static String minimise() {
    stage().setIconified(true);
    return String.valueOf(stage().isIconified());
  }

  /** Answers {@code painted NAME SECONDS.NANOS} once the state of that row looks different. */
  private static String watch(String name) {
    Scene scene = stage().getScene();
    for (Node node : scene.getRoot().lookupAll("#overview-table .state-cell")) {
      if (node instanceof TableCell<?, ?> cell
          && cell.getItem() instanceof ServiceRow row
          && row.status().container().name().equals(name)
          && cell.getGraphic() instanceof Label pill) {
        new Look(scene, name, pill).begin();
        return name;
      }
    }
    return "nothing";
  }

  /**
   * Looks at a pill after each layout. Once it says something else, waits for the pulse after: only
   * then the frame with the new word has been handed to the screen.
   */
  private static final class Look implements Runnable {

    private final Scene scene;
    private final String name;
    private final Label pill;
    private final String before;
    private boolean changed;

    Look(Scene scene, String name, Label pill) {
      this.scene = scene;
      this.name = name;
      this.pill = pill;
      this.before = pill.getText();
    }

    void begin() {
      scene.addPostLayoutPulseListener(this);
    }

    @Override
    public void run() {
      if (changed) {
        Instant now = Instant.now();
        scene.removePostLayoutPulseListener(this);
        answer(
            "painted %s %d.%09d %s"
                .formatted(name, now.getEpochSecond(), now.getNano(), pill.getText()));
      } else if (!before.equals(pill.getText())) {
        changed = true;
        Platform.requestNextPulse();
      }
    }
  }
}
