package dev.quayside.stack.settings;

import dev.quayside.common.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells which services are concerned if the containers are to follow the files.
 *
 * @param recreated running services that applying makes anew, in the order of dependence
 * @param before those of them that were out of date with the files already
 * @param stopped services whose stopped containers are out of date; applying leaves them alone
 * @param mounting services that have the file itself mounted: they see it at once, or when they
 *     read it again
 * @param untouched running services that nothing concerns
 * @param unknown why it cannot be told; null where it could be
 */
public record EnvImpact(
    List<String> recreated,
    List<String> before,
    List<String> stopped,
    List<String> mounting,
    List<String> untouched,
    @Nullable Problem unknown) {

  /** Makes the lists immutable. */
  public EnvImpact {
    recreated = List.copyOf(recreated);
    before = List.copyOf(before);
    stopped = List.copyOf(stopped);
    mounting = List.copyOf(mounting);
    untouched = List.copyOf(untouched);
  }

  static EnvImpact unknown(Problem why) {
    return new EnvImpact(List.of(), List.of(), List.of(), List.of(), List.of(), why);
  }
}
