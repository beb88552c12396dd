package dev.quayside.ui.table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Places the figures of a row side by side in the room there is. When they do not all fit, the
 * least important leave; what is left over goes between them.
 */
final class FigureLayout {

  private static final double GAP = 0.7;
  private static final double MOST_AIR = 3;

  private FigureLayout() {}

  /**
   * Places {@code wanted} in {@code width} pixels.
   *
   * @param em pixels of one em
   */
  static List<Slot> place(List<Figure> wanted, double width, double em) {
    List<Figure> fitting = new ArrayList<>(wanted);
    while (fitting.size() > 1 && needed(fitting, em) > width) {
      fitting.remove(fitting.stream().min(Comparator.comparingInt(Figure::weight)).orElseThrow());
    }
    double spare = Math.max(0, width - needed(fitting, em)) / fitting.size();
    // More air than this tears the figures of one row apart.
    double air = Math.min(spare, MOST_AIR * em);
    List<Slot> slots = new ArrayList<>();
    double x = GAP * em / 2;
    for (Figure figure : fitting) {
      double slotWidth = figure.width() * em + air;
      slots.add(new Slot(figure, x, slotWidth));
      x += slotWidth + GAP * em;
    }
    return slots;
  }

  /** Returns the width in pixels beyond which more would only be left empty. */
  static double most(List<Figure> figures, double em) {
    return needed(figures, em) + MOST_AIR * em * figures.size();
  }

  private static double needed(List<Figure> figures, double em) {
    return figures.stream().mapToDouble(figure -> (figure.width() + GAP) * em).sum();
  }

  /** Is the place of one figure, in pixels from the left edge of the cell. */
  record Slot(Figure figure, double x, double width) {}
}
