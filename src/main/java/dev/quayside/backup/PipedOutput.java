package dev.quayside.backup;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Writes to another stream on a thread of its own, so that compressing and encrypting run side by
 * side. Holds at most a few buffers. Closing waits until everything is written and does not close
 * the sink.
 */
final class PipedOutput extends OutputStream {

  private static final int BUFFER = 256 * 1024;
  private static final int BUFFERS = 6;
  private static final long LOOK_MILLIS = 200;
  private static final int END = -1;

  /** A buffer with the number of bytes in it, or {@link #END}. */
  private static final class Filled {
    private final byte[] bytes;
    private final int length;

    Filled(byte[] bytes, int length) {
      this.bytes = bytes;
      this.length = length;
    }
  }

  private final OutputStream sink;
  private final BlockingQueue<Filled> filled = new ArrayBlockingQueue<>(BUFFERS);
  private final BlockingQueue<byte[]> free = new ArrayBlockingQueue<>(BUFFERS);
  private final Thread worker;
  private volatile @Nullable Throwable failure;
  private byte[] current = new byte[BUFFER];
  private int used;
  private boolean closed;

  PipedOutput(OutputStream sink, String name) {
    this.sink = sink;
    for (int i = 1; i < BUFFERS; i++) {
      free.add(new byte[BUFFER]);
    }
    worker = Thread.ofPlatform().daemon().name(name).start(this::work);
  }

  private void work() {
    try {
      for (Filled next = filled.take(); next.length != END; next = filled.take()) {
        sink.write(next.bytes, 0, next.length);
        free.add(next.bytes);
      }
    } catch (IOException | RuntimeException | Error e) {
      failure = e;
    } catch (InterruptedException e) {
      failure = new InterruptedIOException("given up");
    }
  }

  @Override
  public void write(int b) throws IOException {
    current[used++] = (byte) b;
    if (used == current.length) {
      pass();
    }
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    int from = offset;
    int left = length;
    while (left > 0) {
      int taken = Math.min(left, current.length - used);
      System.arraycopy(source, from, current, used, taken);
      used += taken;
      from += taken;
      left -= taken;
      if (used == current.length) {
        pass();
      }
    }
  }

  private void pass() throws IOException {
    hand(new Filled(current, used));
    used = 0;
    try {
      byte[] next = free.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      while (next == null) {
        requireHealthy();
        next = free.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      }
      current = next;
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private void hand(Filled next) throws IOException {
    requireHealthy();
    try {
      while (!filled.offer(next, LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        requireHealthy();
      }
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private void requireHealthy() throws IOException {
    switch (failure) {
      case null -> {}
      case IOException e -> throw e;
      case Throwable e -> throw new IOException("the writing thread failed", e);
    }
  }

  private static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted while writing");
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    if (used > 0) {
      hand(new Filled(current, used));
    }
    hand(new Filled(current, END));
    try {
      worker.join();
    } catch (InterruptedException e) {
      throw interrupted();
    }
    requireHealthy();
  }

  /** Gives up: what is not written yet is dropped. Returns when the thread has ended. */
  void abandon() {
    closed = true;
    worker.interrupt();
    boolean interrupted = false;
    while (worker.isAlive()) {
      try {
        worker.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
