package dev.quayside.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Messages;
import dev.quayside.telemetry.GpuReading;
import dev.quayside.telemetry.GpuReading.Device;
import dev.quayside.ui.pages.PageStage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import javafx.scene.Node;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the tiles say of a tool that fell silent. */
@Tag("window")
class GpuTilesWindowTest {

  private static final Instant THEN = Instant.parse("2026-03-14T09:26:53Z");

  private static Device device(int index) {
    return new Device(
        index,
        "GPU-" + index,
        "RTX",
        OptionalDouble.of(0.83),
        OptionalLong.of(20L << 30),
        OptionalLong.of(24L << 30),
        OptionalInt.of(71),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalInt.empty(),
        OptionalDouble.empty(),
        "",
        null,
        false);
  }

  @Test
  void eachOfSeveralOldTilesSaysWhyAndHowOldItIs() throws Exception {
    GpuReading.Devices last =
        new GpuReading.Devices(THEN, IntStream.range(0, 3).mapToObj(i -> device(i)).toList(), null);
    List<String> spoken =
        PageStage.call(() -> {
          GpuTiles tiles = new GpuTiles(Messages.of("shell"));
          tiles.show(new GpuReading.Silent(THEN, last), THEN.plus(Duration.ofMinutes(3)));
          return tiles.getChildren().stream().map(Node::getAccessibleText).toList();
        });
    assertThat(spoken)
        .containsExactly(
            "GPU 0 tool silent, 3 min ago",
            "GPU 1 tool silent, 3 min ago",
            "GPU 2 tool silent, 3 min ago");
  }
}
