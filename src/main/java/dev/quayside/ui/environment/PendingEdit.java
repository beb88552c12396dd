package dev.quayside.ui.environment;

import dev.quayside.common.Secret;

/** Is a change of one setting that is noted and not saved yet. */
sealed interface PendingEdit {

  /** Returns the setting. */
  String name();

  /**
   * Gives it a value.
   *
   * @param name the setting
   * @param value wiped by whoever holds the edit
   * @param shown the value for people, masked where it is a secret
   * @param single whether lines that repeat it go first
   */
  record NewValue(String name, Secret value, String shown, boolean single) implements PendingEdit {}

  /**
   * Takes it out.
   *
   * @param name the setting
   * @param single whether lines that repeat it go first
   */
  record Removed(String name, boolean single) implements PendingEdit {}

  /** Takes out the lines that repeat it; the last one stays. */
  record LastKept(String name) implements PendingEdit {}
}
