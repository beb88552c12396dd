package dev.quayside.backup.schedule;

import dev.quayside.backup.BackupReceipt;
import dev.quayside.backup.CopyReceipt;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells what a run by itself did.
 *
 * @param stack the stack
 * @param backup the archive; null if none was made
 * @param copy its second copy; null if none was made
 * @param removed old archives that are gone now
 */
public record ScheduleReceipt(
    String stack, @Nullable BackupReceipt backup, @Nullable CopyReceipt copy, List<Path> removed) {

  /** Makes the list immutable. */
  public ScheduleReceipt {
    removed = List.copyOf(removed);
  }
}
