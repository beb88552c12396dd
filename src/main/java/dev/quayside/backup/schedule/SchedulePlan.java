package dev.quayside.backup.schedule;

import dev.quayside.backup.Compression;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says what is saved by itself, when and to where. Only to public keys: nothing that opens an
 * archive is kept.
 *
 * @param stack the stack's name
 * @param target where the archives go
 * @param second where a copy of each goes; null for nowhere
 * @param recipients files with the public keys, kept beside the plan
 * @param folders folders to save; empty for the stack's own
 * @param compression how archives are compressed
 * @param when when it is due
 * @param keep how many archives stay
 * @param mayStop whether services may be stopped for a copy at rest
 * @param timer what starts it
 * @param since when this plan began; nothing before it was missed
 */
public record SchedulePlan(
    String stack,
    Target target,
    @Nullable Target second,
    List<Path> recipients,
    List<Path> folders,
    Compression compression,
    OnCalendar when,
    Retention keep,
    boolean mayStop,
    Timer timer,
    Instant since) {

  /** Makes the lists immutable. */
  public SchedulePlan {
    recipients = List.copyOf(recipients);
    folders = List.copyOf(folders);
  }

  /**
   * Names a folder that is known again.
   *
   * @param folder where it is
   * @param mark what the file in it says, by which an empty mount point is told from the disk
   */
  public record Target(Path folder, String mark) {

    /** Returns whether the folder is there, and is the one it was. */
    public boolean present() {
      return FolderMark.present(folder, mark);
    }
  }

  /** Names what starts a plan. */
  public enum Timer {
    /** A timer of systemd in the user's own manager. */
    SYSTEMD,
    /** Quayside's own, which only runs while Quayside does. */
    BUILT_IN
  }

  /**
   * Asks for a plan.
   *
   * @param stack the stack's name
   * @param target an existing folder
   * @param second an existing folder, or null
   * @param recipients files with public keys
   * @param folders folders to save; empty for the stack's own
   * @param compression how archives are compressed
   * @param when when it is due
   * @param keep how many archives stay
   * @param mayStop whether services may be stopped for a copy at rest
   */
  public record Request(
      String stack,
      Path target,
      @Nullable Path second,
      List<Path> recipients,
      List<Path> folders,
      Compression compression,
      OnCalendar when,
      Retention keep,
      boolean mayStop) {

    /** Makes the lists immutable. */
    public Request {
      recipients = List.copyOf(recipients);
      folders = List.copyOf(folders);
    }
  }
}
