package dev.quayside.stack.settings;

import dev.quayside.stack.Lifecycle;

/**
 * Gathers the operations on the settings of a stack, for a page and for verbs alike. All of them
 * block; none belongs on the window's thread.
 */
public final class StackSettings {

  private final EnvFiles files;
  private final EnvEditing editing;
  private final EnvImpacts impacts;
  private final EnvSets sets;
  private final EnvApplying applying;

  /** Creates the operations. */
  public StackSettings(EnvParts parts, Lifecycle lifecycle) {
    this.files = new EnvFiles(parts);
    this.editing = new EnvEditing(parts);
    this.impacts = new EnvImpacts(parts);
    this.sets = new EnvSets(parts, files, editing, impacts);
    this.applying = new EnvApplying(impacts, lifecycle);
  }

  /** Returns what finds the files. */
  public EnvFiles files() {
    return files;
  }

  /** Returns what looks into a file, plans, saves and restores. */
  public EnvEditing editing() {
    return editing;
  }

  /** Returns what tells the services concerned. */
  public EnvImpacts impacts() {
    return impacts;
  }

  /** Returns what switches between sets. */
  public EnvSets sets() {
    return sets;
  }

  /** Returns what makes the containers follow the files. */
  public EnvApplying applying() {
    return applying;
  }
}
