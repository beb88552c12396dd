package dev.quayside.ui.control;

import javafx.geometry.Orientation;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Region;

/**
 * Is as high as its content while there is room, and scrolls only where there is none. A plain one
 * asks for the height of texts that are not wrapped yet.
 */
public final class FittingScroll extends ScrollPane {

  private static final double LOWEST = 120;

  private final Region content;

  /** Creates one around {@code content}. */
  public FittingScroll(Region content) {
    super(content);
    this.content = content;
    setFitToWidth(true);
    setHbarPolicy(ScrollBarPolicy.NEVER);
    setFocusTraversable(false);
    getStyleClass().add("page-scroll");
  }

  @Override
  public Orientation getContentBias() {
    return Orientation.HORIZONTAL;
  }

  @Override
  protected double computePrefHeight(double width) {
    return snappedTopInset()
        + snappedBottomInset()
        + content.prefHeight(width < 0 ? -1 : width - snappedLeftInset() - snappedRightInset());
  }

  @Override
  protected double computeMinHeight(double width) {
    return Math.min(LOWEST, computePrefHeight(width));
  }
}
