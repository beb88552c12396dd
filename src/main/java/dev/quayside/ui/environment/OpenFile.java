package dev.quayside.ui.environment;

import dev.quayside.common.Problem;
import dev.quayside.stack.settings.EnvTarget;
import dev.quayside.stack.settings.EnvView;
import org.jspecify.annotations.Nullable;

/**
 * Is a file as the operator sees it, with what is noted for it. It goes on while others change it.
 */
final class OpenFile {

  private final PendingEdits edits = new PendingEdits();
  private EnvTarget target;
  private @Nullable EnvView view;
  private @Nullable Problem unreadable;
  private boolean changedByOthers;

  OpenFile(EnvTarget target) {
    this.target = target;
  }

  EnvTarget target() {
    return target;
  }

  PendingEdits edits() {
    return edits;
  }

  /** Returns what was last taken over; null before that. */
  @Nullable EnvView view() {
    return view;
  }

  /** Returns why it cannot be read; null where it could be. */
  @Nullable Problem unreadable() {
    return unreadable;
  }

  /** Returns whether the file is not any more what is shown of it. */
  boolean changedByOthers() {
    return changedByOthers;
  }

  /** Takes over that the listing describes the same file anew. */
  void retarget(EnvTarget now) {
    target = now;
  }

  /** Takes over what the file holds, unless changes are noted for another content. */
  void offer(EnvView now) {
    EnvView before = view;
    unreadable = null;
    if (before == null || edits.size() == 0 || now.hash().equals(before.hash())) {
      view = now;
      changedByOthers = false;
    } else {
      changedByOthers = true;
    }
  }

  /**
   * Takes over what the file holds in any case, and returns the settings whose edit was dropped.
   */
  java.util.List<String> accept(EnvView now) {
    view = now;
    unreadable = null;
    changedByOthers = false;
    return edits.adapt(now);
  }

  /** Tells that somebody else was found to have written it. */
  void foundChanged() {
    changedByOthers = true;
  }

  void failed(Problem why) {
    unreadable = why;
  }
}
