package dev.quayside.backup;

import dev.quayside.backup.tar.RawPath;
import dev.quayside.backup.tar.TarEntry;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Hands on only what belongs to chosen parts. Which ones is asked when the plan has been read; the
 * rest is read too, so that it is compared, and dropped.
 */
final class PartSink implements ArchiveSink {

  private final Opening opening;
  private @Nullable Begun begun;

  /** Decides what is chosen. */
  interface Opening {
    /** Returns where chosen parts go. */
    Begun begin(ArchivePlan plan) throws IOException;
  }

  /**
   * What was decided.
   *
   * @param routes where parts go
   * @param extraction writes them
   */
  record Begun(PartRoutes routes, Extraction extraction) {}

  PartSink(Opening opening) {
    this.opening = opening;
  }

  @Override
  public void plan(ArchivePlan plan) throws IOException {
    begun = opening.begin(plan);
  }

  /** Returns what was decided. */
  Begun begun() {
    Begun decided = begun;
    if (decided == null) {
      throw new IllegalStateException("no plan was read");
    }
    return decided;
  }

  private boolean chosen(RawPath path) {
    return begun().routes().part(path) != null;
  }

  @Override
  public void folder(TarEntry entry) throws IOException {
    if (chosen(entry.path())) {
      begun().extraction().folder(entry);
    }
  }

  @Override
  public OutputStream file(TarEntry entry) throws IOException {
    return chosen(entry.path())
        ? begun().extraction().file(entry)
        : OutputStream.nullOutputStream();
  }

  @Override
  public void hardLink(TarEntry entry) throws IOException {
    RawPath part = begun().routes().part(entry.path());
    if (part == null) {
      return;
    }
    RawPath repeated = entry.link();
    RawPath other = repeated == null ? null : begun().routes().part(repeated);
    if (other == null || !part.equals(other)) {
      // The two folders swap at different moments, and need not be on one disk.
      throw new RefusedException(
          ArchiveProblems.of("BACKUP-LINKED-PARTS", Path.of(entry.path().toString())));
    }
    begun().extraction().hardLink(entry);
  }

  @Override
  public void symbolicLink(TarEntry entry) throws IOException {
    if (chosen(entry.path())) {
      begun().extraction().symbolicLink(entry);
    }
  }

  @Override
  public OutputStream segment(RawPath joined, TarEntry segment, boolean first) throws IOException {
    return chosen(joined)
        ? begun().extraction().segment(joined, segment, first)
        : OutputStream.nullOutputStream();
  }
}
