package dev.quayside.ui.stack;

import dev.quayside.exposure.status.ServiceStatus;
import dev.quayside.stack.picture.StackPicture;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import javafx.css.PseudoClass;
import javafx.scene.layout.Region;
import javafx.scene.shape.CubicCurveTo;
import javafx.scene.shape.LineTo;
import javafx.scene.shape.MoveTo;
import javafx.scene.shape.Path;

/**
 * Draws the services of a stack from left to right in the order in which they start, with a line
 * from each to what needs it.
 */
final class ServiceMap extends Region {

  private static final int MOST_IN_COLUMN = 6;
  private static final double NARROWEST_GAP = 48;
  private static final double WIDEST_GAP = 120;
  private static final double ROW_GAP = 12;
  private static final double PASSAGE = 10;
  private static final PseudoClass LIT = PseudoClass.getPseudoClass("lit");

  private record Drawn(MapColumns.Line line, Path path) {}

  private final Map<String, ServiceBox> boxes = new LinkedHashMap<>();
  private final MapColumns columns;
  private final List<Drawn> lines = new ArrayList<>();

  /** Creates the map; {@code open} opens a container by its id. */
  ServiceMap(List<StackPicture.Service> services, Consumer<String> open) {
    getStyleClass().add("service-map");
    Map<String, List<String>> needs = new TreeMap<>();
    Map<String, StackPicture.Service> byName = new HashMap<>();
    for (StackPicture.Service service : services) {
      needs.put(service.name(), service.needs());
      byName.put(service.name(), service);
    }
    columns = MapColumns.of(needs, MOST_IN_COLUMN);
    Map<String, List<String>> neededBy = new HashMap<>();
    for (MapColumns.Line line : columns.lines()) {
      neededBy.computeIfAbsent(line.from(), none -> new ArrayList<>()).add(line.to());
      Path path = new Path();
      path.getStyleClass().add("map-line");
      path.setMouseTransparent(true);
      lines.add(new Drawn(line, path));
      getChildren().add(path);
    }
    // In the order of the columns, which is the order in which Tab goes through them.
    for (List<MapColumns.Item> column : columns.columns()) {
      for (MapColumns.Item item : column) {
        if (item instanceof MapColumns.Item.Service(String name)) {
          addBox(
              Objects.requireNonNull(byName.get(name)),
              neededBy.getOrDefault(name, List.of()),
              open);
        }
      }
    }
  }

  private void addBox(StackPicture.Service service, List<String> neededBy, Consumer<String> open) {
    ServiceBox box = new ServiceBox(service, neededBy, open);
    boxes.put(service.name(), box);
    getChildren().add(box);
    box.hoverProperty().addListener((source, before, now) -> light());
    box.focusedProperty().addListener((source, before, now) -> light());
  }

  /** Lights the lines of the box that has the focus, and of that under the pointer. */
  private void light() {
    for (Drawn drawn : lines) {
      boolean lit = isLit(drawn.line().from()) || isLit(drawn.line().to());
      drawn.path().pseudoClassStateChanged(LIT, lit);
    }
  }

  private boolean isLit(String name) {
    ServiceBox box = box(name);
    return box.isHover() || box.isFocused();
  }

  /** Shows how the services are now. */
  void show(List<ServiceStatus> now) {
    Map<String, List<ServiceStatus>> byService = new HashMap<>();
    now.forEach(status ->
        byService
            .computeIfAbsent(status.container().service(), none -> new ArrayList<>())
            .add(status));
    boxes.forEach((name, box) -> box.show(byService.getOrDefault(name, List.of())));
  }

  /** Returns the width of every box, so that the columns stand in line. */
  private double boxWidth() {
    return boxes.values().stream()
        .mapToDouble(box -> Math.max(box.prefWidth(-1), box.minWidth(-1)))
        .max()
        .orElse(0);
  }

  private double heightOf(MapColumns.Item item) {
    return switch (item) {
      case MapColumns.Item.Service(String name) -> box(name).prefHeight(-1);
      case MapColumns.Item.Passage passage -> PASSAGE;
    };
  }

  private double heightOf(List<MapColumns.Item> column) {
    return column.stream().mapToDouble(this::heightOf).sum() + ROW_GAP * (column.size() - 1);
  }

  private double tallest() {
    return columns.columns().stream().mapToDouble(this::heightOf).max().orElse(0);
  }

  private ServiceBox box(String name) {
    return Objects.requireNonNull(boxes.get(name));
  }

  @Override
  protected double computeMinWidth(double height) {
    int count = columns.columns().size();
    return snappedLeftInset()
        + count * boxWidth()
        + NARROWEST_GAP * Math.max(0, count - 1)
        + snappedRightInset();
  }

  @Override
  protected double computePrefWidth(double height) {
    return computeMinWidth(height);
  }

  @Override
  protected double computePrefHeight(double width) {
    return snappedTopInset() + tallest() + snappedBottomInset();
  }

  @Override
  protected void layoutChildren() {
    int count = columns.columns().size();
    double width = boxWidth();
    double room = getWidth() - snappedLeftInset() - snappedRightInset() - count * width;
    double gap = Math.clamp(count < 2 ? 0 : room / (count - 1), NARROWEST_GAP, WIDEST_GAP);
    double tallest = tallest();
    double x = snappedLeftInset();
    Map<MapColumns.Item, Double> middles = new HashMap<>();
    for (List<MapColumns.Item> column : columns.columns()) {
      double y = snappedTopInset() + (tallest - heightOf(column)) / 2;
      for (MapColumns.Item item : column) {
        double height = heightOf(item);
        middles.put(item, y + height / 2);
        if (item instanceof MapColumns.Item.Service(String name)) {
          box(name).resizeRelocate(snapPositionX(x), snapPositionY(y), width, height);
        }
        y += height + ROW_GAP;
      }
      x += width + gap;
    }
    for (Drawn drawn : lines) {
      place(drawn, middles, width, gap);
    }
  }

  private void place(Drawn drawn, Map<MapColumns.Item, Double> middles, double width, double gap) {
    ServiceBox from = box(drawn.line().from());
    ServiceBox to = box(drawn.line().to());
    double x = from.getLayoutX() + from.getWidth();
    double y = from.getLayoutY() + from.getHeight() / 2;
    drawn.path().getElements().setAll(new MoveTo(x, y));
    for (MapColumns.Item.Passage passage : drawn.line().by()) {
      double middle = middles.getOrDefault(passage, y);
      bend(drawn.path(), x, y, x + gap, middle);
      drawn.path().getElements().add(new LineTo(x + gap + width, middle));
      x += gap + width;
      y = middle;
    }
    bend(drawn.path(), x, y, to.getLayoutX(), to.getLayoutY() + to.getHeight() / 2);
  }

  private static void bend(Path path, double x, double y, double endX, double endY) {
    double reach = Math.max(NARROWEST_GAP / 2, (endX - x) / 2);
    path.getElements().add(new CubicCurveTo(x + reach, y, endX - reach, endY, endX, endY));
  }
}
