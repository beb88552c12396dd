package dev.quayside.ui.environment;

import dev.quayside.stack.settings.EnvDifference;
import dev.quayside.stack.settings.EnvPlan;
import dev.quayside.stack.settings.EnvProblem;
import dev.quayside.stack.settings.EnvTarget;
import java.util.List;

/**
 * Shows what a wish would make of a file; holds no secret.
 *
 * @param target the file
 * @param diff what would change, values of secrets masked
 * @param problems of the new content
 * @param oldHash SHA-256 of the file at which it was made
 * @param newHash SHA-256 of the file as it would be
 */
public record EnvPreview(
    EnvTarget target,
    List<EnvDifference> diff,
    List<EnvProblem> problems,
    String oldHash,
    String newHash) {

  /** Makes the lists immutable. */
  public EnvPreview {
    diff = List.copyOf(diff);
    problems = List.copyOf(problems);
  }

  /** Returns what can be shown of {@code plan}, which stays open. */
  static EnvPreview of(EnvPlan plan) {
    return new EnvPreview(
        plan.target(), plan.diff(), plan.problems(), plan.oldHash(), plan.newHash());
  }
}
