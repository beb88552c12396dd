package dev.quayside.backup;

import dev.quayside.backup.tar.PathGuard;
import dev.quayside.backup.tar.RawPath;
import dev.quayside.backup.tar.TarEntry;
import dev.quayside.backup.tar.TarWriter;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Packs one part of an archive anew and hands it to somebody who unpacks it elsewhere, while the
 * archive is read. What is unpacked is worth nothing before {@link #finish}. For one thread.
 */
final class TarUpload implements AutoCloseable {

  private static final int PIPE = 1 << 20;
  private static final long PATIENCE_MILLIS = 10_000;
  private static final Duration LIMIT = Duration.ofMinutes(10);

  /** Set-user-id and set-group-id. */
  private static final int RUNS_AS = 06000;

  private final RawPath part;
  private final List<String> outside = new ArrayList<>();
  private final TreeMarks marks = new TreeMarks();
  private final PartStaging.Receiver receiver;
  private final PipedOutputStream pipe = new PipedOutputStream();
  private final TarWriter tar = new TarWriter(pipe);
  private final FutureTask<Void> task;
  private final Thread worker;
  private final UploadWatch watch;

  /** Begins to send {@code part}, which comes out under the name that {@code receiver} wants. */
  TarUpload(RawPath part, PartStaging.Receiver receiver, Progress progress) throws IOException {
    this(part, receiver, progress, LIMIT);
  }

  TarUpload(RawPath part, PartStaging.Receiver receiver, Progress progress, Duration limit)
      throws IOException {
    this.part = part;
    this.receiver = receiver;
    UploadWatch.Counted end = new UploadWatch.Counted(new PipedInputStream(pipe, PIPE));
    this.task = new FutureTask<>(() -> receive(end));
    this.watch = new UploadWatch(end, task, progress, limit);
    this.worker = Thread.ofVirtual().name("backup-upload").start(task);
    Thread.ofVirtual().name("backup-upload-watch").start(watch);
  }

  private Void receive(InputStream end) throws IOException, ProblemException {
    // Closing its end tells the writer that nobody reads any more.
    try (end) {
      receiver.take(end);
      return null;
    }
  }

  void entry(TarEntry entry) throws IOException {
    tar.begin(moved(entry));
    RawPath link = entry.link();
    if (entry.type() == TarEntry.Type.SYMBOLIC_LINK
        && link != null
        && PathGuard.leadsOut(entry.path(), link, part)) {
      outside.add(entry.path() + " -> " + link);
    }
    if (entry.type() == TarEntry.Type.HARD_LINK && link != null) {
      marks.repeat(below(entry.path()), below(link));
    } else {
      marks.add(below(entry.path()), entry);
    }
  }

  OutputStream file(TarEntry entry) throws IOException {
    if ((entry.mode() & RUNS_AS) != 0) {
      outside.add(entry.path().toString());
    }
    tar.begin(moved(entry));
    return marks.file(below(entry.path()), entry, new Content());
  }

  /**
   * Ends the stream. All are ended before any is waited for: whoever reads from a pipe takes one
   * whose writer is gone for broken.
   */
  void end() throws IOException, ProblemException {
    try {
      tar.finish();
      pipe.close();
      watch.end();
    } catch (IOException e) {
      awaited(); // why nobody reads any more
      throw e;
    }
  }

  /**
   * Waits until everything is unpacked, and compares what is there then.
   *
   * @throws IOException also if what is there is not what was sent
   */
  void finish() throws IOException, ProblemException {
    awaited();
    TreeMarks there = new TreeMarks();
    try (InputStream back = receiver.back()) {
      EngineTree.mark(back, there);
    }
    RawPath differs = marks.difference(there);
    if (differs != null) {
      throw new TargetException(new IOException("it came back otherwise: " + part + " " + differs));
    }
  }

  private void awaited() throws IOException, ProblemException {
    try {
      task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while sending");
    } catch (CancellationException e) {
      IOException why = watch.stopped();
      throw why == null ? new IOException(e) : why;
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case ProblemException known -> throw known;
        case IOException failed -> throw failed;
        case RuntimeException mistake -> throw mistake;
        case Error error -> throw error;
        case null, default -> throw new IOException(e.getCause());
      }
    }
  }

  /** Returns why it was ended from outside; null if it was not. */
  @Nullable IOException stopped() {
    return watch.stopped();
  }

  /**
   * Returns what only an archive of known origin may hold: links that lead out, programs that run
   * as their owner.
   */
  List<String> outside() {
    return outside;
  }

  /** Gives up if it is not finished. */
  @Override
  public void close() {
    if (!task.isDone()) {
      task.cancel(true);
      boolean interrupted = Thread.interrupted();
      try {
        boolean _ = worker.join(Duration.ofMillis(PATIENCE_MILLIS));
      } catch (InterruptedException e) {
        interrupted = true;
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private TarEntry moved(TarEntry entry) {
    RawPath link = entry.link();
    if (entry.type() == TarEntry.Type.HARD_LINK && link != null) {
      link = place(link);
    }
    return new TarEntry(
        place(entry.path()),
        entry.type(),
        entry.size(),
        entry.mode(),
        entry.user(),
        entry.group(),
        entry.modified(),
        link);
  }

  private RawPath place(RawPath path) {
    RawPath below = below(path);
    RawPath root = RawPath.of(receiver.name());
    return below.length() == 0 ? root : root.child(below);
  }

  /** Returns the path in the part; empty for the part itself. */
  private RawPath below(RawPath path) {
    byte[] bytes = path.bytes();
    return path.equals(part)
        ? RawPath.of("")
        : RawPath.of(Arrays.copyOfRange(bytes, part.length() + 1, bytes.length));
  }

  private final class Content extends OutputStream {

    @Override
    public void write(int single) throws IOException {
      write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
      tar.write(source, offset, length);
    }
  }
}
