package dev.quayside.backup;

import org.jspecify.annotations.Nullable;

/**
 * Tells what an archive holds without reading all of it.
 *
 * @param plan what is meant to be in it
 * @param manifest what the list beside it is worth
 * @param listed what is really in it; null without a list that is authentic: the plan is then what
 *     the archive says of itself, <em>not verified</em>
 */
public record PreviewReport(ArchivePlan plan, ManifestState manifest, @Nullable Listed listed) {

  /**
   * Says what is really in an archive.
   *
   * @param entries number of files, folders and links
   * @param contentBytes size of what is in it
   * @param incomplete how many things could not be read when it was made
   * @param changed how many files changed while they were read
   */
  public record Listed(long entries, long contentBytes, int incomplete, int changed) {}

  /** Returns whether what is told was authenticated and belongs to this file. */
  public boolean verified() {
    return listed != null;
  }
}
