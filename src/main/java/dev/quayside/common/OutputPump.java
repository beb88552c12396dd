package dev.quayside.common;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads an output stream of a program to its end so that the program never blocks, keeps the first
 * bytes, and hands the bytes on.
 */
final class OutputPump {

  /** Receives bytes as they come. */
  interface Sink {
    void accept(byte[] buffer, int length);

    void end();
  }

  private static final Logger LOG = LoggerFactory.getLogger(OutputPump.class);
  private static final int NOTHING_MORE = -1;

  private final int limit;
  private final Sink sink;
  private final CountDownLatch ended = new CountDownLatch(1);
  private byte[] kept = new byte[256];
  private int count;
  private boolean cut;
  private boolean sinkFailed;

  private OutputPump(int limit, Sink sink) {
    this.limit = limit;
    this.sink = sink;
  }

  /**
   * Starts to read on a thread of its own: a pipe's read would hold a carrier of virtual threads.
   */
  static OutputPump start(InputStream stream, int limit, Sink sink, String name) {
    OutputPump pump = new OutputPump(limit, sink);
    Thread.ofPlatform().daemon().name(name).start(() -> pump.run(stream));
    return pump;
  }

  private void run(InputStream stream) {
    byte[] buffer = new byte[8192];
    try (stream) {
      for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
        keep(buffer, read);
        hand(buffer, read);
      }
    } catch (IOException e) {
      // The stream was closed under us because the program was ended; its exit status tells the
      // rest.
    } finally {
      Arrays.fill(buffer, (byte) 0);
      try {
        hand(buffer, NOTHING_MORE);
      } finally {
        ended.countDown();
      }
    }
  }

  /** A receiver that fails gets nothing more; the program must not be ended by it. */
  private void hand(byte[] buffer, int length) {
    if (sinkFailed) {
      return;
    }
    try {
      if (length == NOTHING_MORE) {
        sink.end();
      } else {
        sink.accept(buffer, length);
      }
    } catch (RuntimeException e) {
      sinkFailed = true;
      LOG.error("what receives the output of a program failed", e);
    }
  }

  private synchronized void keep(byte[] buffer, int length) {
    int room = Math.min(length, limit - count);
    cut |= room < length;
    if (count + room > kept.length) {
      byte[] larger = Arrays.copyOf(kept, Math.min(limit, Math.max(kept.length * 2, count + room)));
      Arrays.fill(kept, (byte) 0);
      kept = larger;
    }
    System.arraycopy(buffer, 0, kept, count, room);
    count += room;
  }

  /** Waits until the stream has ended, at most {@code millis}. */
  void await(long millis) throws InterruptedException {
    if (!ended.await(millis, TimeUnit.MILLISECONDS)) {
      synchronized (this) {
        cut = true;
      }
    }
  }

  synchronized CapturedOutput captured() {
    return new CapturedOutput(Arrays.copyOf(kept, count), cut);
  }

  /** Takes what was kept and overwrites the pump's own copy. */
  synchronized CapturedOutput take() {
    CapturedOutput result = captured();
    Arrays.fill(kept, (byte) 0);
    count = 0;
    return result;
  }
}
