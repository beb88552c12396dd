package dev.quayside.ui.environment;

import dev.quayside.common.Problem;
import dev.quayside.stack.settings.EnvTarget;
import dev.quayside.stack.settings.EnvView;
import java.util.Collection;
import java.util.List;
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
  private @Nullable String written;

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

  /** Takes over that the content of {@code hash} was written, with {@code saved} in it. */
  void saved(String hash, Collection<PendingEdit> saved) {
    edits.forget(saved);
    written = hash;
  }

  /**
   * Takes over what the file holds, unless changes are noted for another content that was not
   * written from here; returns the settings whose edit was dropped.
   */
  List<String> offer(EnvView now) {
    EnvView before = view;
    unreadable = null;
    if (before == null || edits.size() == 0 || now.hash().equals(before.hash())) {
      // What was read before the save may come after it, so what was written stays known.
      view = now;
      changedByOthers = false;
      return List.of();
    }
    if (now.hash().equals(written)) {
      return accept(now);
    }
    changedByOthers = true;
    return List.of();
  }

  /**
   * Takes over what the file holds in any case, and returns the settings whose edit was dropped.
   */
  List<String> accept(EnvView now) {
    view = now;
    written = null;
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
