package dev.quayside.ui.control;

import dev.quayside.ui.theme.CanvasColours;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Region;

/** Draws the last minutes of one value on one canvas. What was not measured is a gap. */
public final class Sparkline extends Region {

  private final Canvas canvas = new Canvas();
  private final CanvasColours colours;
  private float[] points = new float[0];
  private float top = 1;

  /** Creates an empty line that paints in {@code colours}. */
  public Sparkline(CanvasColours colours) {
    this.colours = colours;
    getStyleClass().add("sparkline");
    canvas.setManaged(false);
    getChildren().add(canvas);
    colours.version().addListener((source, before, now) -> paint());
  }

  /**
   * Shows {@code newest}, oldest first, NaN where nothing was measured; the array is kept and must
   * not be changed.
   *
   * @param scale the value at the top edge; larger points are cut
   */
  public void show(float[] newest, float scale) {
    points = newest;
    top = scale;
    paint();
  }

  @Override
  protected void layoutChildren() {
    if (canvas.getWidth() != getWidth() || canvas.getHeight() != getHeight()) {
      canvas.setWidth(getWidth());
      canvas.setHeight(getHeight());
      paint();
    }
  }

  private void paint() {
    GraphicsContext graphics = canvas.getGraphicsContext2D();
    graphics.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
    draw(graphics, colours, points, top, 0, 0, canvas.getWidth(), canvas.getHeight());
  }

  /**
   * Returns whether two lines look the same when drawn {@code height} pixels high: a point that
   * moves by less than half a pixel is not worth a frame.
   */
  public static boolean looksSame(float[] some, float[] others, float top, double height) {
    if (some.length != others.length) {
      return false;
    }
    float visible = (float) (top / Math.max(1, height) / 2);
    for (int i = 0; i < some.length; i++) {
      boolean known = !Float.isNaN(some[i]);
      if (known == Float.isNaN(others[i])
          || (known && Math.abs(Math.min(some[i], top) - Math.min(others[i], top)) >= visible)) {
        return false;
      }
    }
    return true;
  }

  /** Draws {@code points} into the given rectangle of a larger canvas. */
  public static void draw(
      GraphicsContext graphics,
      CanvasColours colours,
      float[] points,
      float top,
      double x,
      double y,
      double width,
      double height) {
    double step = points.length > 1 ? width / (points.length - 1) : width;
    int from = 0;
    while (from < points.length) {
      if (Float.isNaN(points[from])) {
        from++;
        continue;
      }
      int to = from;
      while (to < points.length && !Float.isNaN(points[to])) {
        to++;
      }
      run(graphics, colours, points, from, to, top, x, y, step, height);
      from = to;
    }
  }

  private static void run(
      GraphicsContext graphics,
      CanvasColours colours,
      float[] points,
      int from,
      int to,
      float top,
      double x,
      double y,
      double step,
      double height) {
    double[] xs = new double[to - from + 2];
    double[] ys = new double[to - from + 2];
    for (int i = from; i < to; i++) {
      double share = Math.clamp(points[i] / top, 0f, 1f);
      xs[i - from] = x + i * step;
      ys[i - from] = y + (height - 1) * (1 - share) + 0.5;
    }
    int count = to - from;
    graphics.setStroke(colours.line());
    graphics.setLineWidth(1.25);
    if (count > 1) {
      xs[count] = xs[count - 1];
      ys[count] = y + height;
      xs[count + 1] = xs[0];
      ys[count + 1] = y + height;
      graphics.setFill(colours.fill());
      graphics.fillPolygon(xs, ys, count + 2);
      graphics.strokePolyline(xs, ys, count);
    } else {
      graphics.strokeLine(xs[0] - 1, ys[0], xs[0] + 1, ys[0]);
    }
  }
}
