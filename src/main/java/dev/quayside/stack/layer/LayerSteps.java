package dev.quayside.stack.layer;

import java.util.List;

/** Names the steps of carrying data over, at each of which a kill must lose nothing. */
public final class LayerSteps {

  static final String RECORDED = "layer.recorded";
  static final String STOPPED = "layer.stopped";
  static final String COPIED = "layer.copied";
  static final String MAKING = "layer.making";
  static final String MADE = "layer.made";
  static final String UPLOADED = "layer.uploaded";
  static final String CHECKED = "layer.checked";
  static final String STARTING = "layer.starting";
  static final String STARTED = "layer.started";
  static final String DESTROYED = "layer.destroyed";

  /** All steps in their order. */
  public static final List<String> ALL =
      List.of(
          RECORDED, STOPPED, COPIED, MAKING, MADE, UPLOADED, CHECKED, STARTING, STARTED, DESTROYED);

  private LayerSteps() {}
}
