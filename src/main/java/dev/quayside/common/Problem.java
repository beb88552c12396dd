package dev.quayside.common;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Describes what went wrong in words an operator can act on.
 *
 * @param code stable, searchable, upper case with hyphens, for example {@code ENGINE-UNREACHABLE}
 * @param title one short line
 * @param happened what happened and the evidence for it
 * @param unchanged what was not changed, or what was and what was put back
 * @param nextStep what the operator can do now
 * @param command the exact command that mends it, where there is one
 * @param detail technical detail for the second layer, already redacted; may be empty
 */
public record Problem(
    String code,
    String title,
    String happened,
    String unchanged,
    String nextStep,
    @Nullable String command,
    String detail) {

  /** Checks that the parts every reader relies on are there. */
  public Problem {
    Objects.requireNonNull(code);
    if (code.isBlank() || title.isBlank()) {
      throw new IllegalArgumentException("a problem needs a code and a title");
    }
  }

  /** Returns the same problem with {@code text} as its technical detail. */
  public Problem withDetail(String text) {
    return new Problem(code, title, happened, unchanged, nextStep, command, text);
  }
}
