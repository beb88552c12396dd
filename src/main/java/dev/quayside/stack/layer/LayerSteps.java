package dev.quayside.stack.layer;

import java.util.List;

/** Names the steps of carrying data over, at each of which a kill must lose nothing. */
public final class LayerSteps {

  static final String RECORDED = "layer.recorded";
  static final String STOPPED = "layer.stopped";
  static final String COPIED = "layer.copied";
  static final String MAKING = "layer.making";
  static final String COMPOSE_PULLS = "layer.compose.pull";
  static final String COMPOSE_MAKES = "layer.compose.make";
  static final String COMPOSE_STARTS = "layer.compose.start";
  static final String COMPOSE_BRINGS = "layer.compose.up";
  static final String MADE = "layer.made";
  static final String UPLOADED = "layer.uploaded";
  static final String CHECKED = "layer.checked";
  static final String STARTING = "layer.starting";
  static final String STARTED = "layer.started";
  static final String DESTROYED = "layer.destroyed";

  /** The steps of making anew in their order; at those of Compose it works on by itself. */
  public static final List<String> ALL =
      List.of(
          COMPOSE_PULLS,
          RECORDED,
          STOPPED,
          COPIED,
          MAKING,
          COMPOSE_MAKES,
          MADE,
          UPLOADED,
          CHECKED,
          STARTING,
          COMPOSE_STARTS,
          STARTED,
          DESTROYED);

  private LayerSteps() {}
}
