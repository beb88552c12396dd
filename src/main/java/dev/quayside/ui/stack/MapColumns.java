package dev.quayside.ui.stack;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Puts services in columns so that each stands to the right of all that it needs; within a column
 * near to what it needs, so that few lines cross. A line that passes columns gets a place of its
 * own in each of them, so that it runs behind no service. Needs that go in a circle are cut
 * somewhere.
 *
 * @param columns from left to right, each from top to bottom
 * @param lines from a service to one that needs it
 */
record MapColumns(List<List<Item>> columns, List<Line> lines) {

  /** Is something that takes room in a column. */
  sealed interface Item {
    /** Is a service. */
    record Service(String name) implements Item {}

    /** Is where a line passes. */
    record Passage(String from, String to, int column) implements Item {}
  }

  /**
   * Leads from a service to one that needs it.
   *
   * @param by where it passes, from left to right
   */
  record Line(String from, String to, List<Item.Passage> by) {}

  /**
   * Arranges services.
   *
   * @param needs what each service needs; names that are no key are left out
   * @param mostInColumn at least 1; a longer column is broken into several
   */
  static MapColumns of(Map<String, List<String>> needs, int mostInColumn) {
    List<List<String>> columns = byDepth(needs, mostInColumn);
    Map<String, Integer> columnOf = new HashMap<>();
    for (int at = 0; at < columns.size(); at++) {
      for (String name : columns.get(at)) {
        columnOf.put(name, at);
      }
    }
    List<List<Item>> items = new ArrayList<>();
    columns.forEach(
        column -> items.add(new ArrayList<>(column.stream().map(Item.Service::new).toList())));
    Map<Item, List<Item>> leftOf = new HashMap<>();
    List<Line> lines = new ArrayList<>();
    new TreeMap<>(needs)
        .forEach((name, needed) -> {
          for (String one : needed) {
            if (needs.containsKey(one)) {
              lines.add(line(one, name, columnOf, items, leftOf));
            }
          }
        });
    order(items, leftOf);
    return new MapColumns(items.stream().map(List::copyOf).toList(), List.copyOf(lines));
  }

  private static Line line(
      String from,
      String to,
      Map<String, Integer> columnOf,
      List<List<Item>> items,
      Map<Item, List<Item>> leftOf) {
    List<Item.Passage> by = new ArrayList<>();
    Item last = new Item.Service(from);
    for (int at = columnOf.getOrDefault(from, 0) + 1; at < columnOf.getOrDefault(to, 0); at++) {
      Item.Passage passage = new Item.Passage(from, to, at);
      by.add(passage);
      items.get(at).add(passage);
      leftOf.computeIfAbsent(passage, none -> new ArrayList<>()).add(last);
      last = passage;
    }
    leftOf.computeIfAbsent(new Item.Service(to), none -> new ArrayList<>()).add(last);
    return new Line(from, to, List.copyOf(by));
  }

  /** Sorts each column by how high that stands which leads to its items. */
  private static void order(List<List<Item>> columns, Map<Item, List<Item>> leftOf) {
    Map<Item, Double> heights = new HashMap<>();
    for (List<Item> column : columns) {
      Map<Item, Double> wanted = new HashMap<>();
      for (Item item : column) {
        wanted.put(
            item,
            leftOf.getOrDefault(item, List.of()).stream()
                .filter(heights::containsKey)
                .mapToDouble(heights::get)
                .average()
                .orElse(0.5));
      }
      column.sort(
          Comparator.comparingDouble((Item item) -> wanted.getOrDefault(item, 0.5))
              .thenComparing(MapColumns::name));
      for (int row = 0; row < column.size(); row++) {
        heights.put(column.get(row), (row + 0.5) / column.size());
      }
    }
  }

  private static String name(Item item) {
    return switch (item) {
      case Item.Service(String name) -> name;
      case Item.Passage passage -> passage.to();
    };
  }

  private static List<List<String>> byDepth(Map<String, List<String>> needs, int mostInColumn) {
    Map<String, Integer> depths = new HashMap<>();
    Map<Integer, List<String>> byDepth = new TreeMap<>();
    needs.keySet().stream()
        .sorted()
        .forEach(name ->
            byDepth
                .computeIfAbsent(
                    depth(name, needs, depths, new HashSet<>()), none -> new ArrayList<>())
                .add(name));
    List<List<String>> columns = new ArrayList<>();
    for (List<String> column : byDepth.values()) {
      int parts = (column.size() + mostInColumn - 1) / mostInColumn;
      int each = (column.size() + parts - 1) / parts;
      for (int from = 0; from < column.size(); from += each) {
        columns.add(column.subList(from, Math.min(from + each, column.size())));
      }
    }
    return columns;
  }

  private static int depth(
      String name,
      Map<String, List<String>> needs,
      Map<String, Integer> depths,
      Set<String> above) {
    Integer known = depths.get(name);
    if (known != null) {
      return known;
    }
    above.add(name);
    int depth = 0;
    for (String needed : needs.getOrDefault(name, List.of())) {
      if (needs.containsKey(needed) && !above.contains(needed)) {
        depth = Math.max(depth, depth(needed, needs, depths, above) + 1);
      }
    }
    above.remove(name);
    depths.put(name, depth);
    return depth;
  }
}
