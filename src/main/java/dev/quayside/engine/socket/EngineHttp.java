package dev.quayside.engine.socket;

import dev.quayside.common.ProblemException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends bare HTTP calls to an engine; lets docker-java use our connections, so that TLS and SSH
 * exist once.
 */
public final class EngineHttp {

  private static final int NOT_MODIFIED = 304;
  private static final int LONGEST_ANSWER = 64 * 1024;

  private final SocketClient client;
  private final Failures failures;

  EngineHttp(SocketClient client, Failures failures) {
    this.client = client;
    this.failures = failures;
  }

  /**
   * Posts a call without a body and takes "not modified" for success.
   *
   * @param time in which the whole answer has to come
   */
  public void post(String path, Duration time) throws ProblemException {
    try {
      var _ = client.command(new Call("POST", path, null, null, null), time, LONGEST_ANSWER);
    } catch (StatusException e) {
      if (e.status() != NOT_MODIFIED) {
        throw failures.calling(e);
      }
    } catch (IOException e) {
      throw failures.calling(e);
    }
  }

  /** Words a refusal. */
  public ProblemException refused(Throwable cause, int status, String words) {
    return Failures.refused(cause, status, words);
  }

  /** Words a failure of the connection. */
  public ProblemException failed(UncheckedIOException failure) {
    IOException cause = failure.getCause();
    return failures.calling(cause == null ? new IOException(failure) : cause);
  }

  /**
   * Sends a call and returns the answer with any status.
   *
   * @param path with query, encoded
   * @param contentType of the body; null without one
   * @param body bytes to send; null without
   * @param stream bytes of unknown length to send instead; read to its end, not closed
   * @param time in which the head of the answer has to come
   */
  public Reply send(
      String method,
      String path,
      @Nullable String contentType,
      byte @Nullable [] body,
      @Nullable InputStream stream,
      Duration time)
      throws IOException {
    return new Reply(client.any(new Call(method, path, contentType, body, stream), time));
  }

  /** Holds an answer; the receiver closes it. */
  public static final class Reply implements Closeable {

    private final Answer answer;

    Reply(Answer answer) {
      this.answer = answer;
    }

    /** Returns the HTTP status. */
    public int status() {
      return answer.status();
    }

    /** Returns the headers, names in lower case. */
    public Map<String, String> headers() {
      return answer.head().headers();
    }

    /** Returns the body. */
    public InputStream body() {
      return answer.body();
    }

    @Override
    public void close() {
      answer.close();
    }
  }
}
