package dev.quayside.app;

import dev.quayside.common.Home;
import dev.quayside.common.SettingsStore;
import dev.quayside.exposure.status.Pace;
import dev.quayside.ui.shell.PageSpec;
import dev.quayside.ui.shell.Shell;
import dev.quayside.ui.shell.StackChoice;
import dev.quayside.ui.theme.ThemeChoice;
import dev.quayside.ui.theme.ThemeManager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import javafx.scene.Scene;
import javafx.scene.control.ListView;
import javafx.scene.control.TableView;
import javafx.stage.Stage;

/**
 * Opens each page of the demo in light and dark and in several sizes, takes a picture of each and
 * collects what is wrong with it.
 */
final class PageTour {

  /** The demo shows the same at the same moment. */
  static final Instant MOMENT = Instant.parse("2026-03-14T09:26:53Z");

  // Of each of the 18 scripted containers the last 500.
  private static final int DEMO_LINES = 9_000;

  /** Pages that show one stack, and without one only ask for it. */
  private static final Set<String> OF_ONE_STACK = Set.of("stack", "environment");

  private final Path folder;
  private final List<String> faults = new ArrayList<>();

  PageTour(Path folder) {
    this.folder = folder;
  }

  public static void main(String[] arguments) throws Exception {
    WindowOnTest.startToolkit();
    PageTour tour = new PageTour(Path.of(arguments[0]));
    List<String> only = List.of(arguments).subList(1, arguments.length);
    for (ThemeChoice theme : List.of(ThemeChoice.LIGHT, ThemeChoice.DARK)) {
      for (int[] size : new int[][] {{1280, 800}, {1920, 1080}, {1024, 700}}) {
        String name = theme.name().toLowerCase() + "-" + size[0];
        if (only.isEmpty() || only.contains(name)) {
          tour.visit(theme, size[0], size[1]);
        }
      }
    }
    tour.faults.forEach(System.out::println);
    Runtime.getRuntime().halt(tour.faults.isEmpty() ? 0 : 1);
  }

  private static WindowParts demo() throws Exception {
    Path folder = Files.createTempDirectory("quayside-tour");
    Home home = Home.locate(folder, Map.of(), folder);
    home.create();
    SettingsStore settings =
        SettingsStore.open(
            home,
            Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory()));
    return DemoWindow.parts(InstantSource.fixed(MOMENT), home, settings, url -> {});
  }

  /** The service whose details the picture shows. */
  private static String service(WindowParts parts) {
    return parts.status().feed().latest().stacks().stream()
        .flatMap(stack -> stack.services().stream())
        .filter(one -> one.container().service().equals("vllm"))
        .findFirst()
        .orElseThrow()
        .container()
        .id()
        .value();
  }

  // The lines come from threads of their own, and while they come the list moves.
  private static void awaitLines(Scene scene) throws Exception {
    long end = System.nanoTime() + 20_000_000_000L;
    while (WindowOnTest.onFx(() -> ((ListView<?>) scene.lookup("#logs-list")).getItems().size())
        < DEMO_LINES) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("the demo's logs do not come");
      }
      WindowOnTest.pulses(1);
    }
  }

  private static void awaitNode(Scene scene, String selector) throws Exception {
    long end = System.nanoTime() + 20_000_000_000L;
    while (WindowOnTest.onFx(() -> scene.lookup(selector) == null)) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("not shown: " + selector);
      }
      WindowOnTest.pulses(1);
    }
  }

  private static void awaitSettings(Scene scene) throws Exception {
    long end = System.nanoTime() + 20_000_000_000L;
    while (WindowOnTest.onFx(
        () ->
            !(scene.lookup("#env-table") instanceof TableView<?> table
                && !table.getItems().isEmpty()))) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("the demo's settings do not come");
      }
      WindowOnTest.pulses(1);
    }
  }

  private static void awaitJournal(Scene scene) throws Exception {
    long end = System.nanoTime() + 20_000_000_000L;
    while (WindowOnTest.onFx(() -> scene.lookup("#journal-reading") != null)) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("the demo's journal is not read");
      }
      WindowOnTest.pulses(1);
    }
  }

  List<String> visit(ThemeChoice choice, int width, int height) throws Exception {
    WindowParts parts = demo();
    parts.status().pace(Pace.HIDDEN);
    List<PageSpec> pages = WindowPages.of(parts);
    Stage[] stage = new Stage[1];
    Shell shell =
        WindowOnTest.onFx(() -> {
          ThemeManager theme = new ThemeManager();
          theme.choice().set(choice);
          Shell made =
              new Shell(parts.status(), pages, theme, parts.clock(), true, () -> {}, () -> {});
          Scene scene = new Scene(made.root(), width, height);
          theme.dress(scene);
          made.install(scene);
          stage[0] = new Stage();
          stage[0].setScene(scene);
          stage[0].show();
          return made;
        });
    for (PageSpec page : pages) {
      WindowOnTest.runOnFx(() -> {
        if (page.id().equals("services")) {
          shell.show(page.id(), service(parts));
        } else {
          shell
              .workbench()
              .stacks()
              .choose(OF_ONE_STACK.contains(page.id()) ? "dream-server" : StackChoice.ALL);
          shell.show(page.id());
        }
      });
      if (page.id().equals("logs")) {
        awaitLines(stage[0].getScene());
      }
      if (page.id().equals("journal")) {
        awaitJournal(stage[0].getScene());
      }
      if (page.id().equals("stack")) {
        awaitNode(stage[0].getScene(), "#stack-page");
      }
      if (page.id().equals("environment")) {
        awaitSettings(stage[0].getScene());
      }
      WindowOnTest.pulses(6);
      String name = page.id() + "-" + choice.name().toLowerCase() + "-" + width + ".png";
      WindowOnTest.savePicture(stage[0].getScene(), folder.resolve(name));
      faults.addAll(WindowOnTest.onFx(() -> PageFaults.of(stage[0].getScene(), name)));
    }
    WindowOnTest.runOnFx(() -> {
      stage[0].hide();
      shell.close();
    });
    parts.end().run();
    return faults;
  }
}
