package dev.quayside.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Lays out rows in columns as wide as their widest cell, two blanks apart. Cells are plain text
 * without tabs. Where that is wider than the terminal, cells of some columns are shortened with an
 * ellipsis, and if that is not enough columns are left out.
 */
final class Table {

  private static final int GAP = 2;
  private static final String CUT = "…";

  /**
   * Says how a table gives way to a narrow terminal.
   *
   * @param shortened columns whose cells may be shortened, the first first
   * @param least characters that are left of a shortened cell
   * @param omitted columns that may be left out, the least important first
   */
  record Yielding(List<Integer> shortened, int least, List<Integer> omitted) {
    /** Makes the lists immutable. */
    Yielding {
      shortened = List.copyOf(shortened);
      omitted = List.copyOf(omitted);
    }

    /** Returns what neither shortens nor leaves out anything. */
    static Yielding nothing() {
      return new Yielding(List.of(), 1, List.of());
    }
  }

  /**
   * Holds a table laid out.
   *
   * @param text its lines
   * @param whole whether it holds every column and every cell whole
   */
  record Layout(String text, boolean whole) {}

  private final List<List<String>> rows = new ArrayList<>();

  Table row(String... cells) {
    rows.add(List.of(cells));
    return this;
  }

  /** Returns the lines, as wide as they have to be. */
  String text() {
    return within(Integer.MAX_VALUE, Yielding.nothing()).text();
  }

  /** Returns the lines within {@code width} characters, as far as {@code yielding} allows it. */
  Layout within(int width, Yielding yielding) {
    List<Integer> natural = natural();
    List<Integer> shown = indexes(natural.size());
    List<Integer> widths = shortened(natural, shown, width, yielding);
    for (int next = 0; next < yielding.omitted().size() && total(widths, shown) > width; next++) {
      int least = yielding.omitted().get(next);
      shown.removeIf(column -> column == least);
      widths = shortened(natural, shown, width, yielding);
    }
    return new Layout(
        lines(widths, shown), widths.equals(natural) && shown.size() == natural.size());
  }

  private static List<Integer> indexes(int count) {
    List<Integer> indexes = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      indexes.add(index);
    }
    return indexes;
  }

  private List<Integer> natural() {
    List<Integer> widths = new ArrayList<>();
    for (List<String> row : rows) {
      for (int column = 0; column < row.size(); column++) {
        int width = length(row.get(column));
        if (column == widths.size()) {
          widths.add(width);
        } else {
          widths.set(column, Math.max(widths.get(column), width));
        }
      }
    }
    return widths;
  }

  /** Takes from the columns that may be shortened no more than is too much. */
  private static List<Integer> shortened(
      List<Integer> natural, List<Integer> shown, int width, Yielding yielding) {
    List<Integer> widths = new ArrayList<>(natural);
    for (int column : yielding.shortened()) {
      int excess = total(widths, shown) - width;
      if (excess > 0 && shown.contains(column)) {
        int least = Math.min(widths.get(column), yielding.least());
        widths.set(column, Math.max(least, widths.get(column) - excess));
      }
    }
    return widths;
  }

  private static int total(List<Integer> widths, List<Integer> shown) {
    return shown.stream().mapToInt(widths::get).sum() + GAP * Math.max(0, shown.size() - 1);
  }

  private String lines(List<Integer> widths, List<Integer> shown) {
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column : shown) {
        if (column < row.size()) {
          String cell = cut(row.get(column), widths.get(column));
          line.append(cell).repeat(' ', widths.get(column) - length(cell) + GAP);
        }
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.isEmpty() ? "" : text.substring(0, text.length() - 1);
  }

  private static String cut(String cell, int width) {
    return length(cell) <= width
        ? cell
        : cell.substring(0, cell.offsetByCodePoints(0, width - 1)) + CUT;
  }

  private static int length(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
