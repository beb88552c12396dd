package dev.quayside.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerState;
import dev.quayside.engine.Health;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SampleHistoryTest {

  private static final ContainerId ID = new ContainerId("a".repeat(64));
  private final SampleHistory history = new SampleHistory();

  @Property(tries = 200)
  void theNewestPointsComeLast(
      @ForAll @Size(max = 40) List<@IntRange(min = 1, max = 30) Integer> spans,
      @ForAll @IntRange(max = 400) int width) {
    SampleHistory filled = new SampleHistory();
    List<Float> expected = new ArrayList<>();
    for (int i = 0; i < spans.size(); i++) {
      filled.add(ID, spans.get(i), i, i * 2.0);
      for (int second = 0; second < spans.get(i); second++) {
        expected.add((float) i);
      }
    }
    int count = Math.min(Math.min(expected.size(), SampleHistory.POINTS), width);
    float[] into = new float[width];
    assertThat(filled.cpuCores(ID, into)).isEqualTo(count);
    for (int i = 0; i < width; i++) {
      int back = width - i;
      if (back > count) {
        assertThat(into[i]).isNaN();
      } else {
        assertThat(into[i]).isEqualTo(expected.get(expected.size() - back));
      }
    }
  }

  @Test
  void fiveHiddenSecondsAreFivePointsOfTheirMean() {
    history.add(ID, 5, 0.5, 10);
    float[] points = new float[6];
    assertThat(history.cpuCores(ID, points)).isEqualTo(5);
    assertThat(points).containsExactly(Float.NaN, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f);
    assertThat(history.memoryBytes(ID, points)).isEqualTo(5);
    assertThat(points[5]).isEqualTo(10f);
  }

  @Test
  void aForgottenContainerHasNoPoints() {
    history.add(ID, 1, 1, 1);
    history.keepOnly(List.of(container("b")));
    assertThat(history.cpuCores(ID, new float[3])).isZero();
  }

  @Test
  void aKeptContainerKeepsItsPoints() {
    history.add(ID, 1, 1, 1);
    history.keepOnly(List.of(container("a"), container("b")));
    assertThat(history.cpuCores(ID, new float[3])).isEqualTo(1);
  }

  private static Container container(String letter) {
    return new Container(
        new ContainerId(letter.repeat(64)),
        letter,
        "i",
        "",
        ContainerState.RUNNING,
        Health.NONE,
        Instant.EPOCH,
        List.of(),
        Map.of(),
        List.of(),
        null);
  }
}
