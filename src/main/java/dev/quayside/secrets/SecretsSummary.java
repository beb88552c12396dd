package dev.quayside.secrets;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Sums up the secrets of a stack for a glance.
 *
 * @param total how many there are
 * @param rotatable how many can be rotated now
 * @param overdue how many are known to be older than {@link #OLD}
 * @param unknownAge how many were never changed by Quayside, so that their age is unknown
 * @param flagged how many have a flag
 * @param oldest name of the one that was changed longest ago; null where no age is known
 * @param oldestChanged when that was; null where no age is known
 */
public record SecretsSummary(
    int total,
    int rotatable,
    int overdue,
    int unknownAge,
    int flagged,
    @Nullable String oldest,
    @Nullable Instant oldestChanged) {

  /** From this age on a secret counts as old. */
  public static final Duration OLD = Duration.ofDays(90);

  /** Sums up {@code secrets} as of {@code now}. */
  public static SecretsSummary of(List<SecretStatus> secrets, Instant now) {
    Instant limit = now.minus(OLD);
    SecretStatus oldest =
        secrets.stream()
            .filter(secret -> secret.changedAt() != null)
            .min(Comparator.comparing(secret -> Objects.requireNonNull(secret.changedAt())))
            .orElse(null);
    return new SecretsSummary(
        secrets.size(),
        count(secrets, SecretStatus::rotatable),
        count(secrets, secret -> secret.changedAt() != null && secret.changedAt().isBefore(limit)),
        count(secrets, secret -> secret.changedAt() == null),
        count(secrets, secret -> !secret.flags().isEmpty()),
        oldest == null ? null : oldest.name(),
        oldest == null ? null : oldest.changedAt());
  }

  private static int count(
      List<SecretStatus> secrets, java.util.function.Predicate<SecretStatus> which) {
    return (int) secrets.stream().filter(which).count();
  }
}
