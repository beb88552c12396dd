package dev.quayside.stack.settings;

import dev.quayside.stack.env.EnvFile;
import java.util.Arrays;
import java.util.List;

/**
 * Shows what saving would change in one file, and holds both contents for it. It holds secrets:
 * close it to wipe them.
 */
public final class EnvPlan implements AutoCloseable {

  private final EnvTarget target;
  private final boolean existed;
  private final byte[] before;
  private final byte[] after;
  private final String reason;
  private final List<EnvDifference> diff;
  private final List<EnvProblem> problems;

  EnvPlan(
      EnvTarget target,
      boolean existed,
      byte[] before,
      byte[] after,
      String reason,
      List<EnvDifference> diff,
      List<EnvProblem> problems) {
    this.target = target;
    this.existed = existed;
    this.before = before;
    this.after = after;
    this.reason = reason;
    this.diff = List.copyOf(diff);
    this.problems = List.copyOf(problems);
  }

  /** Returns the file. */
  public EnvTarget target() {
    return target;
  }

  /** Returns what would change, values of secrets masked; empty where nothing would. */
  public List<EnvDifference> diff() {
    return diff;
  }

  /** Returns what is wrong with the new content. */
  public List<EnvProblem> problems() {
    return problems;
  }

  /** Returns the SHA-256 of the file at which this plan was made. */
  public String oldHash() {
    return EnvFile.hash(before);
  }

  /** Returns the SHA-256 of the file as it would be. */
  public String newHash() {
    return EnvFile.hash(after);
  }

  /** Returns whether the file is there. */
  public boolean existed() {
    return existed;
  }

  /** Returns why: {@code edit}, {@code restore} or {@code switch}. */
  String reason() {
    return reason;
  }

  /** Lends the content before; never kept and never changed. */
  byte[] before() {
    return before;
  }

  /** Lends the content after; never kept and never changed. */
  byte[] after() {
    return after;
  }

  @Override
  public void close() {
    Arrays.fill(before, (byte) 0);
    Arrays.fill(after, (byte) 0);
  }

  @Override
  public String toString() {
    return "EnvPlan(" + target.file() + ", " + diff.size() + " differences)";
  }
}
