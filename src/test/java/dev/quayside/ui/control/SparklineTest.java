package dev.quayside.ui.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Tells when a line has to be drawn again. */
final class SparklineTest {

  private static final double HEIGHT = 20;

  @Test
  void aLineIsDrawnAgainOnlyWhenAPointMovesByHalfAPixel() {
    float[] drawn = {0.10f, Float.NaN, 0.50f};

    assertThat(same(drawn, new float[] {0.10f, Float.NaN, 0.52f})).isTrue();
    assertThat(same(drawn, new float[] {0.10f, Float.NaN, 0.53f})).isFalse();
    assertThat(same(drawn, new float[] {0.10f, 0.10f, 0.50f})).isFalse();
    assertThat(same(drawn, new float[] {Float.NaN, Float.NaN, 0.50f})).isFalse();
  }

  @Test
  void pointsAboveTheTopLookTheSame() {
    assertThat(same(new float[] {1.5f}, new float[] {3f})).isTrue();
  }

  private static boolean same(float[] drawn, float[] newest) {
    return Sparkline.looksSame(drawn, newest, 1, HEIGHT);
  }
}
