package dev.quayside.engine;

import org.jspecify.annotations.Nullable;

/**
 * Settles whether an engine's containers run in our kernel, by what was seen of single ones.
 * Confined to one thread.
 */
final class Locality {

  private static final int LOOKS_UNTIL_REMOTE = 3;

  private EngineInfo info;
  private int looksInVain;
  private boolean proven;

  /** Begins with what the connection itself tells. */
  Locality(EngineInfo guess) {
    this.info = guess;
  }

  /** Returns what is known of the engine. */
  EngineInfo info() {
    return info;
  }

  /**
   * Takes what one look told.
   *
   * @param local whether a container's process was found here under its id; null where nothing was
   *     looked at
   */
  void saw(@Nullable Boolean local) {
    if (local == null || !info.endpoint().startsWith("unix:")) {
      return;
    }
    if (proven) {
      // What is seen once stays so: a container that keeps crashing is gone before anyone looks.
      return;
    }
    looksInVain = local ? 0 : looksInVain + 1;
    if (local) {
      proven = true;
      settle(true, "a container's process was found in /proc under its id");
    } else if (looksInVain >= LOOKS_UNTIL_REMOTE) {
      settle(false, "the processes that the engine names are not those of its containers here");
    }
  }

  private void settle(boolean local, String evidence) {
    info =
        new EngineInfo(
            info.endpoint(),
            info.version(),
            info.apiVersion(),
            info.os(),
            info.name(),
            info.cgroupVersion(),
            info.dataFolder(),
            info.rootless(),
            local,
            evidence);
  }
}
