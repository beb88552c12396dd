package dev.quayside.app;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.geometry.Rectangle2D;
import javafx.scene.Scene;
import javafx.scene.SnapshotParameters;
import javafx.scene.image.PixelReader;
import javafx.scene.image.WritableImage;
import javax.imageio.ImageIO;

/**
 * Helps tests with the FX thread: start the toolkit once, run on it, wait for pulses, take
 * pictures.
 */
final class WindowOnTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int STRIP = 216;

  private WindowOnTest() {}

  static void startToolkit() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    try {
      Platform.startup(started::countDown);
    } catch (IllegalStateException runsAlready) {
      started.countDown();
    }
    if (!started.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("the toolkit did not start");
    }
    Platform.setImplicitExit(false);
  }

  static <T> T onFx(Callable<T> work) throws Exception {
    CompletableFuture<T> result = new CompletableFuture<>();
    Platform.runLater(() -> {
      try {
        result.complete(work.call());
      } catch (Throwable thrown) {
        result.completeExceptionally(thrown);
      }
    });
    return result.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  static void runOnFx(Runnable work) throws Exception {
    onFx(() -> {
      work.run();
      return true;
    });
  }

  /** Waits until {@code count} frames were laid out. */
  static void pulses(int count) throws Exception {
    CountDownLatch seen = new CountDownLatch(count);
    AnimationTimer timer =
        new AnimationTimer() {
          @Override
          public void handle(long now) {
            seen.countDown();
          }
        };
    runOnFx(timer::start);
    boolean came = seen.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    runOnFx(timer::stop);
    if (!came) {
      throw new IllegalStateException("no frames came");
    }
  }

  private static WritableImage painted(Scene scene, Rectangle2D part) {
    SnapshotParameters parameters = new SnapshotParameters();
    parameters.setViewport(part);
    parameters.setFill(scene.getFill());
    return scene.getRoot().snapshot(parameters, null);
  }

  /** Saves a picture, taken in strips: the window stands still as long as one is painted. */
  static void savePicture(Scene scene, Path file) throws Exception {
    int width = (int) scene.getWidth();
    int height = (int) scene.getHeight();
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int top = 0; top < height; top += STRIP) {
      Rectangle2D part = new Rectangle2D(0, top, width, Math.min(STRIP, height - top));
      PixelReader pixels = onFx(() -> painted(scene, part)).getPixelReader();
      for (int y = 0; y < (int) part.getHeight(); y++) {
        for (int x = 0; x < width; x++) {
          picture.setRGB(x, top + y, pixels.getArgb(x, y));
        }
      }
    }
    Files.createDirectories(file.getParent());
    if (!ImageIO.write(picture, "png", file.toFile())) {
      throw new IOException("no PNG writer");
    }
  }
}
