package dev.quayside.backup;

import dev.quayside.backup.tar.RawPath;
import dev.quayside.backup.tar.TarEntry;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads an archive from its beginning to its seal and hands out the contents that are wanted. */
public final class ArchiveReading {

  private final BackupShelf shelf;

  /** Reads archives signed by those whom {@code shelf} knows. */
  public ArchiveReading(BackupShelf shelf) {
    this.shelf = shelf;
  }

  /**
   * Tells what was read to its end.
   *
   * @param plan what the archive says it holds, verified
   * @param origin who made it, as far as can be told
   */
  public record Whole(ArchivePlan plan, Origin origin) {}

  /** Takes contents, in the archive's order. */
  public interface Receiver {

    /**
     * Is asked for each file and for each dump, whose segments come joined.
     *
     * @param path inside the archive
     * @param size bytes that come; negative for a dump, of which it is not known
     * @return where the content goes, closed at its end; null if it is not wanted
     */
    @Nullable OutputStream take(String path, long size) throws IOException;
  }

  /**
   * Reads everything. Blocks. What the receiver got is worth nothing unless this returns.
   *
   * @throws ProblemException if it cannot be opened or is not sound, the receiver failed, or the
   *     operator asked to stop
   */
  public Whole read(Path archive, Unlocking unlocking, Receiver receiver, Progress progress)
      throws ProblemException {
    Sink sink = new Sink(receiver);
    try (OpenedArchive opened = OpenedArchive.open(archive, unlocking, shelf.signers(), progress)) {
      ArchivePlan plan = new ArchiveReader(opened.decrypted(), sink).read().plan();
      sink.end();
      return new Whole(plan, opened.origin());
    } catch (IOException e) {
      throw new ProblemException(ArchiveProblems.of(e, archive), e);
    }
  }

  /** Joins the segments of dumps. */
  private static final class Sink implements ArchiveSink {

    private final Receiver receiver;
    private @Nullable OutputStream stream;

    Sink(Receiver receiver) {
      this.receiver = receiver;
    }

    /** Ends the dump that came last. */
    void end() throws IOException {
      OutputStream ended = stream;
      stream = null;
      if (ended != null) {
        ended.close();
      }
    }

    @Override
    public void plan(ArchivePlan plan) {}

    @Override
    public void folder(TarEntry entry) throws IOException {
      end();
    }

    @Override
    public OutputStream file(TarEntry entry) throws IOException {
      end();
      OutputStream wanted = receiver.take(entry.path().toString(), entry.size());
      return wanted == null ? OutputStream.nullOutputStream() : wanted;
    }

    @Override
    public void hardLink(TarEntry entry) throws IOException {
      end();
    }

    @Override
    public void symbolicLink(TarEntry entry) throws IOException {
      end();
    }

    @Override
    public OutputStream segment(RawPath joined, TarEntry segment, boolean first)
        throws IOException {
      if (first) {
        end();
        stream = receiver.take(joined.toString(), -1);
      }
      OutputStream target = stream;
      return target == null ? OutputStream.nullOutputStream() : new Piece(target);
    }
  }

  /** Writes one segment; the stream goes on after it. */
  private static final class Piece extends OutputStream {

    private final OutputStream stream;

    Piece(OutputStream stream) {
      this.stream = stream;
    }

    @Override
    public void write(int single) throws IOException {
      stream.write(single);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
      stream.write(source, offset, length);
    }
  }
}
