package dev.quayside.stack.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Problem;
import dev.quayside.engine.Connection;
import dev.quayside.engine.EngineInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaceMeterTest {

  private static final PlaceSize ELSEWHERE = new PlaceSize.NotMeasured(PlaceSize.Why.ELSEWHERE);

  @TempDir private Path folder;

  @BeforeEach
  void write() throws Exception {
    Files.write(folder.resolve("file"), new byte[42]);
  }

  private PlaceSize size(Connection connection, boolean untold) {
    return new PlaceMeter(() -> connection, untold).size(folder);
  }

  @Test
  void aPlaceOfAnEngineThatIsNotHereIsNotMeasuredHere() {
    PlaceSize here = new PlaceSize.Known(42, 1);
    assertThat(size(new Connection.Connected(engine(true)), false)).isEqualTo(here);
    assertThat(size(new Connection.Connected(engine(false)), true)).isEqualTo(ELSEWHERE);
    assertThat(size(lost(engine(true)), false)).isEqualTo(here);
    assertThat(size(lost(engine(false)), true)).isEqualTo(ELSEWHERE);
  }

  @Test
  void beforeTheEngineHasToldItsSocketDecides() {
    for (Connection untold : new Connection[] {new Connection.Connecting(), lost(null)}) {
      assertThat(size(untold, true)).isEqualTo(new PlaceSize.Known(42, 1));
      assertThat(size(untold, false)).isEqualTo(ELSEWHERE);
    }
  }

  private static Connection lost(@Nullable EngineInfo last) {
    Problem problem = new Problem("X", "lost", "", "", "", null, "");
    return new Connection.Lost(problem, Instant.EPOCH, null, last);
  }

  private static EngineInfo engine(boolean local) {
    return new EngineInfo("unix:///x.sock", "28", "1.41", "linux", "x", "2", "", false, local, "");
  }
}
