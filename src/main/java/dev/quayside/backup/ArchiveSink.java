package dev.quayside.backup;

import dev.quayside.backup.tar.RawPath;
import dev.quayside.backup.tar.TarEntry;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Receives what an archive holds, in its order, before it is known whether the archive is sound.
 */
interface ArchiveSink {

  /** Takes the plan, before anything else. */
  void plan(ArchivePlan plan) throws IOException;

  /** Takes a folder. */
  void folder(TarEntry entry) throws IOException;

  /** Takes a file; the returned stream receives its content and is closed. */
  OutputStream file(TarEntry entry) throws IOException;

  /** Takes another name of a file that came before. */
  void hardLink(TarEntry entry) throws IOException;

  /** Takes a symbolic link. */
  void symbolicLink(TarEntry entry) throws IOException;

  /**
   * Takes a segment of the stream that belongs at {@code joined}; the returned stream is closed.
   */
  OutputStream segment(RawPath joined, TarEntry segment, boolean first) throws IOException;
}
