package dev.quayside.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Lays out rows in columns as wide as their widest cell, two blanks apart. Cells are plain text
 * without tabs.
 */
final class Table {

  private final List<List<String>> rows = new ArrayList<>();

  Table row(String... cells) {
    rows.add(List.of(cells));
    return this;
  }

  String text() {
    List<Integer> widths = new ArrayList<>();
    for (List<String> row : rows) {
      for (int column = 0; column < row.size(); column++) {
        int width = row.get(column).codePointCount(0, row.get(column).length());
        if (column == widths.size()) {
          widths.add(width);
        } else {
          widths.set(column, Math.max(widths.get(column), width));
        }
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        String cell = row.get(column);
        line.append(cell);
        line.repeat(' ', widths.get(column) - cell.codePointCount(0, cell.length()) + 2);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.isEmpty() ? "" : text.substring(0, text.length() - 1);
  }
}
