package dev.quayside.backup;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Sums up the backups of a stack for a glance. It speaks of archives that Quayside made or verified
 * on this machine; it does not look whether they are still there.
 *
 * @param count how many archives there are
 * @param newest the newest one; null if there is none
 * @param lastVerified the one that was found sound last; null if none ever was
 * @param faulty how many were found damaged when they were last verified
 * @param lastProven the one that was proven last; null if none ever was
 */
public record BackupSummary(
    int count,
    @Nullable ShelvedArchive newest,
    @Nullable ShelvedArchive lastVerified,
    int faulty,
    @Nullable ShelvedArchive lastProven) {

  /**
   * Sums up {@code shelved}.
   *
   * @param stack name of the stack; null for all
   */
  public static BackupSummary of(List<ShelvedArchive> shelved, @Nullable String stack) {
    List<ShelvedArchive> ours =
        shelved.stream().filter(one -> stack == null || one.stack().equals(stack)).toList();
    ShelvedArchive newest =
        ours.stream().max(Comparator.comparing(ShelvedArchive::created)).orElse(null);
    ShelvedArchive verified =
        ours.stream()
            .filter(one -> one.verified() != null && one.fault() == null)
            .max(Comparator.comparing(one -> Objects.requireNonNull(one.verified())))
            .orElse(null);
    long faulty = ours.stream().filter(one -> one.fault() != null).count();
    ShelvedArchive proven =
        ours.stream()
            .filter(ShelvedArchive::proven)
            .max(Comparator.comparing(one -> Objects.requireNonNull(one.proof()).at()))
            .orElse(null);
    return new BackupSummary(ours.size(), newest, verified, (int) faulty, proven);
  }
}
