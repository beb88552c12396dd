package dev.quayside.backup;

import dev.quayside.backup.tar.RawPath;
import dev.quayside.backup.tar.TarEntry;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Hands what an archive holds to another sink on one thread of its own, in the same order, so that
 * files are made while the next ones are read: making a small file takes longer than reading it.
 * What the sink throws reaches the reader with its next call, at the latest in {@link #settle}. For
 * one reading thread.
 */
final class BehindSink implements ArchiveSink, AutoCloseable {

  /** How many calls may wait. */
  private static final int MOST_CALLS = 512;

  /** How many bytes of content may wait. */
  private static final int MOST_BYTES = 8 << 20;

  /**
   * How many calls, and how many bytes of content, are handed over at once: to wake the other
   * thread for each call of a small file would cost more than the call.
   */
  private static final int BATCH_CALLS = 64;

  private static final int BATCH_BYTES = 256 << 10;

  private static final long LOOK_MILLIS = 200;

  private final ArchiveSink sink;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("backup-unpack").factory());
  private final Semaphore calls = new Semaphore(MOST_CALLS);
  private final Semaphore bytes = new Semaphore(MOST_BYTES);
  private volatile @Nullable Throwable failure;
  private List<Call> batch = new ArrayList<>();
  private int batchBytes;

  private interface Call {
    void run() throws IOException;
  }

  BehindSink(ArchiveSink sink) {
    this.sink = sink;
  }

  @Override
  public void plan(ArchivePlan plan) throws IOException {
    submit(0, () -> sink.plan(plan));
    settle();
  }

  @Override
  public void folder(TarEntry entry) throws IOException {
    submit(0, () -> sink.folder(entry));
  }

  @Override
  public OutputStream file(TarEntry entry) throws IOException {
    return new Behind(() -> sink.file(entry));
  }

  @Override
  public void hardLink(TarEntry entry) throws IOException {
    submit(0, () -> sink.hardLink(entry));
  }

  @Override
  public void symbolicLink(TarEntry entry) throws IOException {
    submit(0, () -> sink.symbolicLink(entry));
  }

  @Override
  public OutputStream segment(RawPath joined, TarEntry segment, boolean first) throws IOException {
    return new Behind(() -> sink.segment(joined, segment, first));
  }

  /** Waits until the sink has taken everything, and throws what it threw. */
  void settle() throws IOException {
    handOver();
    take(calls, MOST_CALLS);
    calls.release(MOST_CALLS);
    requireHealthy();
  }

  private void submit(int content, Call call) throws IOException {
    requireHealthy();
    if (batchBytes + content > BATCH_BYTES || batch.size() == BATCH_CALLS) {
      handOver();
    }
    batch.add(call);
    batchBytes += content;
  }

  private void handOver() throws IOException {
    if (batch.isEmpty()) {
      return;
    }
    List<Call> handed = batch;
    int content = batchBytes;
    batch = new ArrayList<>();
    batchBytes = 0;
    take(bytes, content);
    take(calls, handed.size());
    thread.execute(() -> {
      try {
        for (Call call : handed) {
          if (failure == null) {
            call.run();
          }
        }
      } catch (IOException | RuntimeException | Error e) {
        failure = e;
      } finally {
        bytes.release(content);
        calls.release(handed.size());
      }
    });
  }

  private static void take(Semaphore semaphore, int permits) throws IOException {
    try {
      semaphore.acquire(permits);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while unpacking");
    }
  }

  private void requireHealthy() throws IOException {
    switch (failure) {
      case null -> {}
      case IOException e -> throw e;
      case Throwable e -> throw new IOException("the unpacking thread failed", e);
    }
  }

  /** Ends the thread; what the sink has not taken yet is dropped. */
  @Override
  public void close() {
    thread.shutdownNow();
    boolean interrupted = false;
    boolean ended = false;
    while (!ended) {
      try {
        ended = thread.awaitTermination(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private interface Opening {
    OutputStream open() throws IOException;
  }

  /** Writes to a stream that is opened, written and closed on the other thread. */
  private final class Behind extends OutputStream {

    private @Nullable OutputStream target;
    private boolean closed;

    Behind(Opening opening) throws IOException {
      submit(0, () -> target = opening.open());
    }

    @Override
    public void write(int single) throws IOException {
      write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
      byte[] copy = Arrays.copyOfRange(source, offset, offset + length);
      submit(length, () -> opened().write(copy, 0, length));
    }

    @Override
    public void close() throws IOException {
      // A failure is thrown by the next call: thrown here too, it would be its own consequence.
      if (!closed && failure == null) {
        submit(0, () -> opened().close());
      }
      closed = true;
    }

    private OutputStream opened() {
      OutputStream stream = target;
      if (stream == null) {
        throw new IllegalStateException("written before it was opened");
      }
      return stream;
    }
  }
}
