package dev.quayside.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Reads ahead from another stream on a thread of its own, so that decrypting and unpacking run side
 * by side. Holds at most a few buffers. The end, or the exception, of the source shows after
 * everything read before it.
 */
final class PipedInput extends InputStream {

  private static final int BUFFER = 256 * 1024;
  private static final int BUFFERS = 6;

  /** A buffer with the number of bytes in it; -1 at the end, with the failure if there was one. */
  private static final class Filled {
    private final byte[] bytes;
    private final int length;
    private final @Nullable IOException failure;

    Filled(byte[] bytes, int length, @Nullable IOException failure) {
      this.bytes = bytes;
      this.length = length;
      this.failure = failure;
    }
  }

  private final InputStream source;
  private final BlockingQueue<Filled> filled = new ArrayBlockingQueue<>(BUFFERS);
  private final BlockingQueue<byte[]> free = new ArrayBlockingQueue<>(BUFFERS);
  private final Thread worker;
  private @Nullable Filled current;
  private int position;

  PipedInput(InputStream source, String name) {
    this.source = source;
    for (int i = 0; i < BUFFERS; i++) {
      free.add(new byte[BUFFER]);
    }
    worker = Thread.ofPlatform().daemon().name(name).start(this::work);
  }

  private void work() {
    try {
      while (true) {
        byte[] buffer = free.take();
        Filled next;
        try {
          int got = source.readNBytes(buffer, 0, BUFFER);
          next = new Filled(buffer, got == 0 ? -1 : got, null);
        } catch (IOException e) {
          next = new Filled(buffer, -1, e);
        } catch (RuntimeException | Error e) {
          next = new Filled(buffer, -1, new IOException("the reading thread failed", e));
        }
        filled.put(next);
        if (next.length < 0) {
          return;
        }
      }
    } catch (InterruptedException e) {
      // Closed early: nobody reads any more.
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    Filled buffer = buffer();
    if (buffer.failure != null) {
      throw buffer.failure;
    }
    if (buffer.length < 0) {
      return -1;
    }
    int taken = Math.min(length, buffer.length - position);
    System.arraycopy(buffer.bytes, position, target, offset, taken);
    position += taken;
    return taken;
  }

  /** Returns a buffer with something to read, or the one that tells of the end. */
  private Filled buffer() throws IOException {
    Filled buffer = current;
    if (buffer != null && (buffer.length < 0 || position < buffer.length)) {
      return buffer;
    }
    if (buffer != null) {
      free.add(buffer.bytes);
    }
    try {
      buffer = filled.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while reading");
    }
    current = buffer;
    position = 0;
    return buffer;
  }

  /** Ends the thread and closes the source. */
  @Override
  public void close() throws IOException {
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
    source.close();
  }
}
