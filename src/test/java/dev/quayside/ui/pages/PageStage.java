package dev.quayside.ui.pages;

import dev.quayside.engine.demo.DemoEngine;
import dev.quayside.exposure.status.StatusFeed;
import dev.quayside.exposure.status.StatusFeeds;
import dev.quayside.ui.dialog.Dialogs;
import dev.quayside.ui.shell.PageSpec;
import dev.quayside.ui.shell.Shell;
import dev.quayside.ui.shell.Workbench;
import dev.quayside.ui.theme.ThemeChoice;
import dev.quayside.ui.theme.ThemeManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.image.PixelReader;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/** Opens a real window with the given pages on the demo engine, and takes pictures of it. */
public final class PageStage implements AutoCloseable {

  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(40);

  private final DemoEngine engine = new DemoEngine(InstantSource.system());
  private final StatusFeed feed;
  private final ThemeManager theme;
  private final Shell shell;
  private final Stage stage;

  private PageStage(@Nullable StatusFeed status, DemoPages pages) {
    this.feed = status == null ? StatusFeeds.demo(engine, InstantSource.system()) : status;
    this.theme = new ThemeManager();
    theme.choice().set(ThemeChoice.LIGHT);
    this.shell =
        new Shell(feed, pages.of(engine), theme, InstantSource.system(), true, () -> {}, () -> {});
    Scene scene = new Scene(shell.root(), 1280, 800);
    theme.dress(scene);
    shell.install(scene);
    this.stage = new Stage();
    stage.setScene(scene);
    stage.show();
  }

  /** Makes the pages for an engine. */
  @FunctionalInterface
  public interface DemoPages {
    /** Returns the pages of the rail. */
    List<PageSpec> of(DemoEngine engine);
  }

  /** Opens the window. */
  public static PageStage open(DemoPages pages) throws Exception {
    return open(null, pages);
  }

  /** Opens the window on {@code status}, which is closed with it; null for that of the demo. */
  public static PageStage open(@Nullable StatusFeed status, DemoPages pages) throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    try {
      Platform.startup(started::countDown);
    } catch (IllegalStateException running) {
      started.countDown();
    }
    started.await();
    Platform.setImplicitExit(false);
    return call(() -> new PageStage(status, pages));
  }

  /** Returns the shell. */
  public Shell shell() {
    return shell;
  }

  /** Returns the window. */
  public Stage stage() {
    return stage;
  }

  /** Returns the same workbench with {@code dialogs} in the place of the window's own. */
  public static Workbench with(Workbench workbench, Dialogs dialogs) {
    return with(workbench, dialogs, workbench.clock());
  }

  /** Returns the same workbench with {@code clock} in the place of the machine's. */
  public static Workbench with(Workbench workbench, InstantSource clock) {
    return with(workbench, workbench.dialogs(), clock);
  }

  private static Workbench with(Workbench workbench, Dialogs dialogs, InstantSource clock) {
    return new Workbench(
        workbench.status(),
        workbench.stacks(),
        workbench.history(),
        workbench.actions(),
        dialogs,
        workbench.sheets(),
        workbench.jobs(),
        workbench.background(),
        workbench.navigator(),
        workbench.theme(),
        workbench.colours(),
        clock,
        workbench.demo());
  }

  /** Returns the node with the id {@code id}; waits for it. */
  @SuppressWarnings("unchecked")
  public <N extends Node> N node(String id) throws Exception {
    await("#" + id, () -> find(stage.getScene().getRoot(), id) != null);
    return (N) call(() -> find(stage.getScene().getRoot(), id));
  }

  /** Ids of actions have dots, which the lookup of the toolkit takes for style classes. */
  private static Node find(Node node, String id) {
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

  /** Returns whether a node with the id {@code id} is shown. */
  public boolean shows(String id) {
    Node node = find(stage.getScene().getRoot(), id);
    return node != null && node.isVisible();
  }

  /** Presses the button {@code id} as soon as it can be pressed. */
  public void press(String id) throws Exception {
    ButtonBase button = node(id);
    await("enabled #" + id, () -> !button.isDisabled());
    run(button::fire);
  }

  /** Types {@code words} into the field {@code id}, key by key. */
  public void type(String id, String words) throws Exception {
    Node field = node(id);
    run(() -> {
      field.requestFocus();
      for (char c : words.toCharArray()) {
        field.fireEvent(
            new KeyEvent(
                KeyEvent.KEY_TYPED,
                String.valueOf(c),
                "",
                KeyCode.UNDEFINED,
                false,
                false,
                false,
                false));
      }
    });
  }

  /** Runs {@code work} on the FX thread and returns its result. */
  public static <T> T call(Supplier<T> work) throws Exception {
    CompletableFuture<T> result = new CompletableFuture<>();
    Platform.runLater(() -> {
      try {
        result.complete(work.get());
      } catch (Throwable failure) {
        result.completeExceptionally(failure);
      }
    });
    return result.get(60, TimeUnit.SECONDS);
  }

  /** Runs {@code work} on the FX thread. */
  public static void run(Runnable work) throws Exception {
    call(() -> {
      work.run();
      return true;
    });
  }

  /** Waits until {@code condition} holds on the FX thread, one pulse after the other. */
  public static void await(String what, BooleanSupplier condition) throws Exception {
    long end = System.nanoTime() + PATIENCE;
    while (!call(condition::getAsBoolean)) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within 40 s: " + what);
      }
      Thread.onSpinWait();
      CountDownLatch pulse = new CountDownLatch(1);
      Platform.runLater(pulse::countDown);
      pulse.await(50, TimeUnit.MILLISECONDS);
      new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS);
    }
  }

  /** Takes a picture of the window in both themes and both sizes into {@code target/pages}. */
  public void pictures(String name) throws Exception {
    for (int[] size : new int[][] {{1280, 800}, {1920, 1080}}) {
      for (ThemeChoice choice : new ThemeChoice[] {ThemeChoice.LIGHT, ThemeChoice.DARK}) {
        picture(
            name + "-" + size[0] + "-" + choice.name().toLowerCase(java.util.Locale.ROOT),
            size,
            choice);
      }
    }
    run(() -> theme.choice().set(ThemeChoice.LIGHT));
  }

  /** Takes one picture. */
  public void picture(String name, int[] size, ThemeChoice choice) throws Exception {
    run(() -> {
      theme.choice().set(choice);
      stage.setWidth(size[0]);
      stage.setHeight(size[1]);
    });
    for (int i = 0; i < 3; i++) {
      CountDownLatch settled = new CountDownLatch(1);
      Platform.runLater(settled::countDown);
      settled.await();
      new CountDownLatch(1).await(120, TimeUnit.MILLISECONDS);
    }
    WritableImage image = call(() -> stage.getScene().snapshot(null));
    write(
        image,
        Path.of(System.getProperty("quayside.repository", "."))
            .resolve("target/pages/" + name + ".ppm"));
  }

  /** Writes a picture without a toolkit of its own: binary PPM, which every converter reads. */
  private static void write(WritableImage image, Path file) throws IOException {
    int width = (int) image.getWidth();
    int height = (int) image.getHeight();
    byte[] header =
        ("P6 " + width + " " + height + " 255\n")
            .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    byte[] bytes = new byte[header.length + width * height * 3];
    System.arraycopy(header, 0, bytes, 0, header.length);
    PixelReader reader = image.getPixelReader();
    int at = header.length;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int argb = reader.getArgb(x, y);
        bytes[at++] = (byte) (argb >> 16);
        bytes[at++] = (byte) (argb >> 8);
        bytes[at++] = (byte) argb;
      }
    }
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  @Override
  public void close() throws Exception {
    run(() -> {
      shell.close();
      stage.close();
    });
    feed.close();
    engine.close();
  }
}
