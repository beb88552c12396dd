package dev.quayside.ui.backups;

import dev.quayside.backup.ForeignReceipt;
import dev.quayside.backup.ForeignReport;
import dev.quayside.backup.Origin;
import dev.quayside.backup.RestoreRequest;
import dev.quayside.backup.Unlocking;
import dev.quayside.backup.foreign.ContentKind;
import dev.quayside.common.Outcome;
import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Files of other origin that are scripted; without a kind every file is ours. */
final class ScriptedForeign implements ForeignDesk {

  private final ScriptedBackups backups;
  boolean encrypted = true;
  @Nullable ContentKind kind;
  @Nullable Problem fault;

  /** What ends the reading before anything is known. */
  @Nullable Problem unreadable;

  ScriptedForeign(ScriptedBackups backups) {
    this.backups = backups;
  }

  @Override
  public boolean encrypted(Path file) {
    return encrypted;
  }

  @Override
  public boolean foreign(Path file, Unlocking unlocking) throws ProblemException {
    if (kind == null) {
      return false;
    }
    if (encrypted) {
      backups.check(unlocking);
    }
    return true;
  }

  @Override
  public Outcome<ForeignReport> survey(Path file, Unlocking unlocking, Progress progress) {
    backups.asked.add("survey");
    if (unreadable != null) {
      return new Outcome.Failed<>(unreadable);
    }
    ForeignReport report = report(file);
    return fault == null ? new Outcome.Done<>(report) : new Outcome.Found<>(report);
  }

  private ForeignReport report(Path file) {
    return new ForeignReport(
        file,
        1_000,
        encrypted,
        encrypted ? Origin.PASSPHRASE_HOLDER : Origin.UNKNOWN,
        kind == null ? ContentKind.UNKNOWN : kind,
        List.of(ContentKind.GZIP),
        2,
        4_096,
        List.of(new ForeignReport.Top("data", true, 1, 4_096)),
        0,
        List.of(),
        0,
        0,
        List.of(),
        0,
        kind == ContentKind.SQL ? new ForeignReport.Sql(12, 3, 1, null) : null,
        fault,
        Duration.ofSeconds(1));
  }

  @Override
  public Outcome<ForeignReceipt> unpack(RestoreRequest request, Progress progress) {
    backups.asked.add("unpack " + request.folder());
    return new Outcome.Done<>(
        new ForeignReceipt(
            request.folder(),
            report(request.archive()),
            List.of(),
            true,
            0,
            Duration.ofSeconds(2)));
  }
}
