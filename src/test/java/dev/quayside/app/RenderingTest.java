package dev.quayside.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RenderingTest {

  @TempDir Path devices;
  private final Properties properties = new Properties();

  @Test
  void withoutAGraphicsDeviceJavaFxPaintsItself() {
    WindowRendering.choose(devices, properties);
    assertThat(properties).containsEntry("prism.order", "sw");
  }

  @Test
  void aCardThatOnlyShowsPicturesIsNoneThatPaints() throws IOException {
    Files.createFile(Files.createDirectory(devices.resolve("dri")).resolve("card0"));
    WindowRendering.choose(devices, properties);
    assertThat(properties).containsEntry("prism.order", "sw");
  }

  @Test
  void aGraphicsDeviceIsLeftToJavaFx() throws IOException {
    Files.createFile(Files.createDirectory(devices.resolve("dri")).resolve("renderD128"));
    WindowRendering.choose(devices, properties);
    assertThat(properties).isEmpty();
  }

  @Test
  void nvidiaWithoutRenderNodesIsAGraphicsDevice() throws IOException {
    Files.createFile(devices.resolve("nvidia0"));
    WindowRendering.choose(devices, properties);
    assertThat(properties).isEmpty();
  }

  @Test
  void whatTheOperatorChoseStays() {
    properties.setProperty("prism.order", "es2");
    WindowRendering.choose(devices, properties);
    assertThat(properties).containsEntry("prism.order", "es2");
  }
}
