package dev.quayside.ui.theme;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.css.CssMetaData;
import javafx.css.SimpleStyleableObjectProperty;
import javafx.css.StyleConverter;
import javafx.css.Styleable;
import javafx.css.StyleableObjectProperty;
import javafx.css.StyleableProperty;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.paint.Paint;
import javafx.scene.text.Font;

/**
 * Hands the theme's colours to canvases, which style sheets cannot reach. It is a region without
 * size that stands in the scene once; the style sheet sets its colours, canvases read them and
 * repaint when {@link #version} changes.
 */
public final class CanvasColours extends Region {

  private final Label probe = new Label();
  private final ReadOnlyIntegerWrapper version = new ReadOnlyIntegerWrapper();
  private final Colour text = new Colour(Key.TEXT);
  private final Colour muted = new Colour(Key.MUTED);
  private final Colour track = new Colour(Key.TRACK);
  private final Colour line = new Colour(Key.LINE);
  private final Colour fill = new Colour(Key.FILL);
  private final Colour warn = new Colour(Key.WARN);
  private final Colour bad = new Colour(Key.BAD);

  /** Creates it; add it to the scene's root once. */
  public CanvasColours() {
    getStyleClass().add("canvas-colours");
    setManaged(false);
    setMouseTransparent(true);
    // Style sheets give fonts to labels only; canvases write in the font of this one.
    getChildren().add(probe);
    probe.fontProperty().addListener((source, before, now) -> version.set(version.get() + 1));
  }

  /** Returns a number that grows with each change of a colour. */
  public ReadOnlyIntegerProperty version() {
    return version.getReadOnlyProperty();
  }

  /** Returns the font of text, in the size the operator chose. */
  public Font font() {
    return probe.getFont();
  }

  /** Returns the colour of text. */
  public Paint text() {
    return text.get();
  }

  /** Returns the colour of text that matters less, and of an unknown value. */
  public Paint muted() {
    return muted.get();
  }

  /** Returns the colour of the empty part of a meter. */
  public Paint track() {
    return track.get();
  }

  /** Returns the colour of a line and of the full part of a meter. */
  public Paint line() {
    return line.get();
  }

  /** Returns the colour below a line. */
  public Paint fill() {
    return fill.get();
  }

  /** Returns the colour of a value that wants a look. */
  public Paint warn() {
    return warn.get();
  }

  /** Returns the colour of a value that is at its end. */
  public Paint bad() {
    return bad.get();
  }

  @Override
  public List<CssMetaData<? extends Styleable, ?>> getCssMetaData() {
    return Key.ALL;
  }

  private final class Colour extends SimpleStyleableObjectProperty<Paint> {
    Colour(Key key) {
      super(key, CanvasColours.this, key.getProperty(), Color.GRAY);
    }

    @Override
    protected void invalidated() {
      get();
      version.set(version.get() + 1);
    }
  }

  private static final class Key extends CssMetaData<CanvasColours, Paint> {

    static final Key TEXT = new Key("text");
    static final Key MUTED = new Key("muted");
    static final Key TRACK = new Key("track");
    static final Key LINE = new Key("line");
    static final Key FILL = new Key("fill");
    static final Key WARN = new Key("warn");
    static final Key BAD = new Key("bad");
    static final List<CssMetaData<? extends Styleable, ?>> ALL = all();

    private Key(String name) {
      super("-quay-canvas-" + name, StyleConverter.getPaintConverter(), Color.GRAY);
    }

    private static List<CssMetaData<? extends Styleable, ?>> all() {
      List<CssMetaData<? extends Styleable, ?>> keys =
          new ArrayList<>(Region.getClassCssMetaData());
      keys.addAll(List.of(TEXT, MUTED, TRACK, LINE, FILL, WARN, BAD));
      return List.copyOf(keys);
    }

    @Override
    public boolean isSettable(CanvasColours colours) {
      return !of(colours).isBound();
    }

    @Override
    public StyleableProperty<Paint> getStyleableProperty(CanvasColours colours) {
      return of(colours);
    }

    private StyleableObjectProperty<Paint> of(CanvasColours colours) {
      return switch (getProperty()) {
        case "-quay-canvas-text" -> colours.text;
        case "-quay-canvas-muted" -> colours.muted;
        case "-quay-canvas-track" -> colours.track;
        case "-quay-canvas-line" -> colours.line;
        case "-quay-canvas-fill" -> colours.fill;
        case "-quay-canvas-warn" -> colours.warn;
        default -> colours.bad;
      };
    }
  }
}
