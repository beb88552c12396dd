package dev.quayside.ui.backups;

import dev.quayside.backup.ArchivePlan;
import dev.quayside.backup.ForeignReceipt;
import dev.quayside.backup.ForeignReport;
import dev.quayside.backup.PreviewReport;
import dev.quayside.backup.RestoreReceipt;
import dev.quayside.backup.VerificationReport;
import dev.quayside.backup.landing.LandingPlan;
import dev.quayside.backup.landing.LandingReceipt;
import dev.quayside.common.Problem;
import dev.quayside.ui.fx.Job;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Tells how far a restore is. */
sealed interface RestoreStep {

  /** Waits for passphrase or key; {@code problem} says why the last try failed. */
  record Locked(@Nullable Problem problem) implements RestoreStep {}

  /** It is found out what the file is, or the list beside the archive or its head is being read. */
  record Opening() implements RestoreStep {}

  /** It was read; the report says whether it is verified. */
  record Preview(PreviewReport report) implements RestoreStep {}

  /** A file that Quayside did not make is being read to its end. */
  record Surveying(Job job) implements RestoreStep {}

  /** It was; the report says what it holds, or what is wrong with it. */
  record Surveyed(ForeignReport report) implements RestoreStep {}

  /** What such a file held is in the folder; {@code problem} says what is not as it was. */
  record Unpacked(ForeignReceipt receipt, @Nullable Problem problem) implements RestoreStep {}

  /** Every byte is being read. */
  record Verifying(PreviewReport preview, Job job) implements RestoreStep {}

  /** Every byte was read and every hash agreed. */
  record Verified(VerificationReport report, ArchivePlan plan) implements RestoreStep {}

  /** What a restore over a stack would change is being found out. */
  record Planning(String stack) implements RestoreStep {}

  /** It is known, and nothing was changed yet; {@code back} is the step before. */
  record Planned(LandingOrder order, LandingPlan plan, RestoreStep back) implements RestoreStep {}

  /** The archive is being restored over a stack. */
  record Landing(String stack, Job job) implements RestoreStep {}

  /** The set is in place; {@code problem} says what needs attention, null if nothing. */
  record Landed(LandingReceipt receipt, @Nullable Problem problem) implements RestoreStep {}

  /** The archive is being restored into a folder. */
  record Restoring(Path folder, Job job) implements RestoreStep {}

  /** Everything is in the folder; {@code problem} says what is missing, null if nothing. */
  record Restored(RestoreReceipt receipt, @Nullable Problem problem) implements RestoreStep {}

  /** It went wrong; {@code back} is the step to go back to, null if there is none. */
  record Failed(Problem problem, @Nullable RestoreStep back) implements RestoreStep {}
}
