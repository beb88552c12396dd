package dev.quayside.setup;

import org.jspecify.annotations.Nullable;

/**
 * Holds what one check of the machine found.
 *
 * @param id stable and searchable, for example {@code engine}
 * @param severity how much it matters
 * @param title one short line
 * @param evidence what was seen
 * @param nextStep what to do; empty where nothing is to be done
 * @param command the exact command that mends it, where there is one
 */
public record DoctorFinding(
    String id,
    Severity severity,
    String title,
    String evidence,
    String nextStep,
    @Nullable String command) {

  /** Names how much a finding matters. */
  public enum Severity {
    /** As it should be. */
    OK,
    /** Good to know; nothing is lost. */
    INFO,
    /** Something will not work. */
    WARNING,
    /** Nothing will work. */
    BLOCKER
  }
}
