package dev.quayside.ui.environment;

import dev.quayside.common.Problem;
import dev.quayside.stack.settings.EnvSets.EnvSet;
import dev.quayside.stack.settings.EnvTarget;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lists the environment files of a stack.
 *
 * @param files those that Compose reads first
 * @param sets that the active file can be switched to, the nearest first
 * @param noSets why the sets cannot be told; null where they could
 * @param unlisted why files that only services name may be missing; null where none is
 */
public record EnvListing(
    List<EnvTarget> files,
    List<EnvSet> sets,
    @Nullable Problem noSets,
    @Nullable Problem unlisted) {

  /** Makes the lists immutable. */
  public EnvListing {
    files = List.copyOf(files);
    sets = List.copyOf(sets);
  }
}
