package dev.quayside.engine.socket;

import dev.quayside.common.Subscription;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads a stream of an engine on a thread of its own until it ends or is closed. */
final class StreamReader implements Subscription {

  /** Reads a body to its end. */
  interface Work {
    void read(InputStream body) throws IOException;
  }

  private final Answer answer;
  private final AtomicBoolean closed = new AtomicBoolean();

  private StreamReader(Answer answer) {
    this.answer = answer;
  }

  /**
   * Starts to read.
   *
   * @param thread what kind of thread reads
   * @param onEnd called once, unless the subscription was closed before; with null when the stream
   *     simply ended
   */
  static Subscription start(
      Thread.Builder thread, Answer answer, Work work, Consumer<@Nullable IOException> onEnd) {
    StreamReader reader = new StreamReader(answer);
    thread.start(() -> reader.run(work, onEnd));
    return reader;
  }

  private void run(Work work, Consumer<@Nullable IOException> onEnd) {
    IOException failure = null;
    try {
      work.read(answer.body());
    } catch (IOException e) {
      failure = e;
    } catch (RuntimeException e) {
      // A consumer that fails must not leave a stream that looks alive.
      failure = new IOException("the receiver of a stream failed", e);
    } finally {
      answer.close();
    }
    if (closed.compareAndSet(false, true)) {
      onEnd.accept(failure);
    }
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      answer.close();
    }
  }
}
