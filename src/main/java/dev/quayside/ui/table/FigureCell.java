package dev.quayside.ui.table;

import dev.quayside.telemetry.SampleHistory;
import dev.quayside.ui.control.Sparkline;
import dev.quayside.ui.control.UnknownText;
import dev.quayside.ui.theme.CanvasColours;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javafx.geometry.VPos;
import javafx.scene.AccessibleAttribute;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.ContentDisplay;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;

/**
 * Paints all figures of a row on one canvas. What costs is pixels, not rows: it paints only if a
 * text, the line or the size changed.
 */
final class FigureCell extends LiveCell {

  private static final int POINTS = 60;
  private static final double SMALL = 0.86;
  private static final double SPARK = 3.7;
  private static final double SPARK_HEIGHT = 0.56;
  private static final double METER = 2.3;

  private final Canvas canvas = new Canvas();
  private final List<Figure> figures;
  private final FigureTexts texts;
  private final SampleHistory history;
  private final CanvasColours colours;
  private final Supplier<Instant> now;
  private float[] line = new float[POINTS];
  private float[] next = new float[POINTS];
  private List<FigureTexts.Lines> shown = List.of();
  private int colourVersion = -1;

  FigureCell(
      List<Figure> figures,
      FigureTexts texts,
      SampleHistory history,
      CanvasColours colours,
      Supplier<Instant> now) {
    this.figures = figures;
    this.texts = texts;
    this.history = history;
    this.colours = colours;
    this.now = now;
    getStyleClass().add("figure-cell");
    setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
    setGraphic(canvas);
  }

  @Override
  void paint(ServiceRow row) {
    canvas.setVisible(true);
    List<FigureTexts.Lines> lines = new ArrayList<>(figures.size());
    for (Figure figure : figures) {
      lines.add(texts.write(figure, row.status(), now.get()));
    }
    history.cpuCores(row.id(), next);
    boolean resized = fit();
    if (resized
        || colourVersion != colours.version().get()
        || !lines.equals(shown)
        || top(next) != top(line)
        || !Sparkline.looksSame(next, line, top(line), canvas.getHeight() * SPARK_HEIGHT)) {
      float[] spare = line;
      line = next;
      next = spare;
      shown = lines;
      colourVersion = colours.version().get();
      draw();
    }
  }

  @Override
  void clear() {
    canvas.setVisible(false);
    shown = List.of();
  }

  @Override
  protected void layoutChildren() {
    super.layoutChildren();
    if (canvas.isVisible() && fit() && !isEmpty()) {
      draw();
    }
  }

  private boolean fit() {
    double width = Math.floor(getWidth());
    double height = Math.floor(getHeight()) - 1;
    if (width <= 0 || height <= 0 || (canvas.getWidth() == width && canvas.getHeight() == height)) {
      return false;
    }
    canvas.setWidth(width);
    canvas.setHeight(height);
    return true;
  }

  private void draw() {
    GraphicsContext graphics = canvas.getGraphicsContext2D();
    graphics.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
    graphics.setTextBaseline(VPos.CENTER);
    Font font = colours.font();
    double em = font.getSize();
    Font small = Font.font(font.getFamily(), em * SMALL);
    for (FigureLayout.Slot slot : FigureLayout.place(figures, canvas.getWidth(), em)) {
      int index = figures.indexOf(slot.figure());
      if (index >= shown.size()) {
        continue;
      }
      FigureTexts.Lines lines = shown.get(index);
      double left = slot.x();
      switch (slot.figure()) {
        case CPU -> left += spark(graphics, left, em);
        case MEMORY -> left += meter(graphics, left, em, lines);
        case GPU, NETWORK, BLOCK, UPTIME -> {
          // Text only.
        }
      }
      write(graphics, lines, left, font, small);
    }
  }

  private double spark(GraphicsContext graphics, double x, double em) {
    double height = canvas.getHeight() * SPARK_HEIGHT;
    Sparkline.draw(
        graphics,
        colours,
        line,
        top(line),
        x,
        (canvas.getHeight() - height) / 2,
        SPARK * em,
        height);
    return (SPARK + 0.6) * em;
  }

  private double meter(GraphicsContext graphics, double x, double em, FigureTexts.Lines lines) {
    double height = Math.round(em * 0.42);
    double y = Math.round((canvas.getHeight() - height) / 2);
    if (lines.share().isPresent()) {
      double share = Math.clamp(lines.share().getAsDouble(), 0, 1);
      graphics.setFill(colours.track());
      graphics.fillRoundRect(x, y, METER * em, height, height, height);
      graphics.setFill(
          share >= 0.95 ? colours.bad() : share >= 0.8 ? colours.warn() : colours.line());
      graphics.fillRoundRect(x, y, Math.max(height, METER * em * share), height, height, height);
    }
    return (METER + 0.6) * em;
  }

  private void write(
      GraphicsContext graphics, FigureTexts.Lines lines, double x, Font font, Font small) {
    double middle = canvas.getHeight() / 2;
    boolean two = !lines.second().isEmpty();
    graphics.setTextAlign(TextAlignment.LEFT);
    graphics.setFont(font);
    graphics.setFill(quiet(lines.first()) ? colours.muted() : colours.text());
    graphics.fillText(lines.first(), x, two ? middle - font.getSize() * 0.55 : middle);
    if (two) {
      graphics.setFont(small);
      graphics.setFill(colours.muted());
      graphics.fillText(lines.second(), x, middle + font.getSize() * 0.62);
    }
  }

  /** Returns whether a value is nothing to look at: unknown, or a measured zero. */
  private static boolean quiet(String value) {
    return value.equals(UnknownText.DASH) || value.equals("0 B");
  }

  /**
   * Returns the value at the upper edge: the next whole core above the highest point, so that lines
   * compare.
   */
  private static float top(float[] line) {
    float highest = 0;
    for (float point : line) {
      if (point > highest) {
        highest = point;
      }
    }
    return highest <= 0.1f ? 0.1f : highest <= 1 ? 1 : (float) Math.ceil(highest);
  }

  /** Reads the figures aloud when asked: what stands on a canvas has no words of its own. */
  @Override
  public Object queryAccessibleAttribute(AccessibleAttribute attribute, Object... parameters) {
    ServiceRow row = getItem();
    if (attribute == AccessibleAttribute.TEXT && row != null && !isEmpty()) {
      return texts.spoken(figures, row.status(), now.get());
    }
    return super.queryAccessibleAttribute(attribute, parameters);
  }
}
