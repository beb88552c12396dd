package dev.quayside.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * Chooses who paints the window. Without a graphics device OpenGL is a program too (Mesa's), and
 * JavaFX's own painter does without it.
 */
final class WindowRendering {

  private static final String ORDER = "prism.order";

  private WindowRendering() {}

  /**
   * Sets JavaFX's own painter where the machine has no graphics device and nobody chose otherwise;
   * called before JavaFX is started.
   *
   * @param devices the folder of the devices, {@code /dev}
   */
  static void choose(Path devices, Properties properties) {
    if (properties.getProperty(ORDER) == null && !hasGraphics(devices)) {
      properties.setProperty(ORDER, "sw");
    }
  }

  // Render nodes are those of the kernel's direct rendering; NVIDIA's driver may come without them.
  private static boolean hasGraphics(Path devices) {
    if (Files.exists(devices.resolve("nvidia0"))) {
      return true;
    }
    try (Stream<Path> nodes = Files.list(devices.resolve("dri"))) {
      return nodes.anyMatch(node -> node.getFileName().toString().startsWith("renderD"));
    } catch (IOException none) {
      return false;
    }
  }
}
