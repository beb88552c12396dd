package dev.quayside.backup;

import dev.quayside.backup.tar.RawPath;
import dev.quayside.backup.tar.TarEntry;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;
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
   * @param uploads take those that are not written here, by their paths
   */
  record Begun(PartRoutes routes, Extraction extraction, Map<RawPath, TarUpload> uploads) {}

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

  /**
   * Returns who takes the part that {@code path} lies in; null if it is written here, or dropped.
   */
  private @Nullable TarUpload upload(RawPath path) {
    RawPath part = begun().routes().part(path);
    return part == null ? null : begun().uploads().get(part);
  }

  @Override
  public void folder(TarEntry entry) throws IOException {
    TarUpload upload = upload(entry.path());
    if (upload != null) {
      upload.entry(entry);
    } else if (chosen(entry.path())) {
      begun().extraction().folder(entry);
    }
  }

  @Override
  public OutputStream file(TarEntry entry) throws IOException {
    TarUpload upload = upload(entry.path());
    if (upload != null) {
      return upload.file(entry);
    }
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
    TarUpload upload = upload(entry.path());
    if (upload != null) {
      upload.entry(entry);
    } else {
      begun().extraction().hardLink(entry);
    }
  }

  @Override
  public void symbolicLink(TarEntry entry) throws IOException {
    TarUpload upload = upload(entry.path());
    if (upload != null) {
      upload.entry(entry);
    } else if (chosen(entry.path())) {
      begun().extraction().symbolicLink(entry);
    }
  }

  @Override
  public OutputStream segment(RawPath joined, TarEntry segment, boolean first) throws IOException {
    if (upload(joined) != null) {
      // Its size would have to be known beforehand; what engines pack is never cut up.
      throw new RefusedException(ArchiveProblems.of("BACKUP-CUT-PART", Path.of(joined.toString())));
    }
    return chosen(joined)
        ? begun().extraction().segment(joined, segment, first)
        : OutputStream.nullOutputStream();
  }
}
