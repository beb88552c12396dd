package dev.quayside.ui.backups;

import dev.quayside.backup.ForeignArchives;
import dev.quayside.backup.ForeignReceipt;
import dev.quayside.backup.ForeignReport;
import dev.quayside.backup.RestoreRequest;
import dev.quayside.backup.Unlocking;
import dev.quayside.common.Outcome;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import java.nio.file.Path;

/** Works on real files. */
public final class EngineForeignDesk implements ForeignDesk {

  private final Source source;

  /** Makes the operations when they are needed. */
  @FunctionalInterface
  public interface Source {
    /** Returns them. */
    ForeignArchives get() throws ProblemException;
  }

  /** Works with what {@code source} makes. */
  public EngineForeignDesk(Source source) {
    this.source = source;
  }

  @Override
  public boolean encrypted(Path file) throws ProblemException {
    return source.get().encrypted(file);
  }

  @Override
  public boolean foreign(Path file, Unlocking unlocking) throws ProblemException {
    ForeignArchives archives = source.get();
    return archives.foreign(file, unlocking, !archives.encrypted(file));
  }

  @Override
  public Outcome<ForeignReport> survey(Path file, Unlocking unlocking, Progress progress)
      throws ProblemException {
    return source.get().survey(file, unlocking, progress);
  }

  @Override
  public Outcome<ForeignReceipt> unpack(RestoreRequest request, Progress progress)
      throws ProblemException {
    return source.get().restore(request, progress);
  }
}
