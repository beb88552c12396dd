package dev.quayside.ui.theme;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.net.URL;
import java.util.Objects;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ChangeListener;
import javafx.css.PseudoClass;
import javafx.scene.Scene;

/**
 * Dresses the scenes: AtlantaFX Primer, light or dark, after the desktop unless the operator chose;
 * our style sheets; the size of the text. Belongs to the FX thread.
 */
public final class ThemeManager implements AutoCloseable {

  /** The size of the text in pixels unless the operator chose another. */
  public static final int USUAL_TEXT_SIZE = 13;

  /** The smallest and largest size of the text that pages are built for. */
  public static final int SMALLEST_TEXT = 11;

  /** The largest size of the text that pages are built for: twice the usual. */
  public static final int LARGEST_TEXT = 26;

  private static final PseudoClass DARK = PseudoClass.getPseudoClass("dark");

  private final ObjectProperty<ThemeChoice> choice;
  private final IntegerProperty textSize = new SimpleIntegerProperty(USUAL_TEXT_SIZE);
  private final ReadOnlyBooleanWrapper dark = new ReadOnlyBooleanWrapper();
  private final ChangeListener<ColorScheme> desktop = (source, before, now) -> apply();
  private boolean dressed;

  /** Creates a manager that follows the desktop until {@link #choice} says otherwise. */
  public ThemeManager() {
    this(ThemeChoice.FOLLOW);
  }

  /**
   * Creates a manager and puts the theme on at once: the first control that is made before would
   * load JavaFX's own style sheet for nothing.
   *
   * @param first what the operator chose
   */
  public ThemeManager(ThemeChoice first) {
    this.choice = new SimpleObjectProperty<>(first);
    apply();
    choice.addListener((source, before, now) -> apply());
    Platform.getPreferences().colorSchemeProperty().addListener(desktop);
  }

  /** Returns what the operator chose; may be set. */
  public ObjectProperty<ThemeChoice> choice() {
    return choice;
  }

  /**
   * Returns the size of the text in pixels; may be set between {@link #SMALLEST_TEXT} and {@link
   * #LARGEST_TEXT}.
   */
  public IntegerProperty textSize() {
    return textSize;
  }

  /** Returns whether the dark theme is on. */
  public ReadOnlyBooleanProperty dark() {
    return dark.getReadOnlyProperty();
  }

  /** Puts our style sheets on {@code scene} and keeps it in step with the choices. */
  public void dress(Scene scene) {
    scene
        .getStylesheets()
        .setAll(sheet("controlsfx.css"), sheet("quayside.css"), sheet("pages.css"));
    Runnable size =
        () -> scene.getRoot().setStyle("-fx-font-size: " + clamp(textSize.get()) + "px;");
    Runnable scheme = () -> scene.getRoot().pseudoClassStateChanged(DARK, dark.get());
    textSize.addListener((source, before, now) -> size.run());
    dark.addListener((source, before, now) -> scheme.run());
    size.run();
    scheme.run();
  }

  /** Stops following the desktop, which outlives every window. */
  @Override
  public void close() {
    Platform.getPreferences().colorSchemeProperty().removeListener(desktop);
  }

  private void apply() {
    boolean wanted =
        switch (choice.get()) {
          case LIGHT -> false;
          case DARK -> true;
          case FOLLOW -> Platform.getPreferences().getColorScheme() == ColorScheme.DARK;
        };
    if (dressed && wanted == dark.get()) {
      return;
    }
    dressed = true;
    Application.setUserAgentStylesheet(
        (wanted ? new PrimerDark() : new PrimerLight()).getUserAgentStylesheet());
    dark.set(wanted);
  }

  private static int clamp(int pixels) {
    return Math.clamp(pixels, SMALLEST_TEXT, LARGEST_TEXT);
  }

  private static String sheet(String name) {
    URL found = ThemeManager.class.getResource("/dev/quayside/ui/" + name);
    return Objects.requireNonNull(found, name).toExternalForm();
  }
}
