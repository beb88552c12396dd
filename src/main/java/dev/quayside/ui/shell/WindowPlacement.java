package dev.quayside.ui.shell;

import dev.quayside.common.Settings.WindowPlace;
import java.util.List;
import javafx.geometry.Rectangle2D;
import org.jspecify.annotations.Nullable;

/** Decides where the window opens, in logical pixels: where it was, if a screen is still there. */
public final class WindowPlacement {

  /** The window is usable down to this size. */
  public static final int LEAST_WIDTH = 1024;

  /** The window is usable down to this size. */
  public static final int LEAST_HEIGHT = 700;

  private static final int USUAL_WIDTH = 1280;
  private static final int USUAL_HEIGHT = 800;
  private static final int VISIBLE = 100;

  private WindowPlacement() {}

  /**
   * Returns where to open.
   *
   * @param last where it was; null if it never was
   * @param screens the usable parts of the screens, the primary one first; not empty
   */
  public static WindowPlace place(@Nullable WindowPlace last, List<Rectangle2D> screens) {
    Rectangle2D primary = screens.getFirst();
    if (last == null) {
      return centred(primary, USUAL_WIDTH, USUAL_HEIGHT, false);
    }
    for (Rectangle2D screen : screens) {
      if (showsEnough(last, screen)) {
        return within(last, screen);
      }
    }
    return centred(primary, last.width(), last.height(), last.maximised());
  }

  /** The title bar has to be reachable, so that the window can be moved by hand. */
  private static boolean showsEnough(WindowPlace place, Rectangle2D screen) {
    double left = Math.max(place.x(), screen.getMinX());
    double right = Math.min(place.x() + (double) place.width(), screen.getMaxX());
    return right - left >= VISIBLE
        && place.y() >= screen.getMinY() - 1
        && place.y() <= screen.getMaxY() - VISIBLE;
  }

  private static WindowPlace within(WindowPlace place, Rectangle2D screen) {
    int width = clamp(place.width(), LEAST_WIDTH, screen.getWidth());
    int height = clamp(place.height(), LEAST_HEIGHT, screen.getHeight());
    int x =
        (int)
            Math.clamp(
                place.x(), screen.getMinX(), Math.max(screen.getMinX(), screen.getMaxX() - width));
    int y =
        (int)
            Math.clamp(
                place.y(), screen.getMinY(), Math.max(screen.getMinY(), screen.getMaxY() - height));
    return new WindowPlace(x, y, width, height, place.maximised());
  }

  private static WindowPlace centred(
      Rectangle2D screen, int wantedWidth, int wantedHeight, boolean maximised) {
    int width = clamp(wantedWidth, LEAST_WIDTH, screen.getWidth());
    int height = clamp(wantedHeight, LEAST_HEIGHT, screen.getHeight());
    int x = (int) (screen.getMinX() + Math.max(0, (screen.getWidth() - width) / 2));
    int y = (int) (screen.getMinY() + Math.max(0, (screen.getHeight() - height) / 2));
    return new WindowPlace(x, y, width, height, maximised);
  }

  /** A screen smaller than the least size wins: what lies outside it cannot be used at all. */
  private static int clamp(int value, int least, double most) {
    return (int) Math.min(Math.max(value, least), most);
  }
}
